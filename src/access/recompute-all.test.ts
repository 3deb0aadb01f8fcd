import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { activateCard } from '../activation/activate.ts'
import { beginDate } from '../app/boundaries.ts'
import { moveCampusTo } from '../app/clock.ts'
import { reportLost } from '../loss/report-lost.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act, Actor } from '../server/register.ts'
import { endGrant, grantDoor } from './grant-door.ts'
import { listGroups, placed } from './group-store.ts'
import { putGroup, removeGroup } from './groups.ts'
import {
  type AccessPerson,
  type CardInUse,
  type DoorPlace,
  lastDayOf,
  type WantedRecord,
  wantedOf,
} from './rules.ts'
import { handOut, type Waiting, waitingStudents } from './trial.ts'

// Whatever changes, in one role: people are changed by the roster, doors by who keeps them.
const keeper: Actor = { kind: 'system', id: 'test' }
const seed = Number(process.env.SEED ?? 20231018)
/** Until a programme says otherwise. */
const cardYears = 5

let campus: TestCampus
let doorIds: string[]
let people: { id: number; number: string }[]
/** Students who have a new card in hand, to be switched on. */
let waiting: Waiting[]
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-11T09:00' })
  doorIds = (await campus.owner.db.selectFrom('door').select('id').orderBy('id').execute()).map(d => d.id)
  people = await campus.owner.db
    .selectFrom('person')
    .select(['id', 'student_number as number'])
    .orderBy('id')
    .execute()
  waiting = await waitingStudents(campus)
  for (const student of waiting) await handOut(campus, student)
}, 60_000)
afterAll(() => campus.close())

/** One random act: which kind, which of the things it could be about, and how long after the last one. */
const someAct = fc.record({
  kind: fc.constantFrom(
    ...([
      'doors',
      'doors',
      'group',
      'remove',
      'grant',
      'grant',
      'end',
      'change',
      'lose',
      'activate',
      'days',
    ] as const),
  ),
  which: fc.nat(10_000),
  doors: fc.uniqueArray(fc.nat(47), { maxLength: 6 }),
  for: fc.constantFrom(
    { members: 'campus' as const },
    { members: 'faculty' as const, key: 'science' },
    { members: 'faculty' as const, key: 'education' },
    { members: 'hall' as const, key: 'hall-7' },
  ),
  status: fc.constantFrom('enrolled', 'enrolled', 'on-leave', 'graduated'),
  minutes: fc.integer({ min: 1, max: 600 }),
})
type SomeAct = typeof someAct extends fc.Arbitrary<infer Value> ? Value : never

const oneOf = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(1, list.length)]

/** Does one act; what the rules refuse is refused, and says its reason. */
const deeds: Record<SomeAct['kind'], (act: Act, some: SomeAct) => Promise<string>> = {
  async doors(act, { which, doors }) {
    const group = oneOf(await listGroups(act), which)
    if (!group) return 'no group'
    const { key, ...rest } = group
    const wish = { ...rest, ...(key === null ? {} : { key }), doors: doors.map(at => doorIds[at]!) }
    return said(await putGroup(act, wish, 'do'))
  },
  async group(act, { which, doors, for: whom }) {
    const name = { 'zh-TW': '臨時群組', en: 'Some group' }
    const wish = { ...whom, id: `some-${which % 7}`, name, doors: doors.map(at => doorIds[at]!) }
    return said(await putGroup(act, wish, 'do'))
  },
  async remove(act, { which }) {
    const group = oneOf(await listGroups(act), which)
    return group ? said(await removeGroup(act, group.id, 'do')) : 'no group'
  },
  async grant(act, { which, doors }) {
    const owner = { 'zh-TW': '系辦', en: 'Department office' }
    const wish = { doorId: doorIds[doors[0] ?? 0]!, studentNumber: oneOf(people, which)!.number, owner }
    return said(await grantDoor(act, wish))
  },
  async end(act, { which }) {
    const live = await act.db
      .selectFrom('individual_grant')
      .selectAll()
      .where('ended_at', 'is', null)
      .execute()
    const grant = oneOf(live, which)
    if (!grant) return 'no grant'
    await endGrant(act, { grantId: grant.id, doorId: grant.door_id })
    return 'done'
  },
  async change(act, { which, status }) {
    const { id } = oneOf(people, which)!
    const hall = which % 3 === 0 ? 'hall-7' : null
    const department = which % 2 === 0 ? 'math' : 'chinese'
    await act.db.updateTable('person').set({ status, hall, department }).where('id', '=', id).execute()
    await act.note({ act: 'person changed', personId: id })
    return 'done'
  },
  async lose(act, { which }) {
    const uses = await act.db.selectFrom('card_use').selectAll().orderBy('card_id').execute()
    const use = oneOf(uses, which)
    return use ? said(await reportLost(act, { personId: use.person_id, cardId: use.card_id })) : 'no card'
  },
  async activate(act, { which }) {
    const student = oneOf(waiting, which)!
    return said(await activateCard(act, { personId: student.personId, lastDigits: student.digits }))
  },
  // The clock has moved already; what the dates in between bring is done as a process does it.
  days: async () => 'done',
}
const said = (done: { ok: true } | { ok: false; refusal: string } | null): string =>
  done === null ? 'not there' : done.ok ? 'done' : done.refusal

/** Everybody and everything that decides about doors, read without any of the room's own reading. */
async function everybodyAnew(act: Act): Promise<WantedRecord[]> {
  const { campus: place, departments } = await programmeInForce(act)
  const groups = await Promise.all(
    (await listGroups(act)).map(({ key, ...group }) =>
      placed(act, { ...group, ...(key === null ? {} : { key }) }),
    ),
  )
  const persons = await act.db.selectFrom('person').selectAll().execute()
  type Card = { personId: number; cardId: number; from: Temporal.Instant; until: Temporal.Instant | null }
  const cards = await act.statement<Card & { numbers: Record<string, number> }>(
    'test_cards',
    `select u.person_id as "personId", u.card_id as "cardId", lower(during) as "from", upper(during) as until,
            (select jsonb_object_agg(format, number) from card_number n where n.card_id = u.card_id) as numbers
     from card_use u where during @> $1::timestamptz`,
    [act.now],
  )
  const grants = await act.statement<DoorPlace & { cardId: number; grantId: number }>(
    'test_grants',
    `select g.card_id as "cardId", g.id as "grantId", d.controller_id as "controllerId", c.number_format as "numberFormat",
            d.number as door
     from individual_grant g join door d on d.id = g.door_id join controller c on c.id = d.controller_id
     where g.ended_at is null`,
    [],
  )
  const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(place.zone).toPlainDate()
  const cardsOf = Map.groupBy(cards, card => card.personId)
  return persons.flatMap(({ id, status, department, hall }) => {
    const inUse: CardInUse[] = (cardsOf.get(id) ?? []).map(({ cardId, from, until, numbers }) => ({
      cardId,
      numbers: new Map(Object.entries(numbers)),
      from: dayOf(from),
      to: until
        ? dayOf(until.subtract({ nanoseconds: 1 }))
        : lastDayOf({ cardId, from: dayOf(from) }, cardYears, dayOf(act.now)),
    }))
    const person: AccessPerson = {
      personId: id,
      mayEnter: status === 'enrolled',
      faculty: departments.find(each => each.id === department)?.faculty ?? null,
      hall,
      cards: inUse,
      grants,
    }
    return wantedOf(person, groups)
  })
}

const newestSql = `
  select controller_id as "controllerId", number, person_id as "personId", card_id as "cardId", doors,
         valid_from as "from", valid_to as "to"
  from (select distinct on (controller_id, number) * from wanted
        order by controller_id, number, carried_by desc) newest
  where doors <> '{0,0,0,0}'`

const line = ({ controllerId, number, personId, cardId, doors, from, to }: WantedRecord) =>
  `${controllerId}/${number} ${doors.join('')} person ${personId} card ${cardId} ${from.toString()} to ${to.toString()}`

it(`what is wanted after any acts is what the rule gives for everybody (seed ${seed})`, async () => {
  const { register } = campus.gatehouse
  const outcomes = new Map<string, number>()
  let moment = Temporal.Instant.from('2023-10-11T01:30:00Z')
  await fc.assert(
    fc.asyncProperty(fc.array(someAct, { minLength: 3, maxLength: 8 }), async acts => {
      for (const some of acts) {
        // Some days pass, in all histories together more than half a year: the old cards' last day lies in it.
        moment = moment.add({ minutes: some.kind === 'days' ? some.minutes * 300 : some.minutes })
        await campus.owner.transaction(trx => moveCampusTo(trx, moment))
        await beginDate(register, 'Asia/Taipei')
        const outcome = await register.act(keeper, act => deeds[some.kind](act, some))
        const key = `${some.kind}: ${outcome}`
        outcomes.set(key, (outcomes.get(key) ?? 0) + 1)
      }
      const [kept, anew] = await register.look(keeper, async act => [
        (await act.statement<WantedRecord>('test_wanted', newestSql, [])).map(line),
        (await everybodyAnew(act)).map(line),
      ])
      expect([...new Set(kept).difference(new Set(anew))]).toEqual([])
      expect([...new Set(anew).difference(new Set(kept))]).toEqual([])
    }),
    // The campus goes on from run to run, so that a shorter history cannot be tried: the seed tells it again.
    { seed, numRuns: 12, endOnFailure: true },
  )
  // The histories were worth something: each kind of act was really done, and some were refused.
  for (const kind of Object.keys(deeds)) expect([...outcomes.keys()]).toContain(`${kind}: done`)
  const ended = campus.owner.db
    .selectFrom('journal')
    .select('id')
    .where('act', '=', 'campus access ended by date')
  expect((await ended.execute()).length).toBeGreaterThan(0)
}, 120_000)
