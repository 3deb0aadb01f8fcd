import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, projectFolder, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { applyCardFile } from '../handover/apply-card-file.ts'
import { publishProposal } from '../programme/drafts.ts'
import { propose } from '../programme/trial-publishing.ts'
import { rosterFile, upload } from '../roster/trial-uploads.ts'
import type { Actor } from '../server/register.ts'
import { applyCards, campusFile, file, heldHeader, stockHeader, uploadCards } from './trial-files.ts'

const office: Actor = { kind: 'office', id: 'office' }
let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

/** Holds the timetable's lock alone, as a window does at its start, while something else is done. */
const duringWindow = <T>(work: () => Promise<T>): Promise<T> =>
  campus.owner.transaction(async trx => {
    await trx.statement('hold_timetable', 'select pg_advisory_xact_lock(7270001)', [])
    return work()
  })

const stock = file(
  stockHeader,
  `A1B2C601,9900777700000601,4k-centenary,${people.freshman.number},registry,R-1`,
)

it('files are taken in, and new cards applied, while a window starts', { timeout: 20_000 }, async () => {
  const done = await duringWindow(async () => {
    const cards = await uploadCards(campus, stock)
    const held = await uploadCards(campus, await campusFile('old-cards.csv'), { query: 'kind=old-cards' })
    const roster = await upload(campus, await rosterFile('roster.csv'))
    return [cards.status, held.status, roster.status, (await applyCards(campus, cards.body)).status]
  })
  expect(done).toEqual([200, 200, 200, 200])
})

it('a programme is not published while cards come in by the one in force, and nobody waits', async () => {
  const { register } = campus.gatehouse
  const text = await readFile(`${projectFolder}programmes/ntnu-2023.yaml`, 'utf8')
  const source = text.replace('old student ID EasyCard', 'former student ID EasyCard')
  const { body: proposed } = await propose(campus, source)
  const second = { kind: 'office', id: 'office-2' } as const
  const publish = () => register.alone(second, act => publishProposal(act, proposed.proposalId))
  const { body } = await uploadCards(
    campus,
    file(stockHeader, 'A1B2C603,9900777700000603,4k-centenary,,registry,'),
  )
  await register.aside(office, async act => {
    expect(await applyCardFile(act, body)).toMatchObject({ ok: true })
    expect(await publish()).toMatchObject({ refusal: 'cards-coming-in' })
  })
  expect(await publish()).toMatchObject({ ok: true })
})

it('cards in students’ hands wait for the window, which goes by what was there at its start', async () => {
  const { rows } = await campus.owner.pool.query<{ number: string }>(
    `select student_number as number from person p where status = 'enrolled' and kind = 'regular' and entry_year < 2023
       and not exists (select from handover h where h.person_id = p.id) order by 1 limit 1`,
  )
  const { body } = await uploadCards(
    campus,
    file(heldHeader, `A1B2C602,,easycard,${rows[0]!.number},110/09/13`),
    {
      query: 'kind=old-cards',
    },
  )
  const { applied } = await duringWindow(async () => {
    const applied = applyCards(campus, body)
    await campus.timetable('awaited')
    return { applied }
  })
  expect((await applied).status).toBe(200)
})
