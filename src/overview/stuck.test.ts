import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { collect, freshmanOf, people, type Student } from '../../test/people.ts'
import { activateCard } from '../activation/activate.ts'
import type { Act } from '../server/register.ts'
import { type Decided, decideGroups } from './decided.ts'
import { allOf, everyoneOf, stuckOf } from './lists.ts'
import type { StuckKind } from './rules.ts'
import { fetchedBefore } from './trial-fetched.ts'

/*
 * Each reason why somebody is stuck, with people of its own: who comes onto its list, and who does not although nearly the
 * same holds of them.
 */

let campus: TestCampus
const sql = (text: string, values: unknown[] = []) => campus.owner.pool.query(text, values)

const look = <T>(see: (act: Act, decided: Decided) => Promise<T>) =>
  campus.gatehouse.register.look({ kind: 'office', id: 'office' }, async act =>
    see(act, await decideGroups(act)),
  )

/** The student numbers of a list; how many the office is told there are must be as many. */
async function named(kind: StuckKind): Promise<string[]> {
  const { ids, told } = await look(async (act, decided) => ({
    ids: await everyoneOf(act, decided, { list: kind, only: null, most: 100_000 }),
    told: await stuckOf(act, decided),
  }))
  expect(told.find(each => each.kind === kind)?.people ?? 0).toBe(ids.length)
  const { rows } = await sql('select student_number from person where id = any($1) order by 1', [ids])
  return rows.map((row: { student_number: string }) => row.student_number)
}

/** Who comes onto a list by what is done. */
async function comes(kind: StuckKind, done: () => Promise<unknown>): Promise<string[]> {
  const before = new Set(await named(kind))
  await done()
  return (await named(kind)).filter(number => !before.has(number))
}

const numberOf = ({ number }: Student) => number
const { aEarly, bOnTheStroke, cDuringTheRun, dLosesCard, eLastEvening, fNeverCame, gOnTheSecond, hNeither } =
  people

/** The new card that lies in somebody's pack, or is in their hands. */
const newCard = `select c.id from card c join person p on p.id = c.made_for where p.student_number = $1 and c.edition = '4k-centenary'`
const oldCard = `select h.card_id from handover h join person p on p.id = h.person_id
  where p.student_number = $1 and h.edition <> '4k-centenary'`

const activate = async (number: string) => {
  const { actor, personId, lastDigits } = await freshmanOf(campus, number)
  const done = await campus.gatehouse.register.act(actor, act => activateCard(act, { personId, lastDigits }))
  expect(done.ok).toBe(true)
}

/** An application that was paid so many days ago, made for the old card; of which a card was made or not. */
const paid = ({ number }: Student, days: number, made = false) =>
  sql(
    `insert into reissue (person_id, for_card, reason, edition, fee_id, fee_amount, applied_at, applied_by, lapses_at, settled_at,
       settled_as, card_id, produced_at)
     select h.person_id, h.card_id, 'damaged', '4k-centenary', 'reissue', 100, t.at, 'test', t.at + interval '30 days', t.at, 'paid',
            case when $3 then k.id end, case when $3 then t.at end
     from handover h join card k on k.made_for = h.person_id and k.edition = '4k-centenary',
          (select campus_now() - $2 * interval '1 day' as at) t
     where h.card_id = (${oldCard})`,
    [number, days, made],
  )

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 120_000)
afterAll(() => campus.close())

describe('who is stuck, and who is not', () => {
  it('collected three days ago and did not activate', async () => {
    await collect(campus, aEarly)
    const [quick, slow] = ['41200001E', '41200002E']
    await sql(
      `update handover set at = campus_now() where person_id in (select id from person where student_number in ($1, $2))`,
      [quick, slow],
    )
    await activate(quick)
    await campus.moveTo('2023-10-20T11:00')
    await collect(campus, bOnTheStroke)
    expect(await comes('not-activated-long', () => campus.moveTo('2023-10-21T11:05'))).toEqual([
      numberOf(aEarly),
      slow,
    ])
  })

  it('activated, and doors wait though the promised time has come', async () => {
    const [confirmed, justNow] = ['41200003E', '41200004E']
    expect(await named('doors-waiting')).toEqual(['41200001E'])
    await activate(confirmed)
    await sql(`delete from wanted_open where person_id = (select id from person where student_number = $1)`, [
      confirmed,
    ])
    await campus.moveTo('2023-10-22T11:00')
    await activate(justNow)
    expect(await named('doors-waiting')).toEqual(['41200001E'])
  })

  it('was never made a card, and none is being made anew', async () => {
    const gone = `update card set retired_at = campus_now(), retired_for = 'misprint' where id = (${newCard})`
    expect(
      await comes('no-card', async () => {
        await sql(gone, [fNeverCame.number])
        await paid(dLosesCard, 1)
        await sql(gone, [dLosesCard.number])
      }),
    ).toEqual([numberOf(fNeverCame)])
    await sql(
      `update reissue set ended_at = campus_now(), ended_by = 'test', ended_as = 'left' where person_id = (
         select id from person where student_number = $1)`,
      [dLosesCard.number],
    )
    expect(await named('no-card')).toContain(dLosesCard.number)
  })

  it('has a card that lies at a counter to which they are not sent', async () => {
    const lies = ({ number }: Student, counter: string) =>
      sql(`update card set counter = $2 where id = (${newCard})`, [number, counter])
    expect(
      await comes('other-counter', async () => {
        // Exchange students collect at the registrar's counters alone.
        await sql(`update person set kind = 'exchange' where student_number = any($1)`, [
          [gOnTheSecond, eLastEvening, hNeither].map(numberOf),
        ])
        await lies(gOnTheSecond, 'dept-csie')
        await lies(hNeither, 'registry')
        await lies(cDuringTheRun, 'dept-math')
        await paid(eLastEvening, 1, true)
        await lies(eLastEvening, 'dept-csie')
      }),
    ).toEqual([numberOf(gOnTheSecond)])
  })

  it('paid for a card more than ten days ago, and it is not made', async () => {
    expect(
      await comes('paid-not-made', async () => {
        await paid(cDuringTheRun, 11)
        await paid(hNeither, 9)
        await sql(
          `update reissue set settled_at = settled_at - interval '20 days', applied_at = applied_at - interval '20 days'
           where card_id is not null`,
        )
      }),
    ).toEqual([numberOf(cDuringTheRun)])
  })

  it('waits for a refund that the issuer should have paid', async () => {
    const sent = ({ number }: Student, days: number) =>
      sql(
        `with file as (
           insert into issuer_file (kind, made_at, made_by, content)
           values ('refund', campus_now() - $2 * interval '1 day', 'test', '') returning id, made_at),
         refund as (
           insert into refund_case (card_id, person_id, why, way, asked_at, asked_by)
           select h.card_id, h.person_id, 'old-card', 'bank', file.made_at, 'test' from handover h, file
           where h.card_id = (${oldCard}) returning id)
         insert into refund_sending (case_id, round, file_id, at) select refund.id, 1, file.id, file.made_at from refund, file`,
        [number, days],
      )
    expect(
      await comes('refund-late', async () => {
        await sent(aEarly, 200)
        await sent(bOnTheStroke, 1)
      }),
    ).toEqual([numberOf(aEarly)])
  })

  it('is back from leave, and has not collected', async () => {
    const back = (student: Student, days: number) =>
      sql(
        `update person set status = 'enrolled', returned_on = (campus_now() at time zone 'Asia/Taipei')::date - $2::int
         where student_number = $1`,
        [student.number, days],
      )
    expect(
      await comes('back-from-leave', async () => {
        await back(people.onLeaveGongguan, 0)
        await back(people.onLeaveHeping, -1)
        await back(aEarly, 1)
      }),
    ).toEqual([numberOf(people.onLeaveGongguan)])
  })

  it.each([
    ['chip', 'the chip'],
    ['printed_number', 'the printed number'],
  ])('has a card of which somebody else’s has the same %s', async number => {
    const same = (one: string, other: string) =>
      sql(
        `update card set ${number} = (select ${number} from card where id = (${other.replace('$1', '$2')})) where id = (${one})`,
        [cDuringTheRun.number, gOnTheSecond.number],
      )
    const before = await sql('select id, chip, printed_number from card')
    // One that was retired bears it too: nobody is stuck with it.
    await sql(
      `update card set ${number} = (select ${number} from card where id = (${newCard.replace('$1', '$2')})) where id = (${newCard})`,
      [fNeverCame.number, gOnTheSecond.number],
    )
    expect(await comes('claimed-twice', () => same(newCard, newCard))).toEqual([
      numberOf(cDuringTheRun),
      numberOf(gOnTheSecond),
    ])
    await sql(`update card set retired_at = campus_now(), retired_for = 'damaged' where id = (${newCard})`, [
      cDuringTheRun.number,
    ])
    expect(await named('claimed-twice')).toEqual([])
    // Two cards of one person are nobody else's.
    await sql(
      `update card set retired_at = null, retired_for = null, ${number} = (select ${number} from card where id = (${oldCard}))
       where id = (${newCard})`,
      [cDuringTheRun.number],
    )
    expect(await named('claimed-twice')).toEqual([])
    const { rows } = await sql(
      'select id from card where made_for = (select id from person where student_number = $1)',
      [cDuringTheRun.number],
    )
    for (const { id } of rows as { id: string }[]) {
      const was = before.rows.find((row: { id: string }) => row.id === id) as {
        chip: Buffer
        printed_number: string
      }
      await sql('update card set chip = $2, printed_number = $3 where id = $1', [
        id,
        was.chip,
        was.printed_number,
      ])
    }
  })

  it('has a name that another access system’s files cannot write', async () => {
    const settings = { folder: 'hall', encoding: 'big5', columns: [{ name: 'n', holds: 'name-zh' }] }
    const renamed = (number: string) =>
      sql(`update person set name_zh = '示例堃' where student_number = $1`, [number])
    // Of others the campus's own names are unwritable already.
    const become = `
      update controller set driver = 'file', host = null, port = null, settings = $1
      where id = (select w.controller_id from wanted w join person p on p.id = w.person_id
                  where p.student_number = $2 and w.doors <> '{0,0,0,0}' limit 1)`
    await sql(become, [JSON.stringify(settings), aEarly.number])
    expect(
      await comes('unwritable-name', async () => {
        await renamed(aEarly.number)
        // Nobody's doors: the name is written in no file.
        await renamed(people.freshmanWhoMissed.number)
      }),
    ).toEqual([numberOf(aEarly)])
  })

  it('paused campus access more than fourteen days ago, and did not resume or report the card lost', async () => {
    const pause = ({ number }: Student, days: number, resumed = false) =>
      sql(
        `insert into access_pause (card_id, person_id, during, paused_by, resumed_by)
         select h.card_id, h.person_id, tstzrange(t.at, case when $3 then t.at + interval '1 day' end), 'test',
                case when $3 then 'test' end
         from handover h, (select campus_now() - $2 * interval '1 day' as at) t where h.card_id = (${oldCard})`,
        [number, days, resumed],
      )
    expect(
      await comes('paused-long', async () => {
        await pause(cDuringTheRun, 15)
        await pause(dLosesCard, 13)
        await pause(eLastEvening, 15, true)
        await pause(fNeverCame, 15)
        await sql(
          `insert into loss_report (card_id, person_id, at, send_at, reported_by)
           select card_id, person_id, campus_now(), campus_now(), 'test' from handover where card_id = (${oldCard})`,
          [fNeverCame.number],
        )
      }),
    ).toEqual([numberOf(cDuringTheRun)])
  })

  it('was fetched by a class representative three days ago, and never activated', async () => {
    const [passedOn, kept, justNow] = ['41200011E', '41200012E', '41200013E']
    expect(
      await comes('fetched-long', async () => {
        await fetchedBefore(campus, passedOn, 4)
        await activate(passedOn)
        await fetchedBefore(campus, kept, 4)
        await fetchedBefore(campus, justNow, 2)
      }),
    ).toEqual([kept])
    // Not collected, since it was fetched; and who is back from a leave is not sent to the counter for it.
    const back = `update person set returned_on = '2023-10-01' where student_number = $1`
    expect(await comes('back-from-leave', () => sql(back, [kept]))).toEqual([])
    const listed = await look((act, decided) =>
      Array.fromAsync(allOf(act, decided, { list: 'not-collected', only: null })),
    )
    const withSince = listed.filter(({ fetched, since }) => fetched && since !== null)
    expect(withSince.map(each => each.studentNumber)).toEqual([kept, justNow])
  })
})
