import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { Doors } from '../../test/doors.ts'
import { people, type Student } from '../../test/people.ts'
import { activateCard } from '../activation/activate.ts'
import { recordHealthCheckCards } from '../handover/record-held.ts'
import { reportLost } from '../loss/report-lost.ts'
import { check, checkAndPublish, edited, programmeText, publish } from '../programme/trial-publishing.ts'
import type { Actor } from '../server/register.ts'
import type { Guards } from '../update/govern-shapes.ts'
import { stillToDo } from './trial-recomputation.ts'

/*
 * What a new version of the programme brings to cards and doors: published over the API as an office does it, looked
 * for on the controllers' own lists after a window has run over UDP.
 */

const system: Actor = { kind: 'system', id: 'test' }

let campus: TestCampus
let doors: Doors
let ntnu: string
/** The programme as it was published last; every change below is made to it. */
let current: string

beforeAll(async () => {
  campus = await openCampus({ doors: '127.62.17', from: '2023-10-16T09:00' })
  doors = await Doors.of(campus.owner, campus.emulator!)
  ntnu = await programmeText('ntnu-2023')
  current = ntnu
  await campus.moveTo('2023-10-16T10:00')
  await campus.settle()
  await campus.moveTo('2023-10-16T10:30')
}, 120_000)
afterAll(() => campus.close())

async function publishEdited(from: string, to: string) {
  const text = edited(current, from, to)
  const answer = await checkAndPublish(campus, text)
  if (answer.status === 200) current = text
  return answer
}

/** What takes doors from many waits for a second person: the access keeper, who has not published it, lets it go. */
async function letGo(): Promise<void> {
  const ask = async (method: 'GET' | 'POST', path: string, payload?: object) =>
    campus.gatehouse.server.inject({
      method,
      url: `/api/v1${path}`,
      headers: { cookie: await campus.signIn('access') },
      ...(payload && { payload }),
    })
  const { guards } = (await ask('GET', '/guards')).json<Guards>()
  expect(guards).toHaveLength(1)
  const answer = { answer: 'let-go', reason: 'as published' }
  expect((await ask('POST', `/guards/${guards[0]!.id}/answer`, answer)).statusCode).toBe(200)
  await campus.settle()
}

/** The student's card of that edition: in the hand, or made and not handed over. */
async function cardOf(student: Student, edition: string): Promise<{ cardId: number; digits: string }> {
  const { rows } = await campus.owner.pool.query<{ id: number; digits: string }>(
    `select c.id::int, right(c.printed_number, 4) as digits from card c left join handover h on h.card_id = c.id
     where c.edition = $1 and coalesce(h.person_id, c.made_for) = $2`,
    [edition, await campus.personId(student.number)],
  )
  return { cardId: rows[0]!.id, digits: rows[0]!.digits }
}

/** The student gets the new card and switches it on, now. */
async function activate(student: Student): Promise<void> {
  const personId = await campus.personId(student.number)
  const { cardId, digits } = await cardOf(student, '4k-centenary')
  const done = await campus.gatehouse.register.act(system, async act => {
    const held = { cardId, personId, edition: '4k-centenary', since: act.now.subtract({ hours: 1 }) }
    await recordHealthCheckCards(act, [held])
    return activateCard(act, { personId, lastDigits: digits })
  })
  expect(done).toMatchObject({ ok: true })
}

/** The last day of a card on every controller that holds it, as the controllers themselves list it. */
async function lastDays(chip: string): Promise<string[]> {
  const { rows } = await campus.owner.pool.query<{ id: number; number: number }>(
    `select c.id::int, n.number::float8 as number from controller c join card_number n on n.format = c.number_format
     join card on card.id = n.card_id where card.chip = decode($1, 'hex')`,
    [chip],
  )
  const found = await Promise.all(
    rows.map(async ({ id, number }) =>
      (await campus.emulator!.cards(id)).filter(card => card.number === number).map(card => card.to),
    ),
  )
  return found.flat()
}

/** What the register has decided of a student: uses and wanted rows, as text. */
async function decidedOf(student: Student): Promise<string[]> {
  const { rows } = await campus.owner.pool.query<{ said: string }>(
    `select u::text as said from card_use u where person_id = $1
     union all select w::text from wanted w where person_id = $1 order by 1`,
    [await campus.personId(student.number)],
  )
  return rows.map(({ said }) => said)
}

/** People of whom something was decided at the campus's newest publication. */
async function recomputedLast(): Promise<Set<number>> {
  const { rows } = await campus.owner.pool.query<{ person_id: number }>(
    `select distinct person_id from wanted
     where decided_at = (select max(published_at) from programme_version)`,
  )
  return new Set(rows.map(row => row.person_id))
}

describe('the deadline moves a week later', () => {
  let activated: string[]
  let lost: string[]

  it('is published, and campus access moves in the same act, for the cards concerned and nobody else', async () => {
    await activate(people.aEarly)
    const losing = await campus.personId(people.dLosesCard.number)
    const { cardId } = await cardOf(people.dLosesCard, 'easycard')
    await campus.gatehouse.register.act(system, act => reportLost(act, { personId: losing, cardId }))
    await campus.settle()
    activated = await decidedOf(people.aEarly)
    lost = await decidedOf(people.dLosesCard)

    const { body } = await check(campus, edited(current, '  on: 2024-03-01', '  on: 2024-03-08'))
    const published = await publishEdited('  on: 2024-03-01', '  on: 2024-03-08')
    expect(published).toEqual({ status: 200, body: { version: 2 } })
    const { rows } = await campus.owner.pool.query<{ until: string; people: number }>(
      `select upper(during)::text as until, count(*)::int as people from card_use u
       join card c on c.id = u.card_id and c.edition = 'easycard' where upper(during) > $1 group by 1`,
      ['2023-11-01'],
    )
    expect(rows).toEqual([{ until: '2024-03-07 16:00:00+00', people: body.brings!.endsLater }])
    expect(await recomputedLast()).not.toContain(await campus.personId(people.freshman.number))
    expect(await stillToDo(campus)).toBe(0)
  })

  it('who activated before, and whose card was lost, is untouched', async () => {
    expect(await decidedOf(people.aEarly)).toEqual(activated)
    expect(await decidedOf(people.dLosesCard)).toEqual(lost)
  })

  it('until the next update the doors hold the old last day, then the new one', async () => {
    await campus.settle()
    const before = await lastDays(people.fNeverCame.old)
    expect(before.length).toBeGreaterThan(3)
    expect(new Set(before)).toEqual(new Set(['2024-02-29']))
    await campus.moveTo('2023-10-16T15:00')
    await campus.settle()
    const after = await lastDays(people.fNeverCame.old)
    expect(after).toHaveLength(before.length)
    expect(new Set(after)).toEqual(new Set(['2024-03-07']))
  }, 120_000)

  it('and the switch of the one who activated was carried as promised', async () => {
    expect(await doors.opens('gate-main', people.aEarly.new)).toBe(true)
    expect(await doors.opens('gate-main', people.aEarly.old)).toBe(false)
    expect(await lastDays(people.aEarly.old)).toEqual([])
  })
})

describe('the deadline moves earlier', () => {
  it('reaches the doors with the next update', async () => {
    await campus.moveTo('2023-10-16T15:30')
    const published = await publishEdited('  on: 2024-03-08', '  on: 2023-12-01')
    expect(published).toEqual({ status: 200, body: { version: 3 } })
    expect(await stillToDo(campus)).toBe(0)
    await campus.moveTo('2023-10-17T01:00')
    await campus.settle()
    expect(new Set(await lastDays(people.fNeverCame.old))).toEqual(new Set(['2024-03-07']))
    await letGo()
    expect(new Set(await lastDays(people.fNeverCame.old))).toEqual(new Set(['2023-11-30']))
  }, 120_000)

  it('which then refuse old cards from that day on, although nothing is sent any more', async () => {
    await campus.emulator!.setClock('2023-11-30T23:59:30')
    expect(await doors.opens('gate-main', people.fNeverCame.old)).toBe(true)
    await campus.emulator!.setClock('2023-12-01T00:00:05')
    expect(await doors.opens('gate-main', people.fNeverCame.old)).toBe(false)
    expect(await doors.opens('gate-main', people.aEarly.new)).toBe(true)
    await campus.emulator!.setClock('2023-10-17T01:30')
  })

  it('who activates afterwards is promised by the new day', async () => {
    await campus.moveTo('2023-10-17T11:00')
    await campus.settle()
    await activate(people.bOnTheStroke)
    const { body } = await check(campus, current)
    expect(body.refusals).toMatchObject([{ refusal: 'nothing-changes' }])
  })
})

describe('a timetable that would break a promise', () => {
  it('is refused, with how many people and when it can be published, in both languages', async () => {
    const from = `    - { at: '15:00', usuallyMinutes: 30, atMostMinutes: 60 }\n`
    const { body } = await check(campus, edited(current, from, ''))
    expect(body.brings).toMatchObject({ promisesBroken: 1 })
    expect(body.refusals).toMatchObject([{ refusal: 'promise-broken' }])
    const refused = await publishEdited(from, '')
    expect(refused).toMatchObject({
      status: 409,
      body: { refusal: 'promise-broken', facts: { count: 1, after: '2023-10-17 15:00' } },
    })
    const text = edited(current, from, '')
    const { body: zh } = await publish(campus, text, body, { language: 'zh-TW' })
    expect(zh.message).toContain('已有 1 人啟用新卡')
    expect(zh.message).toContain('請在 2023年10月17日 15:00 的更新開始之後再發布')
  })

  it('an update before one that changes wait for is refused too', async () => {
    const refused = await publishEdited(
      `    - { at: '15:00',`,
      `    - { at: '13:00', usuallyMinutes: 30, atMostMinutes: 60 }\n    - { at: '15:00',`,
    )
    expect(refused).toMatchObject({
      status: 409,
      body: { refusal: 'changes-overtaken', facts: { count: 1, next: '2023-10-17 13:00' } },
    })
  })

  it('may be published once that update has begun, and what was promised was kept', async () => {
    await campus.moveTo('2023-10-17T15:00')
    await campus.settle()
    expect(await doors.opens('gate-main', people.bOnTheStroke.new)).toBe(true)
    const published = await publishEdited(
      `    - { at: '15:00', usuallyMinutes: 30, atMostMinutes: 60 }\n`,
      '',
    )
    expect(published).toEqual({ status: 200, body: { version: 4 } })
  }, 120_000)

  it('and the next activation is carried by the next update of the new timetable', async () => {
    await campus.moveTo('2023-10-18T11:00')
    await campus.settle()
    await activate(people.cDuringTheRun)
    const carried = await campus.owner.db
      .selectFrom('activation')
      .select('carried_by')
      .where('person_id', '=', await campus.personId(people.cDuringTheRun.number))
      .executeTakeFirstOrThrow()
    expect(carried.carried_by.toString()).toBe('2023-10-18T17:00:00Z')
  }, 120_000)
})

describe('an update at a time of day that has gone by', () => {
  it('begins tomorrow: it is neither run late nor shown as missed', async () => {
    const published = await publishEdited(
      `    - { at: '10:00',`,
      `    - { at: '08:30', usuallyMinutes: 30, atMostMinutes: 60 }\n    - { at: '10:00',`,
    )
    expect(published.status).toBe(200)
    await campus.settle()
    const windows = () =>
      campus.owner.db
        .selectFrom('update_window')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('at_time', '=', Temporal.PlainTime.from('08:30'))
        .executeTakeFirstOrThrow()
    expect((await windows()).count).toBe(0)
    await campus.moveTo('2023-10-19T01:00')
    await campus.settle()
    expect((await windows()).count).toBe(0)
  })
})

describe('a department goes over to another faculty', () => {
  it('its students get that faculty’s doors with the next update, and nobody else is looked at', async () => {
    const student = people.fNeverCame
    expect(await doors.opens('science-entrance', student.old)).toBe(true)
    expect(await doors.opens('education-entrance', student.old)).toBe(false)
    const { status } = await publishEdited('{ id: csie, faculty: science,', '{ id: csie, faculty: education,')
    expect(status).toBe(200)
    const others = await campus.owner.db
      .selectFrom('person')
      .select('id')
      .where('department', '<>', 'csie')
      .execute()
    const recomputed = await recomputedLast()
    expect(recomputed.size).toBeGreaterThan(100)
    expect(others.filter(({ id }) => recomputed.has(id))).toEqual([])
    expect(await stillToDo(campus)).toBe(0)
    await campus.moveTo('2023-10-19T08:30')
    await campus.settle()
    await letGo()
    expect(await doors.opens('science-entrance', student.old)).toBe(false)
    expect(await doors.opens('education-entrance', student.old)).toBe(true)
  }, 120_000)
})

describe('what has ended', () => {
  it('stays ended: the deadline that has passed cannot move', async () => {
    await campus.moveTo('2023-12-02T09:00')
    const refused = await publishEdited('  on: 2023-12-01', '  on: 2024-03-01')
    expect(refused).toMatchObject({ status: 409, body: { refusal: 'deadline-has-passed' } })
  })
})
