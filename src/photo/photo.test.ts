import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../../test/people.ts'
import { openTrialDesk, type TrialDesk } from '../handover/trial-desk.ts'
import { yes } from '../lib/decision.ts'
import { forgetPhotos } from './forget.ts'
import { takeOn } from './read-picture.ts'

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
}, 60_000)
afterAll(() => desk.campus.close())

const { aEarly: holder, bOnTheStroke: other } = people
const picture = (red: number, width = 420, height = 540): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: 120, b: 90 } } })
    .png()
    .toBuffer()

async function send(who: string, fileName: string, file: Buffer) {
  const form = new FormData()
  form.set('file', new File([Buffer.from(file)], fileName, { type: 'image/jpeg' }))
  const sent = new Response(form)
  return desk.campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/photos',
    payload: Buffer.from(await sent.arrayBuffer()),
    headers: {
      'content-type': sent.headers.get('content-type')!,
      'accept-language': 'en',
      cookie: await desk.campus.signIn(who),
    },
  })
}
async function read(who: string, path: string) {
  return desk.campus.gatehouse.server.inject({
    url: path,
    headers: { cookie: await desk.campus.signIn(who) },
  })
}
const sendOwn = (who: string, file: Buffer) =>
  desk.send(who, '/me/photo', { picture: file.toString('base64') })
const lookUp = async (studentNumber: string) =>
  (
    await desk.send('desk-csie', '/desk/look-up', {
      scan: studentNumber,
      beside: { studentNumber: null, chip: null, evidence: [] },
    })
  ).json<{ person: { photo: { id: number; takenInOn: string; old: boolean } | null } }>()
const letters = () =>
  desk.campus.owner.db
    .selectFrom('message')
    .select(['kind', 'body'])
    .where('kind', 'like', 'photo-%')
    .orderBy('id')
    .execute()

it('a file named by a student number is that person’s photo at the desk, once', async () => {
  expect((await lookUp(holder.number)).person.photo).toBeNull()
  const file = await picture(10)
  const taken = await send('office', `${holder.number.toLowerCase()}.JPG`, file)
  expect(taken.json()).toMatchObject({ studentNumber: holder.number, again: false })
  expect((await send('office', `${holder.number}.jpg`, file)).json()).toMatchObject({ again: true })
  const { photo } = (await lookUp(holder.number)).person
  expect(photo).toMatchObject({ takenInOn: '2023-10-18', old: false })
  const shown = await read('desk-csie', `/api/v1/photos/${photo!.id}/picture`)
  expect(shown.headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'private, no-store' })
  expect(await sharp(shown.rawPayload).metadata()).toMatchObject({ format: 'jpeg', width: 420, height: 540 })
  const journal = await desk.campus.owner.db
    .selectFrom('journal')
    .select(['act', 'actor'])
    .where('act', 'like', 'photo%')
    .execute()
  expect(journal).toEqual([
    { act: 'photo taken in', actor: 'office:office' },
    { act: 'photo seen', actor: 'desk:desk-csie' },
  ])
  // A photo is for who compares faces; the holder has a route of their own, and nobody else has any.
  for (const who of [other.number, holder.number, 'access'])
    expect((await read(who, `/api/v1/photos/${photo!.id}/picture`)).statusCode, who).toBe(404)
})

it('what is wrong is told by file, and nothing is taken in', async () => {
  const refused = async (name: string, file: Buffer) =>
    (await send('office', name, file)).json<{ refusal: string; message: string }>()
  expect(await refused('portrait.jpg', await picture(20))).toMatchObject({ refusal: 'file-name-no-number' })
  expect(await refused('41999999S.jpg', await picture(20))).toMatchObject({ refusal: 'unknown-person' })
  expect(await refused(`${other.number}.jpg`, await picture(10))).toMatchObject({
    refusal: 'photo-of-another',
    message: expect.stringContaining(holder.number),
  })
  expect(await refused(`${other.number}.jpg`, await picture(20, 200, 257))).toMatchObject({
    message:
      'The photo is too small: 200×257 pixels, at least 300×385 are needed. Take it in better quality; do not enlarge an old one.',
  })
  expect(await refused(`${other.number}.jpg`, Buffer.from('<svg/>'))).toMatchObject({
    refusal: 'picture-format',
  })
  expect((await send(other.number, `${other.number}.jpg`, await picture(20))).statusCode).toBe(404)
  expect((await lookUp(other.number)).person.photo).toBeNull()
})

it('what a holder sends counts once the office has accepted it; a newer one takes the place of one that waits', async () => {
  const own = (who: string) =>
    desk.send(who, '/me/photo').then(reply => reply.json<Record<string, unknown>>())
  expect(await own(other.number)).toMatchObject({ holdersSend: true, takenInAt: null, sent: null })
  expect((await sendOwn(other.number, await picture(10))).json()).toMatchObject({
    refusal: 'photo-of-another',
    message: expect.not.stringContaining(holder.number),
  })
  await Promise.all([31, 32].map(async red => sendOwn(other.number, await picture(red))))
  const waiting = (await desk.send('office', '/photos')).json<{
    photos: { id: number; studentNumber: string }[]
  }>()
  expect(waiting).toMatchObject({ waiting: 1, photos: [{ studentNumber: other.number, current: null }] })
  expect(await own(other.number)).toMatchObject({ sent: { state: 'waits' } })
  expect((await lookUp(other.number)).person.photo).toBeNull()

  const photo = waiting.photos[0]!.id
  const declined = await desk.send('office', '/photos/answers', { photo, reason: 'face-hidden' })
  expect(declined.statusCode).toBe(200)
  expect((await desk.send('office', '/photos/answers', { photo, reason: null })).json()).toMatchObject({
    refusal: 'photo-answered',
  })
  expect(await own(other.number)).toMatchObject({
    takenInAt: null,
    sent: { state: 'declined', reason: 'face-hidden' },
  })

  await sendOwn(other.number, await picture(33))
  const again = (await desk.send('office', '/photos')).json<{ photos: { id: number }[] }>().photos[0]!.id
  expect((await desk.send('office', '/photos/answers', { photo: again, reason: null })).statusCode).toBe(200)
  expect((await lookUp(other.number)).person.photo).toMatchObject({ id: again })
  expect((await read(other.number, '/api/v1/me/photo/picture')).headers['content-type']).toBe('image/jpeg')
  const told = await letters()
  expect(told.map(({ kind }) => kind)).toEqual(['photo-declined', 'photo-accepted'])
  expect(told[0]!.body).toContain('臉部被')
})

it('five a day, and then no more', async () => {
  const { number } = people.gOnTheSecond
  const replies = []
  for (const red of [51, 52, 53, 54, 55, 56]) replies.push(await sendOwn(number, await picture(red)))
  expect(replies.map(reply => reply.statusCode)).toEqual([200, 200, 200, 200, 200, 409])
  expect(replies.at(-1)!.json()).toMatchObject({ refusal: 'sent-too-often' })
})

it('what is refused counts as a try, and after twenty of a day no picture is unpacked any more', async () => {
  const { number } = people.cDuringTheRun
  const square = await picture(71, 400, 400)
  const refused = async (file: Buffer) => (await sendOwn(number, file)).json<{ refusal: string }>().refusal
  // What does not begin like a picture is never unpacked, and is no try.
  expect(await refused(Buffer.from('<svg/>'))).toBe('picture-format')
  const damaged = Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(500)])
  for (let time = 0; time < 19; time++) expect(await refused(damaged), String(time)).toBe('picture-damaged')
  expect(await refused(square)).toBe('picture-shape')
  // Both would be told as what they are, had anybody looked.
  for (const file of [damaged, square, await picture(72)]) expect(await refused(file)).toBe('tried-too-often')
  expect((await sendOwn(number, damaged)).json()).toMatchObject({
    message:
      'You have tried 20 times in 24 hours, so this photo was not read. Try again after 24 hours, or ask the card office.',
  })
})

describe('a try counts with the verdict on its picture', () => {
  const { number } = people.eLastEvening
  const tries = async (): Promise<string[]> => {
    const { rows } = await desk.campus.owner.pool.query<{ act: string }>(
      `select j.act from journal j join person p on p.id = j.person_id
       where p.student_number = $1 and j.act like 'photo %' order by j.id`,
      [number],
    )
    return rows.map(({ act }) => act)
  }

  it('and not where others have taken every place', async () => {
    const file = await picture(81)
    let leave = () => {}
    const left = new Promise<void>(resolve => {
      leave = resolve
    })
    const stay = () =>
      takeOn({ file, cut: false }, async () => {
        await left
        return yes({})
      })
    const others = Array.from({ length: 32 }, stay)
    expect((await sendOwn(number, file)).json()).toMatchObject({ refusal: 'too-many-pictures' })
    leave()
    await Promise.all(others)
    expect(await tries()).toEqual([])
  })

  it('and not where a fault of ours kept it from the holder, however often', async () => {
    const { pool } = desk.campus.owner
    await pool.query(
      `create function fail() returns trigger language plpgsql as $$ begin raise 'no room'; end $$`,
    )
    await pool.query('create trigger fails before insert on photo for each row execute function fail()')
    for (let time = 0; time < 21; time++)
      expect((await sendOwn(number, await picture(82))).statusCode, String(time)).toBe(500)
    await pool.query('drop trigger fails on photo')
    expect((await tries()).slice(0, 4)).toEqual([
      'photo tried',
      'photo try given back',
      'photo tried',
      'photo try given back',
    ])
    expect((await sendOwn(number, await picture(82))).statusCode).toBe(200)
  })

  it('and also where the holder’s own request makes its end impossible', async () => {
    const before = (await tries()).length
    const keyed = async (red: number) =>
      desk.send(
        number,
        '/me/photo',
        { picture: (await picture(red)).toString('base64') },
        { 'idempotency-key': 'k' },
      )
    expect((await keyed(83)).statusCode).toBe(200)
    expect((await keyed(84)).json()).toMatchObject({ refusal: 'key-reused' })
    expect((await tries()).slice(before)).toEqual(['photo tried', 'photo sent', 'photo tried'])
  })
})

it('the same photo again is not unpacked again, and is answered as before', async () => {
  const { number } = people.gOnTheSecond
  expect((await sendOwn(number, await picture(55))).statusCode).toBe(200)
  expect((await sendOwn(number, await picture(54))).json()).toMatchObject({ refusal: 'sent-too-often' })
})

it('after its purpose has ended, and the programme’s days, a photo is gone; the one that counts stays', async () => {
  const kept = async () =>
    (await desk.campus.owner.db.selectFrom('photo').select(['person_id', 'accepted']).orderBy('id').execute())
      .length
  await send('office', `${holder.number}.jpg`, await picture(61))
  const before = await kept()
  const forget = () => desk.campus.gatehouse.register.aside({ kind: 'system', id: 'calendar' }, forgetPhotos)
  expect(await forget()).toBe(0)
  await desk.campus.moveTo('2024-04-14T12:00')
  expect(await forget()).toBe(0)
  await desk.campus.moveTo('2024-04-16T12:00')
  // The declined one, and the one that a newer one took the place of.
  expect(await forget()).toBe(2)
  expect(await forget()).toBe(0)
  expect(await kept()).toBe(before - 2)
  expect((await lookUp(holder.number)).person.photo).not.toBeNull()
})
