import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { UploadReply } from './import-api.ts'
import { openFile } from './open-file.ts'
import { apply, rosterFile, upload } from './trial-uploads.ts'

let campus: TestCampus
let spring: Buffer
beforeAll(async () => {
  campus = await openCampus({ from: '2024-02-19T09:00' })
  spring = await rosterFile('roster-2024-02.csv')
}, 60_000)
afterAll(() => campus.close())

async function get(path: string, who: string | null = 'office', language = 'en') {
  const headers = { 'accept-language': language, ...(who ? { cookie: await campus.signIn(who) } : {}) }
  return campus.gatehouse.server.inject({ url: `/api/v1/roster/${path}`, headers })
}

it('a preview is told in the reader’s language, and can be left and found again', async () => {
  const { body } = await upload(campus, spring)
  const again = await get(`uploads/${body.uploadId}`, 'office', 'zh-TW')
  expect(again.json()).toMatchObject({ seal: body.seal, fileName: '名冊.csv', appliedAt: null })
  const changed = again.json<typeof body>().changed.find(each => each.studentNumber === '40800003E')
  expect(changed!.changes[0]).toEqual({ field: 'status', from: '在學', to: '休學' })
  const { uploads } = (await get('uploads')).json<{ uploads: UploadReply[] }>()
  expect(uploads[0]).toMatchObject({ uploadId: body.uploadId, outcome: null })
})

it('the same upload under the same key is taken in once', async () => {
  const one = await upload(campus, spring, { key: 'drop-1' })
  const two = await upload(campus, spring, { key: 'drop-1' })
  expect(two.body.uploadId).toBe(one.body.uploadId)
  expect((await upload(campus, 'another', { key: 'drop-1' })).status).toBe(422)
})

it('two large files are read at a time; a third is told so, and is read afterwards', async () => {
  const [header, row] = spring.toString().split('\n')
  const large = Buffer.from(`${header}\n${`${row}\n`.repeat(60_000)}`)
  const read = [openFile(large), openFile(large)]
  const third = spring.toString().padEnd(300_000, '\n')
  const refused = await upload(campus, third, { key: 'third' })
  expect([refused.status, refused.body]).toMatchObject([503, { refusal: 'others-reading' }])
  expect((await Promise.all(read)).map(({ ok }) => ok)).toEqual([true, true])
  // Nothing was kept of the refusal: the same request is served now.
  expect((await upload(campus, third, { key: 'third' })).status).toBe(200)
}, 60_000)

it('no answer that is stored for repeats holds a student’s name', async () => {
  const { rows } = await campus.owner.pool.query(
    `select count(*)::int as names from repeated_request where answer::text ~ '示例生|Sample Student'`,
  )
  expect(rows).toEqual([{ names: 0 }])
})

it('bad rows come back as a file that can be corrected and dropped again', async () => {
  const [header, ...rows] = spring.toString().trimEnd().split('\n')
  const some = rows.slice(0, 3).map(row => row.replace(/,(heping|gongguan),/, ',atlantis,'))
  const formula = rows[3]!
    .replace(/,示例生[^,]*,/, ',=HYPERLINK("x"),')
    .replace(/,(heping|gongguan),/, ',atlantis,')
  const { body } = await upload(campus, [header, ...some, formula].join('\n'))
  expect(body.counts).toMatchObject({ bad: 4, rows: 4 })

  const file = await get(`uploads/${body.uploadId}/bad-rows`)
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(file.headers['content-disposition']).toBe(`attachment; filename="bad-rows-${body.uploadId}.csv"`)
  expect(file.rawPayload.subarray(0, 3).toString('hex')).toBe('efbbbf')
  const lines = file.body.trimEnd().split('\r\n')
  expect(lines[0]).toMatch(/also_staff,line in the file,what is wrong$/)
  expect(lines[1]).toMatch(
    /2,"Line 2, campus: atlantis There is no such campus\. There are: heping, gongguan\."$/,
  )
  expect(lines[4]).toContain(`"'=HYPERLINK(""x"")"`)

  const corrected = await upload(campus, file.body.replaceAll(',atlantis,', ',heping,'))
  expect(corrected.body).toMatchObject({
    encoding: 'utf-8-bom',
    ignored: ['line in the file', 'what is wrong'],
    counts: { bad: 0, rows: 4 },
  })
})

it('who reads a file that was uploaded is written in the journal, and who reads the list is not', async () => {
  const { body } = await upload(campus, spring)
  const journal = () =>
    campus.owner.pool.query(`select actor, facts from journal where act = 'roster file read' order by id`)
  const before = (await journal()).rows.length
  await get('uploads')
  expect((await journal()).rows).toHaveLength(before)
  await get(`uploads/${body.uploadId}`)
  await get(`uploads/${body.uploadId}/bad-rows`)
  await get('uploads/4711')
  const read = { actor: 'office:office', facts: { upload: body.uploadId } }
  expect((await journal()).rows.slice(before)).toEqual([read, read])
})

it('an upload that there is not is 404 to look at, and is not applied', async () => {
  expect((await get('uploads/4711')).statusCode).toBe(404)
  expect((await get('uploads/4711/bad-rows')).statusCode).toBe(404)
  expect(await apply(campus, { uploadId: 4711, seal: 'x' })).toMatchObject({
    status: 409,
    body: { refusal: 'no-such-upload' },
  })
})

it.each([
  ['a clerk', 'desk-csie', 404],
  ['a student', '41047001S', 404],
  ['nobody', null, 401],
])('%s neither uploads nor reads a roster', async (_, who, status) => {
  expect((await upload(campus, spring, { who })).status).toBe(status)
  expect((await get('uploads', who)).statusCode).toBe(status)
})

it('what is no upload at all is malformed', async () => {
  const reply = await campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/roster/uploads',
    payload: { file: 'x' },
    headers: { cookie: await campus.signIn('office') },
  })
  expect(reply.statusCode).toBe(406)
  expect(reply.json()).toMatchObject({ refusal: 'malformed' })
})
