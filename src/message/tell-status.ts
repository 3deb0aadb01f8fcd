import { sayList } from '../lib/say.ts'
import { phonesOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { nextWindow } from '../programme/timetable.ts'
import type { Status } from '../roster/person.ts'
import type { Act, Noted } from '../server/register.ts'
import type { StatusTold } from './say-status.ts'
import type { Addressee } from './store.ts'

const personSql = `
  select p.id as "personId", p.name_zh as "nameZh", p.name_en as "nameEn", p.email, p.language,
         p.status, p.next_status as "nextStatus", p.next_status_on as "nextStatusOn",
         c.printed_number as "printedNumber", c.id is not null as "inUse",
         exists (select from handover h where h.person_id = p.id) as "hasCard"
  from person p
  left join card_use u on u.person_id = p.id and u.kind = 'student' and u.during @> $2::timestamptz
  left join card c on c.id = u.card_id
  where p.id = $1`

interface Row extends Addressee {
  status: Status
  nextStatus: Status | null
  nextStatusOn: Temporal.PlainDate | null
  inUse: boolean
  hasCard: boolean
}

/**
 * What is told of a person whom the registrar's roster, or a day that it named, has changed: of a change that has come,
 * or of one that lies ahead. Nobody hears of anything else in the roster; who never had a card is not concerned.
 */
export async function statusTold(
  act: Act,
  programme: Programme,
  { personId, facts = {} }: Noted,
): Promise<{ addressee: Addressee; told: StatusTold } | null> {
  const { statusFrom, statusTo, plans } = facts
  if (!personId || (statusTo === undefined && plans !== true)) return null
  const [row] = await act.statement<Row>('status_told', personSql, [personId, act.now])
  if (!row?.hasCard) return null
  const { campus, timetable } = programme
  const today = act.now.toZonedDateTimeISO(campus.zone).toPlainDate()
  const { printedNumber, inUse, nextStatus, nextStatusOn } = row
  const issuer = {
    name: programme.issuer.name[row.language],
    phones: sayList(phonesOn(programme.issuer.phones, today), row.language, 'or'),
  }
  if (statusTo !== undefined) {
    const [from, to] = [statusFrom as Status, statusTo as Status]
    // From a leave into leaving changes no door, and is told all the same: a loss can be reported no longer.
    const window = nextWindow(timetable, campus.zone, act.now)
    return {
      addressee: row,
      told: { kind: 'status-changed', printedNumber, from, to, inUse, window, issuer },
    }
  }
  if (nextStatus === null || nextStatusOn === null) return null
  if (Temporal.PlainDate.compare(nextStatusOn, today) <= 0) return null
  return {
    addressee: row,
    told: { kind: 'status-changes-ahead', printedNumber, to: nextStatus, on: nextStatusOn, inUse, issuer },
  }
}
