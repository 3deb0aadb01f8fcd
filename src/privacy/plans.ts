import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import { leaverPlan } from './leavers.ts'
import type { Term } from './rules.ts'

/** One thing that is forgotten at night. */
export interface Plan {
  /** Its name, also in the table `forgetting`. */
  what: string
  /** Which setting says when. */
  term: Term
  says: Bilingual
  /**
   * One statement that forgets what is older than $1, at most $2 rows of it, and answers with one number, `gone`. It is asked
   * again until it forgets fewer than $2, so what it has forgotten it must not find again. $3 is the moment.
   */
  sql: string
}

/** Rows of a table that go, some at a time; which, is told by where they lie, or by a key. */
const rowsGo = (table: string, found: string, key = 'ctid'): string => `
  with gone as (
    delete from ${table} where ${key} = any(array(select t.${key} from ${table} t where ${found} limit $2)) returning 1)
  select count(*)::int as gone from gone`

/** Rows of a table that stay and lose what says more than that they were there. */
const rowsLose = (
  table: string,
  { found, lose, key = 'id' }: { found: string; lose: string; key?: string },
): string => `
  with gone as (
    update ${table} set ${lose} where ${key} = any(array(select t.${key} from ${table} t where ${found} limit $2)) returning 1)
  select count(*)::int as gone from gone`

const fileOf = (table: string): string =>
  rowsLose(table, {
    found: 'coalesce(t.applied_at, t.uploaded_at) < $1 and t.forgotten_at is null',
    lose: `file = '', file_name = '', forgotten_at = $3`,
  })

/**
 * What is forgotten at night, in this order: a row that refers to another one goes before it. What a further table
 * keeps of people is one entry more, and a rule in db/data-map.yaml (test/privacy proves that it is enough).
 * Signatures, photos, proxies and accounts go with the date itself (src/app/boundaries.ts), events of doors by
 * src/update/retention.ts.
 */
export const plans: readonly Plan[] = [
  {
    what: 'requests',
    term: 'requestHours',
    says: both('重複要求的回覆', 'Answers to requests that may come again'),
    sql: rowsGo('repeated_request', 't.at < $1'),
  },
  {
    what: 'sessions',
    term: 'attemptDays',
    says: both('已結束的登入', 'Sessions that ended'),
    // By the clock by which sessions end; whoever is signed in stays so.
    sql: rowsGo('session', 't.ends_at < raw_now() and $1::timestamptz is not null'),
  },
  {
    what: 'wrong-tries',
    term: 'attemptDays',
    says: both('輸入錯誤紀錄', 'Wrong guesses'),
    sql: rowsGo('wrong_try', 't.at < $1'),
  },
  {
    what: 'sign-in-attempts',
    term: 'attemptDays',
    says: both('未完成的登入', 'Sign-ins that came to nothing'),
    sql: rowsGo('sign_in_attempt', 't.ends_at < raw_now() and $1::timestamptz is not null'),
  },
  {
    what: 'emergency-tries',
    term: 'attemptDays',
    says: both('緊急碼輸入紀錄', 'Tries of emergency codes'),
    sql: rowsGo('break_glass_try', `t.at < raw_now() - interval '1 day' and $1::timestamptz is not null`),
  },
  {
    what: 'request-counts',
    term: 'attemptDays',
    says: both('要求次數', 'Counts of requests'),
    // A process that runs takes them away itself; these are left where none has run since.
    sql: rowsGo(
      'request_count',
      `t.minute < extract(epoch from raw_now()) / 60 - 10 and $1::timestamptz is not null`,
    ),
  },
  {
    what: 'shown-proofs',
    term: 'attemptDays',
    says: both('已出示的動態驗證碼', 'Live codes that were shown'),
    sql: rowsGo('used_proof', 't.at < $1'),
  },
  {
    what: 'unused-confirmations',
    term: 'attemptDays',
    says: both('未使用的第二人確認', 'Second persons who were asked to no use'),
    sql: rowsGo(
      'identity_confirmation',
      `t.good_until < $1 and not exists (select from handover h where h.confirmation_id = t.id)
       and not exists (select from undone_handover u where u.confirmation_id = t.id)`,
      'id',
    ),
  },
  {
    what: 'roster-files',
    term: 'fileDays',
    says: both('名冊檔案', 'Files of rosters'),
    sql: fileOf('roster_import'),
  },
  {
    what: 'card-files',
    term: 'fileDays',
    says: both('卡片檔案', 'Files of cards'),
    sql: fileOf('card_file'),
  },
  {
    what: 'issuer-files',
    term: 'issuerMonths',
    says: both('發卡機構檔案', 'Files for the issuer and its answers'),
    sql: rowsLose('issuer_file', {
      found: `coalesce(t.answered_at, t.made_at) < $1 and (t.content <> '' or t.answer <> '')`,
      lose: `content = '', answer = case when answer is not null then '' end`,
    }),
  },
  {
    what: 'pushes',
    term: 'messageMonths',
    says: both('手機通知', 'Messages on their way to phones'),
    sql: rowsGo('push', 'exists (select from message m where m.id = t.message_id and m.made_at < $1)'),
  },
  {
    what: 'devices',
    term: 'messageMonths',
    says: both('已結束的手機', 'Phones that are told no more'),
    sql: rowsGo(
      'push_device',
      't.ended_at < $1 and not exists (select from push u where u.device_id = t.id)',
    ),
  },
  {
    what: 'messages',
    term: 'messageMonths',
    says: both('通知信', 'Messages'),
    // The places that were told of a loss are offices, and are told again when the card is found.
    sql: rowsLose('message', {
      found: 't.made_at < $1 and t.forgotten_at is null',
      lose: `subject = '', body = '', last_error = null, forgotten_at = $3,
             recipient = case when kind = 'loss-to-places' then recipient else '' end`,
    }),
  },
  {
    what: 'letters-to',
    term: 'messageMonths',
    says: both('信件收件人', 'Who had a letter of the office'),
    sql: rowsGo('letter_to', 'exists (select from letter l where l.id = t.letter_id and l.written_at < $1)'),
  },
  {
    what: 'letters',
    term: 'messageMonths',
    says: both('承辦人信件', 'Letters of the office'),
    sql: rowsGo(
      'letter',
      't.written_at < $1 and not exists (select from letter_to l where l.letter_id = t.id)',
    ),
  },
  {
    what: 'looked-at',
    term: 'lookMonths',
    says: both('查閱了誰', 'Whom the staff looked at'),
    // Person by person: one look may show everybody.
    sql: rowsGo('looked_at', 'exists (select from look l where l.id = t.look_id and l.at < $1)'),
  },
  {
    what: 'looks',
    term: 'lookMonths',
    says: both('查閱紀錄', 'Who of the staff looked'),
    sql: rowsGo('look', 't.at < $1 and not exists (select from looked_at o where o.look_id = t.id)', 'id'),
  },
  {
    what: 'corrections',
    term: 'correctionMonths',
    says: both('更正請求', 'Corrections that were asked for'),
    sql: rowsGo('correction_request', 't.answered_at < $1', 'id'),
  },
  {
    what: 'kiosk-numbers',
    term: 'leaverMonths',
    says: both('e 卡服務站收據上的學號', 'Student numbers typed at kiosks'),
    // Also those that were mistyped, and so are nobody's.
    sql: rowsLose('kiosk_receipt', {
      found: 't.paid_at < $1 and t.student_number is not null',
      lose: 'student_number = null',
      key: 'number',
    }),
  },
  leaverPlan,
]

/** Files that were handed to other access systems: a folder's, which app forgets by the same terms. */
export const handedFilesPlan = {
  what: 'handed-files',
  term: 'fileDays',
  says: both('交付其他門禁系統的檔案', 'Files handed to other access systems'),
} as const satisfies Omit<Plan, 'sql'>
