import { both } from '../lib/both.ts'
import { myCards, type Part, part } from './own-part.ts'

/** What somebody was told, and who did or saw what of theirs. */
export const partsOfTold: readonly Part[] = [
  part('message', 'told', both('通知', 'Messages'), {
    newest: 'id',
    gives: `id journal_id person_id kind language recipient subject body made_at sent_at tries last_error
      proxy_authorization_id forgotten_at`,
    keepsBack: { work: 'staff_id staff_notice_id' },
  }),
  part('push_device', 'told', both('接收通知的手機', 'Phones that are told'), {
    newest: 'id',
    gives: 'id person_id place service since ended_at ended_because',
    keepsBack: { secret: 'endpoint p256dh auth' },
  }),
  part('push', 'told', both('送往手機的通知', 'Messages on their way to a phone'), {
    whose: 't.message_id in (select id from message where person_id = $1)',
    newest: 'message_id',
    gives: 'message_id device_id next_at sent_at ended_at tries last_error',
  }),
  part('told_of_day', 'told', both('到期提醒', 'Days of which you were told'), {
    newest: 'told_at',
    gives: 'person_id kind occasion on_day told_at',
  }),
  part('told_late', 'told', both('延後通知', 'That a switch is late'), {
    whose: `t.card_id in (${myCards})`,
    newest: 'told_at',
    gives: 'card_id starts_at causes expected_by told_at',
  }),
  part('letter', 'told', both('承辦人的信', 'Letters of the office'), {
    whose: 't.id in (select letter_id from letter_to where person_id = $1)',
    newest: 'id',
    gives: 'id subject body people written_at',
    keepsBack: { others: 'list', staff: 'written_by', repeats: 'draft' },
    acrossWall: true,
  }),
  part('letter_to', 'told', both('信是否寄到您的地址', 'Whether a letter had an address'), {
    newest: 'letter_id',
    gives: 'letter_id person_id had_address',
  }),
  part('correction_request', 'told', both('您請求的更正', 'Corrections that you asked for'), {
    newest: 'id',
    gives: `id person_id part wrong asked_at due_on prolonged_at prolonged_until prolong_reason answer answered_at
      answer_reason`,
    keepsBack: { staff: 'prolonged_by answered_by' },
  }),
  part('journal', 'who', both('作業紀錄', 'The journal'), {
    newest: 'id',
    gives: 'id at act person_id card_id',
    roles: 'actor',
    // What an act says beside it is ids and plain facts; whoever else it names stays out.
    made: { facts: `t.facts - '{account, person, representative}'::text[]` },
  }),
  part('look', 'who', both('查閱紀錄', 'Who looked at your record'), {
    whose: 't.id in (select look_id from looked_at where person_id = $1)',
    newest: 'id',
    gives: 'id at counter purpose shown route people',
    roles: 'actor',
    keepsBack: { others: 'reason' },
  }),
  part('repeated_request', 'who', both('要求的回覆', 'Answers to what you asked for'), {
    whose: `t.actor = 'student:' || $1::bigint`,
    newest: 'at',
    gives: 'actor key status answer at',
    bytes: 'request_hash',
    acrossWall: true,
  }),
]
