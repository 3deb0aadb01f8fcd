import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { apply, applyWithSecond, rosterFile, upload } from '../roster/trial-uploads.ts'
import type { DryRun, Guards, LosingPeople } from './govern-shapes.ts'

let campus: TestCampus
let fall: string
beforeAll(async () => {
  campus = await openCampus({ doors: '127.66.9', from: '2023-10-18T09:48' })
  fall = (await rosterFile('roster.csv')).toString()
  await campus.moveTo('2023-10-18T10:00')
  await campus.settle()
  await campus.emulator!.resetLog()
}, 120_000)
afterAll(() => campus.close())

async function ask(method: 'GET' | 'POST', path: string, who: string, payload?: object) {
  const reply = await campus.gatehouse.server.inject({
    method,
    url: `/api/v1${path}`,
    headers: { cookie: await campus.signIn(who), 'accept-language': 'en' },
    ...(payload && { payload }),
  })
  return {
    status: reply.statusCode,
    text: reply.body,
    message: () => reply.json<{ message: string }>().message,
  }
}
const read = async (path: string, who = 'access'): Promise<unknown> =>
  JSON.parse((await ask('GET', path, who)).text)
/** Cards that were to be removed, each once on its controller: a busy board is told twice. */
async function removals(): Promise<number> {
  const sent = (await campus.emulator!.log()).filter(({ code }) => code === 0x52)
  return new Set(sent.map(({ serial, card }) => `${serial} ${card}`)).size
}

/** Takes a roster in as the office does, and answers how many it says lose their enrolment. */
async function takeIn(file: string): Promise<unknown> {
  const { status, body } = await upload(campus, file)
  if (status !== 200) return body.refusal
  const applied = await apply(campus, body)
  if (applied.body.refusal === 'second-person-needed')
    return (await applyWithSecond(campus, body)).losesEnrolment
  return applied.body.losesEnrolment ?? 'not applied'
}

it('an empty roster and half a roster take nothing from anybody', async () => {
  const [header, ...rows] = fall.trimEnd().split('\n')
  await takeIn(`${header}\n`)
  expect(await takeIn([header, ...rows.filter((_, at) => at % 2 === 0)].join('\n'))).toBe(0)
  expect(
    (JSON.parse((await ask('GET', '/windows/next/dry-run', 'access')).text) as DryRun).guard,
  ).toMatchObject({
    people: 0,
    seal: null,
  })
})

it('of a file in which everybody has left nothing is sent until a second person agrees', async () => {
  const [header, ...rows] = fall.trimEnd().split('\n')
  expect(header).toContain('status')
  const loses = await takeIn(
    [header, ...rows.map(row => row.replace(',enrolled,', ',withdrawn,'))].join('\n'),
  )
  expect(loses).toBeGreaterThan(1_000)

  const dry = JSON.parse((await ask('GET', '/windows/next/dry-run', 'access')).text) as DryRun
  expect(dry.guard.people).toBeGreaterThan(800)
  expect(dry.guard.limits[0]).toMatchObject({ controllerId: null, most: 20 })
  expect(dry.guard.causedBy).toMatchObject([{ actor: 'office:office-2', name: { en: 'Card Officer G' } }])
  const csv = await ask('GET', '/windows/next/dry-run/export?format=csv', 'access')
  const lines = csv.text.trimEnd().split('\r\n')
  expect(lines.length - 1).toBe(dry.controllers.reduce((sum, each) => sum + each.removals, 0))
  expect(lines.filter(line => line.endsWith(',waits for a second person')).length).toBe(lines.length - 1)
  expect(lines.slice(1).some(line => /^[=+\-@]/u.test(line))).toBe(false)
  // Of each place where somebody loses, a line; the screen has as many people.
  const losing = await ask('GET', '/windows/next/dry-run/people/export?format=csv', 'access')
  const losers = losing.text.trimEnd().split('\r\n').slice(1)
  expect(new Set(losers.map(line => line.split(',')[0])).size).toBe(dry.guard.people)

  await campus.moveTo('2023-10-18T15:00')
  await campus.settle()
  expect(await removals()).toBe(0)
  const [guard] = (JSON.parse((await ask('GET', '/guards', 'access')).text) as Guards).guards
  expect(guard).toMatchObject({
    people: dry.guard.people,
    answer: null,
    causes: ['person-changed'],
    mayAnswer: true,
  })
  expect((JSON.parse((await ask('GET', '/guards', 'office-2')).text) as Guards).guards[0]!.mayAnswer).toBe(
    false,
  )
  expect((await ask('GET', '/guards', people.aEarly.number)).status).toBe(404)

  const page = JSON.parse((await ask('GET', `/guards/${guard!.id}/people`, 'access')).text) as LosingPeople
  expect(page.people.length).toBe(50)
  expect(page.people[0]!.places[0]!.doors.length).toBeGreaterThan(0)
  const last = page.people.at(-1)!.studentNumber
  // Where a page begins is no student's number.
  expect(page.next).toBe(await campus.personId(last))
  const following = (await read(`/guards/${guard!.id}/people?after=${page.next}`)) as LosingPeople
  expect(following.people[0]!.studentNumber > last).toBe(true)
  expect((await ask('GET', `/guards/${guard!.id}/people?after=${last}`, 'access')).status).toBe(400)

  const answer = { answer: 'let-go', reason: 'the term is over' }
  const own = await ask('POST', `/guards/${guard!.id}/answer`, 'office-2', answer)
  expect([own.status, own.message()]).toEqual([
    409,
    'Your own change caused this: somebody else must answer.',
  ])
  expect((await ask('POST', `/guards/${guard!.id}/answer`, 'desk-csie', answer)).status).toBe(404)
  await campus.settle()
  expect(await removals()).toBe(0)
  expect((await ask('POST', `/guards/${guard!.id}/answer`, 'access', answer)).status).toBe(200)
  await campus.settle()
  expect(await removals()).toBe(lines.length - 1)
  expect((JSON.parse((await ask('GET', '/guards', 'access')).text) as Guards).guards).toEqual([])
}, 120_000)
