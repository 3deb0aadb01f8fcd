import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { listMessages } from '../message/store.ts'
import { apply, rosterFile, upload } from './trial-uploads.ts'

/* A leave that the registrar announces, comes true and ends again: what the doors, the register and the person hear of. */

let campus: TestCampus
let personId: number
const { number } = people.aEarly

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-16T09:00', doors: '127.64.1' })
  await campus.settle()
  personId = await campus.personId(number)
}, 60_000)
afterAll(() => campus.close())

/** The roster, with one student's cells as they are given. */
async function withCells(cells: Record<string, string>): Promise<string> {
  const [header = '', ...rows] = (await rosterFile('roster.csv')).toString().trimEnd().split('\n')
  const names = [...header.split(','), 'next_status', 'next_status_on']
  const lines = rows.map(row => {
    const values = [...row.split(','), '', '']
    if (!row.startsWith(number)) return values.join(',')
    return names.map((name, at) => cells[name] ?? values[at]).join(',')
  })
  return [names.join(','), ...lines].join('\n')
}

async function imported(cells: Record<string, string>): Promise<void> {
  const { body } = await upload(campus, await withCells(cells))
  expect(body.counts).toMatchObject({ changed: 1, bad: 0 })
  expect((await apply(campus, body)).status).toBe(200)
}

/** What stands on the controllers for this person's card, read from the boards themselves: their last days. */
async function lastDays(): Promise<string[]> {
  const { db } = campus.owner
  const rows = await db
    .selectFrom('held')
    .innerJoin('wanted', join =>
      join
        .onRef('wanted.controller_id', '=', 'held.controller_id')
        .onRef('wanted.number', '=', 'held.number'),
    )
    .select(['held.valid_to', 'held.doors'])
    .where('wanted.person_id', '=', personId)
    .distinct()
    .execute()
  return [...new Set(rows.map(row => (row.doors.some(open => open > 0) ? row.valid_to.toString() : 'gone')))]
}

const newest = () =>
  campus.gatehouse.register.look({ kind: 'system', id: 'test' }, async act => {
    const [message] = await listMessages(act, { personId })
    return message && { kind: message.kind, subject: message.subject, body: message.body }
  })

it('a leave that is announced: the doors know its day beforehand, and the person hears what each life does', async () => {
  await imported({ next_status: 'on-leave', next_status_on: '2023-10-19' })
  expect(await newest()).toMatchObject({
    kind: 'status-changes-ahead',
    body: expect.stringContaining('校園門禁：到 10月19日（四）的前一天為止'),
  })
  await campus.moveTo('2023-10-16T10:00')
  await campus.settle()
  expect(await lastDays()).toEqual(['2023-10-18'])
})

it('on its day it comes true once, the doors let the card go, and the person hears from when', async () => {
  await campus.moveTo('2023-10-19T00:00:30')
  await campus.gatehouse.dates.look()
  await campus.gatehouse.dates.look()
  const person = () =>
    campus.owner.db.selectFrom('person').selectAll().where('id', '=', personId).executeTakeFirstOrThrow()
  expect(await person()).toMatchObject({ status: 'on-leave', next_status: null, next_status_on: null })
  const message = await newest()
  expect(message).toMatchObject({ kind: 'status-changed' })
  expect(message?.body).toContain('10月19日（四）01:00 的門禁更新終止，最晚 10月19日（四）02:00')
  expect(message?.body).toContain('儲值金：不受影響')
  await campus.moveTo('2023-10-19T01:00')
  await campus.settle()
  expect(await lastDays()).toEqual(['gone'])
})

it('back again by a roster: the same card opens with the next update', async () => {
  await imported({ status: 'enrolled' })
  const message = await newest()
  expect(message?.body).toContain('校園門禁：在 10月19日（四）10:00 的門禁更新恢復')
  await campus.moveTo('2023-10-19T10:00')
  await campus.settle()
  expect(await lastDays()).toEqual(['2024-02-29'])
})

it('a roster that says that it has come true leaves no plan behind', async () => {
  await imported({ next_status: 'graduated', next_status_on: '2024-06-30' })
  await imported({ status: 'graduated' })
  const row = await campus.owner.db
    .selectFrom('person')
    .selectAll()
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ status: 'graduated', next_status: null })
  expect((await newest())?.body).toContain('學校無法再代為掛失')
})

it('a change whose day has come already comes true with the file; told again, it is none', async () => {
  await imported({ status: 'enrolled' })
  await imported({ next_status: 'on-leave', next_status_on: '2023-10-19' })
  const row = () =>
    campus.owner.db.selectFrom('person').selectAll().where('id', '=', personId).executeTakeFirstOrThrow()
  expect(await row()).toMatchObject({ status: 'on-leave', next_status: null })
  const again = await upload(
    campus,
    await withCells({ status: 'on-leave', next_status: 'on-leave', next_status_on: '2023-10-19' }),
  )
  expect(again.body.counts).toMatchObject({ changed: 0, bad: 0 })
})

it.each([
  [{ next_status: 'on-leave' }, 'nextStatusOn', 'without its day'],
  [{ next_status_on: '2024-01-01' }, 'nextStatus', 'without the planned status'],
])('%o is refused with its line', async (cells, field, said) => {
  const { body } = await upload(campus, await withCells(cells))
  const { bad } = body
  expect(bad).toMatchObject([
    { studentNumber: number, faults: [{ field, message: expect.stringContaining(said) }] },
  ])
})
