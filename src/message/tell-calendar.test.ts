import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tellDay } from '../app/calendar-messages.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce, publishProgramme } from '../programme/store.ts'
import { openDatabase } from '../server/database.ts'
import { openRegister, type Register } from '../server/register.ts'
import { type TrialCampus, trialCampus } from './trial-campus.ts'
import { at } from './trial-told.ts'

/*
 * What a day brings is told in a real database, in the campus's hours, once, and to nobody whom it does not concern. One
 * (Chinese) and Two (English) have old cards and have collected new ones; Three to Nine are added here.
 */
let campus: TrialCampus
beforeAll(async () => {
  campus = await trialCampus()
  await campus.sql(`
    insert into person (student_number, name_zh, name_en, department, entry_year, status, kind, degree, site, email, language)
    select '4104700' || n || 'S', '示例生 甲0' || n, 'Sample ' || n, 'math', case when n = 8 then 2023 else 2021 end,
           case n when 4 then 'on-leave' when 5 then 'graduated' when 9 then 'not-registered' else 'enrolled' end,
           'regular', 'bachelor', 'gongguan', 'n' || n || '@example.org', 'en'
    from generate_series(3, 9) n`)
  await campus.sql(`update person set leave_terms = '{2023-1}' where id = 4`)
  // Old cards of Three to Seven, in use; new ones of Three and Six wait at the department, Eight (a freshman) has one.
  await campus.sql(`
    insert into card (id, edition, chip, printed_number, made_for, counter, box, stocked_at) overriding system value
    select n, 'easycard', decode(lpad(to_hex(n), 8, '0'), 'hex'), '10000000000000' || n, null::bigint, null, null, '2021-09-01'::timestamptz
    from generate_series(13, 17) n
    union all
    select n, '4k-centenary', decode(lpad(to_hex(n), 8, '0'), 'hex'), '10000000000000' || n, n - 20,
           case when n = 28 then null else 'dept-math' end, null, '2023-09-01' from unnest(array[23, 26, 28]) n`)
  await campus.sql(`
    insert into handover (card_id, person_id, edition, at, how, held)
    select n, n - 10, 'easycard', '2021-09-01'::timestamptz, 'before-gatehouse', '[2021-09-01,)'::tstzrange from generate_series(13, 17) n
    union all select 28, 8, '4k-centenary', '2023-09-05', 'health-check', '[2023-09-05,)'`)
  await campus.sql(`
    insert into card_use (card_id, person_id, during)
    select n, n - 10, '[2021-09-01T00:00:00Z,2024-02-29T16:00:00Z)'::tstzrange from generate_series(13, 17) n`)
}, 120_000)
afterAll(() => campus.close())

/** What was told before is gone; the calendar is kept since a moment. */
async function begin(since: string): Promise<void> {
  await campus.sql('delete from message')
  await campus.sql('delete from told_of_day')
  await campus.sql('delete from calendar_kept')
  await campus.sql('insert into calendar_kept values ($1)', [at(since).toString()])
}
const look = async (when: string, register: Register = campus.register): Promise<void> => {
  campus.now = at(when)
  await tellDay(register)
}
interface Mail {
  who: number
  kind: string
  subject: string
  body: string
}
const mails = async (): Promise<Mail[]> =>
  (await campus.sql(
    'select person_id as who, kind, subject, body from message order by id',
  )) as unknown as Mail[]
const who = async (): Promise<string[]> => (await mails()).map(({ who, kind }) => `${who} ${kind}`).toSorted()

/** The programme with something changed, published as the next version. */
async function publish(change: (programme: Programme) => void): Promise<void> {
  await campus.register.act({ kind: 'system', id: 'set-up' }, async act => {
    const programme = structuredClone(await programmeInForce(act))
    change(programme)
    const [{ version }] = (await campus.sql('select max(version) as version from programme_version')) as [
      { version: number },
    ]
    await publishProgramme(act, programme, 'x', { replaces: version })
  })
}

describe('the announcement', () => {
  beforeEach(() => begin('2023-09-01T12:00'))

  it('goes on its day, in the hours, to those whom the change concerns, and to nobody else', async () => {
    await look('2023-09-10T12:00')
    await look('2023-09-11T08:59')
    expect(await who()).toEqual([])
    await look('2023-09-11T09:00')
    // Not One and Two, who collected; not Five, who graduated; not Eight, who has a card; not Nine, not registered.
    expect(await who()).toEqual(['3', '4', '6', '7'].map(id => `${id} announcement`))
    const [three, four, , seven] = await mails()
    expect(three!.body).toContain('You entered before academic year 2023')
    expect(three!.body).toContain('the Department of Mathematics office')
    expect(three!.body).toContain('Thu 29 February 2024; from 00:00 on Fri 1 March 2024 on it opens none')
    expect(three!.body).toContain('free of charge')
    expect(three!.body).toContain('You keep the old card')
    expect(four!.body).toContain('From 1 March 2024')
    expect(four!.body).not.toContain('collect and activate the new card before')
    expect(seven!.body).toContain('it has not been ordered')
  })

  it('is told once, whatever looks again, and to who comes later; never after the deadline', async () => {
    await look('2023-09-11T09:00')
    await Promise.all([look('2023-09-11T10:00'), look('2023-09-11T10:00')])
    await publish(programme => {
      programme.messages = { ...programme.messages!, announcedOn: '2023-10-01' }
    })
    await look('2023-10-01T09:00')
    expect(await who()).toHaveLength(4)
    await campus.sql(`update person set status = 'enrolled' where id = 9`)
    await look('2023-10-02T17:59')
    expect((await who()).filter(each => each.startsWith('9'))).toEqual(['9 announcement'])
    await campus.sql(`update person set status = 'not-registered' where id = 9`)
    await look('2024-03-01T09:00')
    expect((await who()).filter(each => each.endsWith('announcement'))).toHaveLength(5)
  })

  it('is told by one of two processes that look at the same time', async () => {
    const second = openDatabase(campus.url, 'app', { connections: 2 })
    const other = openRegister(second, campus.clock, async () => {})
    await Promise.all([look('2023-10-05T09:00'), look('2023-10-05T09:00', other)])
    await look('2023-10-05T09:01')
    expect(await who()).toEqual(['3', '4', '6', '7'].map(id => `${id} announcement`))
    await second.close()
  })

  it('tells nobody where the day came before Gatehouse kept the calendar', async () => {
    await begin('2023-10-18T10:40')
    for (const when of ['2023-10-18T10:41', '2023-10-19T09:00']) await look(when)
    expect(await who()).toEqual([])
  })
})

describe('the reminders before the deadline', () => {
  beforeEach(() => begin('2023-10-18T10:40'))

  it('go to who would lose campus access, in two lists, and count the days as they are', async () => {
    // One has switched to the new card; Two has only collected it; the card of Three waits; Seven has none yet.
    await campus.sql(`
      update card_use set during = '[2021-09-01T00:00:00Z,2023-10-18T07:00:00Z)' where card_id = 1;
      insert into card_use (card_id, person_id, during) values (3, 1, '[2023-10-18T07:00:00Z,)')`)
    await look('2024-01-30T09:00')
    expect(await who()).toEqual([])
    await look('2024-01-31T09:00')
    // Not Four, on leave until after the deadline; not Five, who graduated; not Eight, who has no old card.
    const lists = ['2 deadline-not-activated', ...['3', '6', '7'].map(id => `${id} deadline-not-collected`)]
    expect(await who()).toEqual(lists)
    const [two, three] = await mails()
    expect(two!.subject).toBe(
      'Your old card stops opening doors in 30 days, and the new one is not activated',
    )
    expect(two!.body).toContain(
      '(card number ending in 0002) stops opening doors on campus at 00:00 on Fri 1 March',
    )
    expect(two!.body).toContain('You collected your')
    expect(two!.body).toContain('need not come to a desk again')
    expect(three!.body).toContain('the Department of Mathematics office')
    expect(three!.body).toContain('stored value is not touched')
    await look('2024-01-31T17:00')
    expect(await who()).toEqual(lists)
  })

  it('of a day on which Gatehouse was off go on the next with the true number, and never after it', async () => {
    await look('2024-02-24T11:00')
    expect((await mails()).map(({ kind }) => kind)).toContain('deadline-not-collected')
    // The reminder of seven days before, on the sixth.
    expect((await mails()).at(-1)!.subject).toContain('in 6 days')
    await begin('2023-10-18T10:40')
    await look('2024-02-25T11:00')
    expect(await who()).toEqual([])
    await look('2024-02-29T09:00')
    expect((await mails())[0]!.subject).toContain('tomorrow')
    await look('2024-03-01T09:00')
    expect((await mails()).every(({ subject }) => subject.includes('tomorrow'))).toBe(true)
  })

  it('leave out who lost the old card, is to leave before, or asks while the dates move', async () => {
    await campus.sql(`
      update card_use set during = '[2021-09-01T00:00:00Z,2024-01-05T00:00:00Z)' where card_id = 13;
      update person set next_status = 'graduated', next_status_on = '2024-02-20' where id = 7`)
    await look('2024-02-16T09:00')
    const told = await who()
    expect(told.filter(each => /^[37]/u.test(each))).toEqual([])
    await publish(programme => {
      programme.remindDaysBefore = [14, 13]
    })
    await look('2024-02-16T12:00')
    expect(await who()).toEqual(told)
    await publish(programme => {
      programme.remindDaysBefore = [30, 14, 7, 3, 1]
    })
    await campus.sql(`
      update card_use set during = '[2021-09-01T00:00:00Z,2024-02-29T16:00:00Z)' where card_id = 13;
      update person set next_status = null, next_status_on = null where id = 7`)
  })
})

describe('a card that comes to the desk', () => {
  it('is told once, when it may be collected; not what lay there before, nor where the announcement said it', async () => {
    await begin('2023-10-18T10:40')
    await look('2023-10-18T11:00')
    expect(await who()).toEqual([])
    await campus.sql(`
      insert into card (id, edition, chip, printed_number, made_for, counter, stocked_at) overriding system value
      values (27, '4k-centenary', '\\x0000001b', '1000000000000027', 7, 'dept-math', '2023-10-18T20:00+08:00')`)
    await look('2023-10-18T21:00')
    expect(await who()).toEqual([])
    await Promise.all([look('2023-10-19T09:00'), look('2023-10-19T09:00')])
    expect(await who()).toEqual(['7 card-at-desk'])
    const [seven] = await mails()
    expect(seven!.subject).toContain('can be collected: the Department of Mathematics office')
    expect(seven!.body).toMatch(/Bring your old ID card or the proof/u)
    expect(seven!.body).toContain('Open (but on the closing days')
    await begin('2023-09-01T12:00')
    for (const when of ['2023-10-19T09:00', '2023-10-20T09:00']) await look(when)
    expect((await who()).filter(each => each.endsWith('desk'))).toEqual([])
  })
})

describe('the student fare', () => {
  it('is called to mind in the year in which it ends, on its day, to who is still enrolled', async () => {
    await begin('2024-09-01T12:00')
    await campus.sql(`update person set entry_year = 2020 where id in (2, 4, 5)`)
    await look('2024-09-30T12:00')
    await look('2024-10-01T09:00')
    await look('2024-10-01T10:00')
    expect(await who()).toEqual(['2 student-fare-ends'])
    const [two] = await mails()
    expect(two!.body).toContain('4 years from your entry')
    expect(two!.body).toContain('ends on Thu 31 October')
    expect(two!.body).toContain('Registration Division')
    await look('2025-10-01T09:00')
    // Who entered in 2021 now, and who was to have it prolonged by a year.
    expect((await who()).toSorted()).toEqual(
      ['1', '2', '2', '3', '6', '7'].map(id => `${id} student-fare-ends`),
    )
    await campus.sql(`update person set entry_year = 2021 where id in (2, 4, 5)`)
  })
})

describe('a reminder of a card that a class representative fetched', () => {
  beforeEach(() => begin('2023-10-18T10:40'))

  it('says with whom it is, and not that there is none to use', async () => {
    await campus.sql(`
      insert into batch (person_id, checked, counter, clerk, given_at, back_by, cards, manner, picture, text, bound_hash, erase_on)
      select 1, 'by-card', 'dept-math', 'clerk-a', '2024-01-29T02:00:00Z', '2024-02-05', 1, 'typed', '',
             'x', decode(repeat('00', 32), 'hex'), '2026-02-01'`)
    await campus.sql(`
      insert into handover (card_id, person_id, edition, at, how, batch_id, held)
      select 23, 3, '4k-centenary', '2024-01-29T02:00:00Z', 'representative', max(id), '[2024-01-29T02:00:00Z,)' from batch`)
    await look('2024-01-31T09:00')
    const three = async () => (await mails()).findLast(({ who }) => who === 3)!
    expect((await three()).kind).toBe('deadline-not-activated')
    expect((await three()).body).toContain('was given to your class representative')
    expect((await three()).body).not.toContain('You collected')

    // Who reported it lost had it, and has it again when the report is withdrawn.
    await campus.sql(`
      insert into loss_report (card_id, person_id, at, reported_by, send_at, ended_at, ended_by, ended_as)
      values (23, 3, '2024-01-30T02:00:00Z', 'x', '2024-01-30T06:00:00Z', '2024-01-30T03:00:00Z', 'x', 'withdrawn')`)
    await begin('2023-10-18T10:40')
    await look('2024-01-31T09:00')
    expect((await three()).body).toContain('You collected')
  })
})
