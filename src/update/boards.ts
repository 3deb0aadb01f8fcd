import { cardsHeld } from '../access/cards-held.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Bilingual } from '../lib/words.ts'
import { type Act, actorName } from '../server/register.ts'
import { askSurvey } from './ask-survey.ts'
import { type BoardRefusal, mayReplaceBoard, type SeenBoard, type Strangeness } from './board-rules.ts'

/** Somebody else who answered in place of a controller's board. */
export interface Stranger {
  id: number
  controllerId: number
  building: Bilingual
  /** The controller's doors by name, in the order of their numbers. */
  doors: Bilingual[]
  how: Strangeness
  /** From where it answered, and as whom; of a stray reply only the serial number is known. */
  host: string
  port: number
  serial: number
  mac: string | null
  firmware: string | null
  madeOn: Temporal.PlainDate | null
  firstAt: Temporal.Instant
  lastAt: Temporal.Instant
  /** Whom to expect there; null where no board was met yet. */
  expectedSerial: number
  expectedMac: string | null
  expectedFirmware: string | null
  expectedMadeOn: Temporal.PlainDate | null
  knownSince: Temporal.Instant | null
  /** The other controller that has this serial number, with its building. */
  belongsTo: { id: number; building: Bilingual } | null
  /** The other controller that is recorded at the address from which it answered. */
  standsAt: { id: number; building: Bilingual } | null
  /** Cards that the controller confirmed, and that its new board would be given. */
  cards: number
}

const other = (is: string) => `(
    select jsonb_build_object('id', o.id, 'building', jsonb_build_object('zh-TW', o.building_zh, 'en', o.building_en))
    from controller o where o.id <> c.id and ${is})`

const strangersSql = `
  select s.id, c.id as "controllerId", jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
         coalesce((select jsonb_agg(jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) order by d.number)
                   from door d where d.controller_id = c.id), '[]') as doors,
         s.how, s.host, s.port, s.serial, s.mac, s.firmware, s.made_on as "madeOn", s.first_at as "firstAt",
         s.last_at as "lastAt", coalesce(c.board, c.id) as "expectedSerial", k.mac as "expectedMac",
         k.firmware as "expectedFirmware", k.made_on as "expectedMadeOn", k.known_since as "knownSince",
         ${other('coalesce(o.board, o.id) = s.serial')} as "belongsTo",
         ${other('(o.host, o.port) = (s.host, s.port)')} as "standsAt",
         ${cardsHeld('c.id')} as cards
  from strange_board s join controller c on c.id = s.controller_id
  left join known_board k on k.controller_id = c.id
  where s.ended_at is null
  order by s.how = 'elsewhere', c.id, s.id limit $1`

/** Whoever answers in place of the controllers' boards now, those that stand at their addresses first. */
export const strangersNow = (act: Act, most: number): Promise<Stranger[]> =>
  act.statement<Stranger>('strangers_now', strangersSql, [most])

// Whoever changes a controller at the same time waits, and this waits for it.
const lockSql = 'select coalesce(board, id) as serial from controller where id = $1 for update'
const seenSql = `
  select s.id, s.how, s.serial, s.mac, s.firmware, s.made_on as "madeOn",
         (select o.id from controller o where o.id <> $1 and coalesce(o.board, o.id) = s.serial) as "belongsTo"
  from strange_board s where s.controller_id = $1 and s.ended_at is null
  order by s.how = 'elsewhere' limit 1 for update`
const boardSql = 'update controller set board = nullif($2::bigint, id) where id = $1'
const knownSql = `
  insert into known_board (controller_id, mac, firmware, made_on, known_since, known_by, reads_all)
  values ($1, $2, $3, $4, $5, $6, true)
  on conflict (controller_id) do update
  set mac = excluded.mac, firmware = excluded.firmware, made_on = excluded.made_on, known_since = excluded.known_since,
      known_by = excluded.known_by, reads_all = true, met_at = null`
const endSql =
  'update strange_board set ended_at = $2, outcome = $3, ended_by = $4 where id = $1 and ended_at is null returning controller_id as id'

interface Seen {
  id: number
  how: Strangeness
  serial: number
  mac: string | null
  firmware: string | null
  madeOn: Temporal.PlainDate | null
  belongsTo: number | null
}

/**
 * Takes the board that stands at a controller's address for the controller's new one, as somebody looked at it. All that
 * the board before had confirmed is read back and put again through the controller's lane, in the usual order, and its
 * whole list is read, so that cards that it brought along come to light. Null where there is no such controller.
 */
export async function replaceBoard(
  act: Act,
  { controllerId, seen }: { controllerId: number; seen: SeenBoard },
): Promise<Decision<{ serial: number }, BoardRefusal> | null> {
  const [controller] = await act.statement<{ serial: number }>('lock_controller', lockSql, [controllerId])
  if (!controller) return null
  const [stranger] = await act.statement<Seen>('stranger_seen', seenSql, [controllerId])
  const decision = mayReplaceBoard({
    stranger: stranger ? { how: stranger.how, serial: stranger.serial, mac: stranger.mac ?? '' } : null,
    seen,
    belongsTo: stranger?.belongsTo ?? null,
  })
  if (!decision.ok) return decision
  const { id, serial, mac, firmware, madeOn } = stranger!
  const by = actorName(act.actor)
  await act.statement('controller_board', boardSql, [controllerId, serial])
  await act.statement('board_replaced', knownSql, [controllerId, mac, firmware, madeOn, act.now, by])
  await act.statement('stranger_ended', endSql, [id, act.now, 'replaced', by])
  // A reading that is under way is of the board before: it goes on, or ends as silent; the next one is of this board.
  await askSurvey(act, [controllerId])
  await act.note({
    act: 'board replaced',
    facts: { controller: controllerId, before: controller.serial, serial, mac: mac! },
  })
  return yes({ serial })
}

const elsewhereSql = `select id from strange_board where id = $1 and how = 'elsewhere' and ended_at is null`

/** Somebody looked after replies that came from elsewhere; where they come again, they are told again. */
export async function lookedAt(act: Act, id: number): Promise<Decision<object, BoardRefusal>> {
  const found = await act.statement('stranger_elsewhere', elsewhereSql, [id])
  const ended =
    found.length === 0
      ? []
      : await act.statement<{ id: number }>('stranger_ended', endSql, [
          id,
          act.now,
          'looked-at',
          actorName(act.actor),
        ])
  if (ended.length === 0) return no('no-such-stranger')
  await act.note({ act: 'reply from elsewhere looked at', facts: { controller: ended[0]!.id } })
  return yes({})
}
