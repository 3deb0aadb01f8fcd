import { both } from '../lib/both.ts'
import { myReissues, type Part, part } from './own-part.ts'

const ofReissue = `t.reissue_id in (${myReissues})`
const myMoves = `select id from fee_move where reissue_id in (${myReissues})`
const ofCase = 't.case_id in (select id from refund_case where person_id = $1)'

/** Cards asked for anew and their fees, and stored value that is paid back. */
export const partsOfMoney: readonly Part[] = [
  part('reissue', 'money', both('補換發申請', 'Applications for another card'), {
    newest: 'id',
    gives: `id person_id for_card reason edition fee_id fee_amount applied_at lapses_at settled_at settled_as card_id
      produced_at ended_at ended_as`,
    roles: 'applied_by ended_by',
  }),
  part('fee_dispute', 'money', both('對工本費的意見', 'What you said of a fee'), {
    whose: ofReissue,
    newest: 'at',
    gives: 'reissue_id at said decided_at granted reason',
    roles: 'by',
    keepsBack: { staff: 'decided_by' },
  }),
  part('reissue_reminder', 'money', both('繳費提醒', 'Reminders to pay'), {
    whose: ofReissue,
    newest: 'at',
    gives: 'reissue_id after_days at',
  }),
  part('payment_try', 'money', both('線上繳費', 'Payments online'), {
    whose: ofReissue,
    newest: 'started_at',
    gives: 'id reissue_id amount currency started_at answered_at answer',
  }),
  part('kiosk_receipt', 'money', both('e 卡服務站收據', 'Receipts of a kiosk'), {
    whose: `(t.student_number = (select student_number from person where id = $1)
      or t.number in (select receipt from fee_move where reissue_id in (${myReissues})))`,
    newest: 'paid_at',
    gives: 'number kiosk amount paid_at arrived_at',
    // A number that was mistyped is not theirs.
    made: {
      student_number: `case when t.student_number = (select student_number from person where id = $1) then t.student_number end`,
    },
    acrossWall: true,
  }),
  part('typed_receipt', 'money', both('您輸入的收據號碼', 'Receipt numbers that you typed'), {
    newest: 'id',
    gives: 'id reissue_id person_id number at outcome',
  }),
  part(
    'repayment_question',
    'money',
    both('退還金額由第二人覆核', 'Money paid back, before a second person'),
    {
      whose: ofReissue,
      newest: 'id',
      gives:
        'id reissue_id receipt amount already most reason asked_at last_day answer answered_at answer_reason',
      roles: 'asked_by answered_by',
      acrossWall: true,
    },
  ),
  part('fee_move', 'money', both('費用帳', 'The ledger of your fees'), {
    whose: ofReissue,
    newest: 'id',
    gives: 'id at kind reissue_id receipt payment_try question_id counter reason',
    roles: 'by',
  }),
  part('fee_entry', 'money', both('費用帳的金額', 'The amounts of that ledger'), {
    whose: `t.move_id in (${myMoves})`,
    newest: 'move_id',
    gives: 'move_id account amount',
  }),
  part('refund_case', 'money', both('退費', 'Refunds'), {
    newest: 'id',
    gives: 'id card_id person_id why way asked_at withdrawn_at withdrawn late_told_at',
    roles: 'asked_by',
  }),
  part('refund_destination', 'money', both('退費的收款方式', 'Where a refund goes'), {
    whose: ofCase,
    newest: 'changed_at',
    gives: 'case_id round bank branch account iban address changed_at erase_on',
  }),
  part('refund_sending', 'money', both('退費送件', 'When a refund was sent to the issuer'), {
    whose: ofCase,
    newest: 'at',
    gives: 'case_id round file_id at withdrawn',
  }),
  part('refund_event', 'money', both('發卡機構的回覆', 'What the issuer said of it'), {
    whose: ofCase,
    newest: 'at',
    gives: 'case_id round kind on_date reason promised_by answer_id line at',
  }),
  part('refund_settlement', 'money', both('退費付款', 'What the issuer paid'), {
    whose: ofCase.replace('case_id', 'of_case'),
    newest: 'at',
    gives: 'reference of_case of_round amount value_on counts_for answer_id line at',
  }),
]
