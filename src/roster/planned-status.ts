import type { Act } from '../server/register.ts'
import type { Status } from './person.ts'

/** People whom one act looks after: less than a second in which others wait for it. */
const atATime = 500

const dueSql = `
  with due as (
    select id, status from person where next_status_on <= $1 and id > $2 order by id limit $3 for no key update)
  update person p set status = p.next_status, next_status = null, next_status_on = null
  from due where p.id = due.id
  returning p.id as "personId", due.status as "from", p.status as "to"`

/**
 * What the registrar has said beforehand comes true on its day, at its start in the campus's zone: of the next people
 * after `after`, by their ids. Says of how many, and where others may follow; null when there is nobody left. What it
 * brings with it (doors, messages) follows as from a roster. Doing it twice changes nothing.
 */
export async function changeStatuses(
  act: Act,
  zone: string,
  after = 0,
): Promise<{ people: number; last: number | null }> {
  const today = act.now.toZonedDateTimeISO(zone).toPlainDate()
  type Row = { personId: number; from: Status; to: Status }
  const rows = await act.statement<Row>('change_statuses', dueSql, [today, after, atATime])
  const inOrder = rows.toSorted((a, b) => a.personId - b.personId)
  await act.note(
    ...inOrder.map(({ personId, from, to }) => ({
      act: 'person changed',
      personId,
      facts: { fields: 'status', statusFrom: from, statusTo: to },
    })),
  )
  return { people: rows.length, last: rows.length < atATime ? null : inOrder.at(-1)!.personId }
}
