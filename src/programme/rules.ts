import { type Decision, no, yes } from '../lib/decision.ts'
import type { Counter, Fee, Programme } from './shape.ts'
import type { FeePurpose } from './shape-cards.ts'
import type { PersonKind } from './shape-parts.ts'

interface Dated {
  from: string
  until?: string | undefined
}

/** Whether a dated record counts on that day: from its first day until the day before `until`. */
export const countsOn = (record: Dated, on: Temporal.PlainDate): boolean =>
  record.from <= on.toString() && (record.until === undefined || on.toString() < record.until)

/** The edition that is given and reissued on that day (notice's point 7), or null before the first is. */
export const editionIssuedOn = (
  programme: Programme,
  on: Temporal.PlainDate,
): Programme['editions'][number] | null => {
  const issued = programme.issued.find(record => countsOn(record, on))
  return programme.editions.find(edition => edition.id === issued?.edition) ?? null
}

/**
 * The fee for something on that day, in whole minor units of the campus's currency; a fee of that kind of people alone
 * goes before everybody's.
 */
export function feeFor(
  programme: Programme,
  purpose: FeePurpose,
  on: Temporal.PlainDate,
  kind?: PersonKind,
): Decision<{ fee: Fee }, 'no-fee-recorded'> {
  const records = programme.fees.filter(record => record.for === purpose && countsOn(record, on))
  const own = kind && records.find(({ kinds }) => kinds?.includes(kind))
  const fee = own ?? records.find(({ kinds }) => kinds === undefined)
  return fee ? yes({ fee }) : no('no-fee-recorded', { purpose, on: on.toString() })
}

/** What is paid back for a pass that is returned on its n-th day, the first day being 1; nothing below zero. */
export function passRefundOn(pass: { price: number; perDay: number; handling: number }, day: number): number {
  return Math.max(0, pass.price - pass.perDay * day - pass.handling)
}

/** The refund of a pass day by day, down to the first day that pays nothing. */
export function passRefundTable(pass: { price: number; perDay: number; handling: number }) {
  const rows: { day: number; amount: number }[] = []
  for (let day = 1; day <= 400; day += 1) {
    const amount = passRefundOn(pass, day)
    rows.push({ day, amount })
    if (amount === 0) break
  }
  return rows
}

/** The phone numbers that count on that day. */
export const phonesOn = (
  phones: readonly { number: string; from: string; until?: string | undefined }[],
  on: Temporal.PlainDate,
): string[] => phones.filter(phone => countsOn(phone, on)).map(phone => phone.number)

/** Which faculty each department belongs to, as statements take it that ask which groups open a door. */
export const facultiesAsJson = ({ departments }: Pick<Programme, 'departments'>): string =>
  JSON.stringify(Object.fromEntries(departments.map(({ id, faculty }) => [id, faculty])))

/** The counter of that id, or null. */
export const counterOf = (programme: Programme, id: string): Counter | null =>
  programme.counters.find(counter => counter.id === id) ?? null

/** The departments whose students collect at this counter. */
export const departmentsServedBy = (programme: Programme, counter: string) =>
  programme.departments.filter(department => department.counter === counter)

/** The cohorts that may be sent to this counter. */
export const cohortsServedBy = (programme: Programme, counter: string) =>
  programme.cohorts.filter(({ outcome }) => {
    if (outcome.kind === 'has-card') return outcome.missed.at.includes(counter)
    if (outcome.kind === 'wait' || outcome.kind === 'collect-at-counters') return outcome.at.includes(counter)
    return outcome.kind === 'collect-at-department' && departmentsServedBy(programme, counter).length > 0
  })

/** The counters to which a cohort sends a person to collect, also who has missed being given a card; none where it does not. */
export function countersOf(
  programme: Programme,
  { outcome }: Programme['cohorts'][number],
  person: { department: string | null },
): readonly string[] {
  if (outcome.kind === 'collect-at-counters' || outcome.kind === 'wait') return outcome.at
  if (outcome.kind === 'has-card') return outcome.missed.at
  if (outcome.kind !== 'collect-at-department') return []
  const department = programme.departments.find(({ id }) => id === person.department)
  return department ? [department.counter] : []
}

/** The ids or keys that lead to a value; an item of a list that has an id is named by it. */
export function valueAt(programme: Programme, pointer: string): unknown {
  let value: unknown = programme
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(value)) {
      const items: unknown[] = value
      value = items.find(item => (item as { id?: unknown } | null)?.id === key) ?? items[Number(key)]
    } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, key)) {
      value = (value as Record<string, unknown>)[key]
    } else return undefined
  }
  return value
}

/** Whether this value, or what it stands in, is no known fact and waits for the card office to fill it in. */
export const isInvented = (programme: Programme, pointer: string): boolean =>
  programme.invented.some(marked => pointer === marked || pointer.startsWith(`${marked}/`))

/** Whether a clerk sees it as a document; the old card and the app's live proof are checked by Gatehouse. */
export const isDocument = (evidence: string): boolean => evidence !== 'old-card' && evidence !== 'app-proof'
