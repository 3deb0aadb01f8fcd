import { both } from '../lib/both.ts'
import { building, doorNames, myCards, type Part, part } from './own-part.ts'

/** Their numbers on controllers: of cards handed over to them, and of temporary cards for as long as those were lent. */
const numbers = `
  select c.id as controller_id, n.number, h.at as since, n.retired_at as until
  from handover h join card_number n on n.card_id = h.card_id join controller c on c.number_format = n.format
  where h.person_id = $1
  union all
  select c.id, n.number, l.lent_at, coalesce(l.returned_at, n.retired_at)
  from card_loan l join card_number n on n.card_id = l.card_id join controller c on c.number_format = n.format
  where l.person_id = $1`

/** A row with a number on a controller is theirs while the number was: others have had the card, or the number, before and after. */
const whileMine = (moment: string): string => `
  (t.controller_id, t.number) in (select m.controller_id, m.number from (${numbers}) m)
  and exists (select from (${numbers}) m where m.controller_id = t.controller_id and m.number = t.number
    and m.since <= ${moment} and coalesce(${moment} < m.until, true))`

const stillMine = `(t.controller_id, t.number) in (select m.controller_id, m.number from (${numbers}) m where m.until is null)`

/** Which doors a person's cards open, what controllers were told of it, and what happened at doors. */
export const partsOfDoors: readonly Part[] = [
  part('individual_grant', 'doors', both('個別開通的門', 'Doors granted to your cards'), {
    whose: `t.card_id in (${myCards})`,
    newest: 'id',
    gives: 'id card_id door_id granted_at ended_at',
    keepsBack: { staff: 'owner_zh owner_en' },
  }),
  part('door_task', 'doors', both('請門禁負責人重新開通', 'Doors that their owner is asked to grant again'), {
    newest: 'id',
    gives: 'id grant_id card_id person_id made_at done_at declined_at reason',
    keepsBack: { staff: 'done_by declined_by' },
  }),
  part('wanted', 'doors', both('應可開啟的門', 'Which doors your cards should open'), {
    newest: 'decided_at',
    gives: `controller_id number carried_by at_once urgent person_id card_id doors valid_from valid_to decided_at because
      guarded_by`,
    made: { building, door_names: doorNames },
  }),
  part('wanted_open', 'doors', both('尚待送到控制器的變更', 'What is still to be sent to controllers'), {
    newest: 'carried_by',
    gives: 'controller_id number carried_by at_once urgent removes person_id',
    made: { building },
  }),
  part('put_off', 'doors', both('尚待計算的門禁', 'Doors still to be worked out'), {
    newest: 'since',
    gives: 'person_id since cause facts',
  }),
  part('doors_check_person', 'doors', both('每日比對時更正', 'What a daily check put right'), {
    newest: 'on_date',
    gives: 'on_date person_id numbers controllers',
    acrossWall: true,
  }),
  part('held', 'doors', both('控制器確認的內容', 'What controllers confirmed'), {
    whose: stillMine,
    newest: 'confirmed_at',
    gives: 'controller_id number doors valid_from valid_to confirmed_at verified_at verify_after',
    made: { building, door_names: doorNames },
    acrossWall: true,
  }),
  part(
    'approved_loss',
    'doors',
    both('第二人同意的門禁變更', 'Losses of access that a second person let pass'),
    {
      whose: '$1 = any(t.people)',
      newest: 'approval_id',
      gives: 'approval_id controller_id',
      made: { building },
      keepsBack: { others: 'people' },
      acrossWall: true,
    },
  ),
  part('sent', 'doors', both('送到控制器的變更', 'What was sent to controllers'), {
    whose: whileMine('t.at'),
    newest: 'id',
    gives: 'id controller_id number deed answer starts_at at doors valid_from valid_to',
    made: { building },
    acrossWall: true,
  }),
  part('tap', 'doors', both('刷卡紀錄', 'What happened at doors'), {
    whose: whileMine('coalesce(t.happened_at at time zone $2, t.stored_at)'),
    newest: 'stored_at',
    gives:
      'controller_id epoch event_index stored_at lost happened_at type reason granted door direction number',
    made: {
      building,
      door_name: `(select jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) from door d
        where d.controller_id = t.controller_id and d.number = t.door)`,
    },
    acrossWall: true,
  }),
]
