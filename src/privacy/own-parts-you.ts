import { both } from '../lib/both.ts'
import { type Part, part } from './own-part.ts'

const myAccount = '(select id from staff where person_id = $1)'

/** Who somebody is, how they look, how they signed in, and the account that they have as one of the staff. */
export const partsOfYou: readonly Part[] = [
  part('person', 'you', both('名冊資料', 'What the register says of you'), {
    whose: 't.id = $1',
    newest: 'id',
    gives: `id student_number name_zh name_en department entry_year status kind degree site hall email language health_check
      leave_terms returned_on next_status next_status_on also_staff roster_import_id forgotten_at`,
    keepsBack: { repeats: 'searched' },
  }),
  part('photo', 'you', both('照片', 'Photos'), {
    newest: 'id',
    gives: 'id person_id width height warnings sent_by taken_in_at accepted answered_at reason',
    roles: 'taken_in_by',
    bytes: 'file_hash',
    made: { picture: `'photos/' || t.id || '.jpg'` },
    keepsBack: { staff: 'answered_by' },
  }),
  part('extra_mark', 'you', both('不會移轉的功能：您的註記', 'Your marks of what stays on the old card'), {
    newest: 'id',
    gives: 'id person_id item mark runs_until at taken_back_at',
  }),
  part('session', 'you', both('登入', 'Sign-ins'), {
    newest: 'began_at',
    gives: 'person_id began_at ends_at seen_at',
    keepsBack: {
      secret: 'token_hash provider_subject provider_session',
      work: 'staff_id role_id tablet_since tablet_clerk',
    },
  }),
  part('staff', 'you', both('您的同仁帳號', 'Your account as one of the staff'), {
    newest: 'id',
    gives: 'id name_zh name_en email ended_at person_id',
    keepsBack: { secret: 'provider_subject' },
    acrossWall: true,
  }),
  part('staff_role', 'you', both('您的同仁角色', 'Your roles as one of the staff'), {
    whose: `t.staff_id = ${myAccount}`,
    newest: 'id',
    gives: 'id staff_id role counter buildings doors given_at from_provider',
    keepsBack: { staff: 'given_by' },
    acrossWall: true,
  }),
]
