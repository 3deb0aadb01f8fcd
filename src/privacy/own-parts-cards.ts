import { both } from '../lib/both.ts'
import { mine, myCards, type Part, part } from './own-part.ts'

/** Whether somebody else signed, who collected for the holder. */
const byProxy = (table: 'handover' | 'undone_handover', key: string): string =>
  `exists (select from ${table} h where ${key} and h.proxy_authorization_id is not null)`

/** Cards, how they came into somebody's hands, what was signed, and whom they named to collect them. */
export const partsOfCards: readonly Part[] = [
  part('card', 'cards', both('卡片', 'Cards'), {
    whose: `t.id in (${myCards})`,
    newest: 'id',
    gives: 'id edition printed_number made_for counter box stocked_at retired_at retired_for',
    bytes: 'chip',
    keepsBack: { secret: 'carrier_code_hash' },
  }),
  part('card_number', 'cards', both('卡片內的號碼', 'Numbers in the cards'), {
    whose: `t.card_id in (${myCards})`,
    newest: 'card_id',
    gives: 'card_id format number retired_at',
  }),
  part('card_use', 'cards', both('卡片的校園門禁期間', 'Since when, until when a card has campus access'), {
    newest: 'during',
    gives: 'card_id person_id kind during loan_id handed_to',
  }),
  part('activation', 'cards', both('啟用', 'Activations'), {
    newest: 'at',
    gives: 'card_id person_id at replaces carried_by at_once old_until new_from',
  }),
  part('access_pause', 'cards', both('暫停校園門禁', 'Campus access that was paused'), {
    newest: 'id',
    gives: 'id card_id person_id during',
    roles: 'paused_by resumed_by',
  }),
  part('loss_report', 'cards', both('掛失', 'Cards reported missing'), {
    newest: 'id',
    gives: `id card_id person_id at had_access put_off_to send_at sent_at file_id received_at refused_because ended_at ended_as`,
    roles: 'reported_by ended_by',
  }),
  part('production_item', 'cards', both('製卡', 'Cards ordered from the card maker'), {
    newest: 'id',
    gives:
      'id batch_id place person_id edition because card_id back_at cancelled_at cancelled_because make_again',
    keepsBack: { staff: 'cancelled_by' },
  }),
  part('card_loan', 'cards', both('借用的臨時卡', 'Temporary cards lent to you'), {
    newest: 'id',
    gives: 'id card_id person_id reason evidence lent_at counter last_day lost_at returned_at returned_to',
    roles: 'lost_by',
    keepsBack: { staff: 'lent_by returned_by' },
  }),
  part('proxy_authorization', 'handovers', both('您指定的代領人', 'Whom you named to collect for you'), {
    newest: 'id',
    gives: `id person_id errand proxy_name proxy_email language named_at good_until ended_at ended_as erased_at used`,
    roles: 'named_by ended_by',
    keepsBack: { secret: 'nonce code_hash' },
  }),
  part(
    'identity_confirmation',
    'handovers',
    both('第二人確認身分', 'A second person’s look at your documents'),
    {
      newest: 'id',
      gives: 'id person_id counter documents asked_at good_until confirmed answered_at reason',
      keepsBack: { staff: 'asked_by answered_by' },
      acrossWall: true,
    },
  ),
  part('batch', 'handovers', both('您以班代身分領取的卡片', 'Cards that you fetched for your class'), {
    newest: 'id',
    gives: 'id person_id checked counter given_at back_by cards manner picture text erase_on',
    bytes: 'bound_hash',
    keepsBack: { staff: 'clerk' },
  }),
  part('handover', 'handovers', both('領取', 'Cards handed over'), {
    newest: 'at',
    gives: `card_id person_id edition at how batch_id evidence evidence_card_id confirmation_id confirmed
      proxy_authorization_id by_proxy counter held`,
    keepsBack: { staff: 'clerk' },
  }),
  part('signature_request', 'handovers', both('請您簽名', 'When you were asked to sign'), {
    newest: 'id',
    gives: `id person_id card_id proxy_authorization_id place text_zh text_en counter asked_at proof_at good_until
      withdrawn_at signed answered_at language manner used_at`,
    roles: 'answered_by',
    bytes: 'bound_hash',
    made: { picture: 'case when t.proxy_authorization_id is null then t.picture end' },
    keepsBack: { staff: 'asked_by' },
  }),
  part('signature', 'handovers', both('簽收', 'What was signed for a card'), {
    whose: 't.card_id in (select card_id from handover where person_id = $1)',
    newest: 'signed_at',
    gives: 'card_id place manner text signed_at request_id erase_on',
    bytes: 'bound_hash',
    made: { picture: `case when not ${byProxy('handover', 'h.card_id = t.card_id')} then t.picture end` },
  }),
  part('undone_handover', 'handovers', both('已撤銷的領取', 'Handovers that were undone'), {
    newest: 'id',
    gives: `id card_id person_id edition at evidence evidence_card_id confirmation_id proxy_authorization_id batch_id counter
      undone_at why`,
    keepsBack: { staff: 'clerk undone_by' },
  }),
  part(
    'undone_signature',
    'handovers',
    both('已撤銷領取的簽收', 'What was signed for a handover that was undone'),
    {
      whose: 't.undone_id in (select id from undone_handover where person_id = $1)',
      newest: 'undone_id',
      gives: 'undone_id card_id place manner text signed_at request_id erase_on',
      bytes: 'bound_hash',
      made: {
        picture: `case when not ${byProxy('undone_handover', 'h.id = t.undone_id')} then t.picture end`,
      },
      acrossWall: true,
    },
  ),
  part('used_proof', 'handovers', both('出示過的動態驗證碼', 'Live codes that you showed'), {
    whose: mine,
    newest: 'at',
    gives: 'person_id at',
    keepsBack: { secret: 'nonce' },
  }),
  part('wrong_try', 'handovers', both('輸入錯誤', 'Wrong guesses'), {
    newest: 'id',
    gives: 'id what person_id place at',
  }),
]
