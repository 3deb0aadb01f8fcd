import { type Reissue, reissueColumns } from '../reissue/store.ts'
import type { Act } from '../server/register.ts'
import type { Addressee } from './store.ts'

const toldSql = `
  select ${reissueColumns}, p.name_zh as "nameZh", p.name_en as "nameEn", p.email, p.language,
         c.printed_number as "printedNumber", made.counter, d.reason as "decidedBecause",
         coalesce((select sum(e.amount) from fee_move m join fee_entry e on e.move_id = m.id
                   where m.reissue_id = r.id and e.account = 'owed-back'), 0) < 0 as "owesBack"
  from reissue r join person p on p.id = r.person_id join card c on c.id = r.for_card
  left join card made on made.id = r.card_id
  left join fee_dispute d on d.reissue_id = r.id
  where r.id = $1`

/** An application with its person as an addressee, and where the card that was made lies. */
export interface ReissueRow extends Reissue, Addressee {
  counter: string | null
  decidedBecause: string | null
  owesBack: boolean
}

/** What a message tells of an application; null where there is none of that id. */
export async function reissueToTell(act: Act, id: number): Promise<ReissueRow | null> {
  const [row] = await act.statement<ReissueRow>('reissue_told', toldSql, [id])
  return row ?? null
}
