import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'

/** Why something of a person is not in what they are given, as they read it (PDPA art. 10; GDPR art. 15 (4)). */
export const reasons = {
  secret: both(
    '可用來登入、開門或冒用身分的祕密值。交出副本會使您與他人陷於風險。',
    'Secrets that sign in, open doors or pass for somebody. A copy would put you and others at risk.',
  ),
  staff: both(
    '經手同仁是誰。您可以在「誰查閱過我的資料」看到單位；姓名請向卡務辦公室詢問。',
    'Which member of the staff it was. “Who looked at my record” tells the office; ask the card office for a name.',
  ),
  others: both(
    '屬於其他人的資料，例如代領人的簽名、查閱者自己填寫的理由。',
    'What is of other people: the signature of who collected for you, the reason that a reader wrote.',
  ),
  files: both(
    '一個檔案裡有許多人的資料。其中關於您的內容，已列在其他項目。',
    'Files with many people in them. What they say of you stands under the other headings.',
  ),
  repeats: both('與其他項目的內容相同。', 'It says again what stands under another heading.'),
  controllers: both(
    '門禁控制器的工作紀錄，只有號碼；關於您的內容已列在「門禁」。',
    'How controllers are checked: numbers alone. What concerns you stands under “Doors”.',
  ),
  nobody: both(
    '在知道是誰之前就記下的內容，無法連到任何人，很快就會刪除。',
    'What is kept before it is known who somebody is: it leads to nobody, and goes soon.',
  ),
  work: both(
    '您以同仁身分所做的事，內容關於別人；依機關的規定調閱。',
    'What you did as a member of the staff: it is about others. Your office tells how to see it.',
  ),
} as const satisfies Readonly<Record<string, Bilingual>>
export type Reason = keyof typeof reasons

/** A table of which a person is given nothing, although it keeps something of people, or leads to them. */
export interface KeptBack {
  table: string
  says: Bilingual
  why: Reason
}

const back = (table: string, why: Reason, zhTW: string, en: string): KeptBack => ({
  table,
  says: both(zhTW, en),
  why,
})

/** Those tables, in the order of the schema. */
export const keptBack: readonly KeptBack[] = [
  back('looked_at', 'repeats', '查閱紀錄中的每一個人', 'Each person of a look'),
  back('sign_in_attempt', 'nobody', '未完成的登入', 'Sign-ins under way'),
  back('break_glass_code', 'nobody', '緊急代碼', 'Emergency codes'),
  back('break_glass_try', 'nobody', '緊急代碼的輸入來源', 'From where emergency codes were tried'),
  back('request_count', 'nobody', '一分鐘內的要求次數', 'How many requests came in a minute'),
  back('roster_import', 'files', '教務處名冊檔案', 'The registrar’s files'),
  back('card_file', 'files', '卡片檔案', 'Files of cards'),
  back('card_lost', 'repeats', '目前遺失的卡片', 'Cards that are missing now'),
  back('issuer_file', 'files', '與發卡機構往來的檔案', 'Files for the issuer and from it'),
  back('doors_check', 'controllers', '每日比對的進度', 'How far the daily check is'),
  back('survey_card', 'controllers', '控制器清查的結果', 'What a survey of a controller found'),
  back('adopted_number', 'controllers', '控制器上承接的號碼', 'Numbers taken over from a controller'),
  back(
    'door_task_told',
    'staff',
    '通知同仁處理門禁的紀錄',
    'Which of the staff were told of a door to grant',
  ),
  back('staff_mail', 'work', '以同仁身分收信的地址', 'Where you are mailed as a member of the staff'),
  back('door_digest', 'work', '以同仁身分收到的門禁摘要', 'The digest of doors that you asked for as staff'),
  back('door_digest_sent', 'work', '門禁摘要的寄送', 'That this digest was sent'),
]
