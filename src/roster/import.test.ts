import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { Actor } from '../server/register.ts'
import { applyRoster, lookAtUpload } from './import.ts'
import { apply, rosterFile, upload } from './trial-uploads.ts'

let campus: TestCampus
let fall: Buffer
let spring: Buffer
beforeAll(async () => {
  campus = await openCampus({ from: '2024-02-19T09:00' })
  fall = await rosterFile('roster.csv')
  spring = await rosterFile('roster-2024-02.csv')
}, 60_000)
afterAll(() => campus.close())

const office: Actor = { kind: 'office', id: 'office' }
const person = (number: string) =>
  campus.owner.db.selectFrom('person').selectAll().where('student_number', '=', number).executeTakeFirst()
const rowsOf = (text: string) => text.trimEnd().split('\n')

/** The fall roster with some rows rewritten. */
function changed(rewrite: (row: string, at: number) => string | null): string {
  const [header, ...rows] = rowsOf(fall.toString())
  return [header, ...rows.flatMap((row, at) => rewrite(row, at) ?? [])].join('\n')
}

/** How many doors a student's numbers open, as the controllers should have it. */
async function doorsOf(number: string): Promise<number> {
  const { id } = (await person(number))!
  const rows = await campus.owner.db
    .selectFrom('wanted')
    .select('doors')
    .where('person_id', '=', id)
    .execute()
  return rows.flatMap(row => row.doors).filter(door => door > 0).length
}

describe('a file that says what the register says', () => {
  it('changes nothing, also when it is applied', async () => {
    const before = await person('41047001S')
    const { body } = await upload(campus, fall)
    expect(body.counts).toMatchObject({
      rows: 1211,
      added: 0,
      changed: 0,
      unchanged: 1211,
      missing: 0,
      bad: 0,
    })
    expect((await apply(campus, body)).body).toEqual({
      adds: 0,
      changes: 0,
      losesEnrolment: 0,
      leavesAlone: 0,
    })
    expect(await person('41047001S')).toEqual(before)
  })

  it.each([
    ['utf-16le', () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(fall.toString(), 'utf16le')])],
    [
      'utf-16be',
      () => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(fall.toString(), 'utf16le').swap16()]),
    ],
    ['utf-8-bom', () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), fall])],
  ])('also in %s', async (encoding, file) => {
    const { body } = await upload(campus, file())
    expect(body).toMatchObject({ encoding, counts: { unchanged: 1211, changed: 0, bad: 0 } })
  })
})

it('Big5 cannot write fifteen of the names: those rows are bad, and nobody’s name is damaged', async () => {
  const { body } = await upload(campus, iconv.encode(fall.toString(), 'cp950'))
  expect(body).toMatchObject({
    encoding: 'big5',
    counts: { unchanged: 1196, changed: 0, bad: 15, missing: 0 },
  })
  expect(body.bad[0]!.faults[0]!.message).toContain('A character was lost')
})

describe('a file that cannot be read is refused as a whole, and not kept', () => {
  it.each<[string, () => string | Uint8Array, string, string]>([
    ['nothing in it', () => '', 'empty-file', 'Export the roster again'],
    ['a doubled column', () => fall.toString().replace('name_en', '姓名'), 'doubled-columns', '姓名'],
    [
      'a missing column',
      () => fall.toString().replace('department', 'remark'),
      'missing-columns',
      '系所代碼 (department)',
    ],
    [
      'what is left of a workbook',
      () => Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(100, 1)]),
      'damaged-workbook',
      'save it under another name',
    ],
    ['more than 20 MB', () => Buffer.alloc(20 * 1024 * 1024 + 1, 0x61), 'file-too-large', 'at most 20.0 MB'],
  ])('%s', async (_, file, refusal, sentence) => {
    const kept = () => campus.owner.db.selectFrom('roster_import').select('id').execute()
    const before = (await kept()).length
    const { status, body } = await upload(campus, file())
    expect({ status, refusal: body.refusal }).toEqual({ status: 409, refusal })
    expect(body.message).toContain(sentence)
    expect(await kept()).toHaveLength(before)
  })
})

describe('bad rows', () => {
  it('are named with line, column and reason, and the good ones are applied; the missing are left alone', async () => {
    const file = changed((row, at) => {
      if (at >= 40) return null
      return at % 10 === 3
        ? row.replace(/,(heping|gongguan),/, ',atlantis,')
        : row.replace('Sample Student', 'Example Student')
    })
    const { body } = await upload(campus, file, { language: 'zh-TW' })
    expect(body.counts).toMatchObject({ rows: 40, changed: 36, bad: 4, missing: 1171 })
    expect(body.bad[0]).toMatchObject({
      line: 5,
      faults: [
        {
          field: 'site',
          shown: 'atlantis',
          message: '沒有這個校區。現有：heping, gongguan。',
        },
      ],
    })
    expect((await apply(campus, body)).body).toMatchObject({ changes: 36, leavesAlone: 1175 })
    const names = await campus.owner.db
      .selectFrom('person')
      .select('name_en')
      .where('name_en', 'like', 'Example Student%')
      .execute()
    expect(names).toHaveLength(36)
    expect(await campus.owner.db.selectFrom('person').select('id').execute()).toHaveLength(1211)
  })
})

describe('nothing is half applied', () => {
  it('when the power goes after the last person was written', async () => {
    const { body } = await upload(campus, spring)
    const failed = campus.gatehouse.register.act(office, async act => {
      expect(await applyRoster(act, body)).toMatchObject({ ok: true })
      throw new Error('the power goes')
    })
    await expect(failed).rejects.toThrow('the power goes')
    expect(await person('41200991E')).toBeUndefined()
    expect(await person('40800003E')).toMatchObject({ status: 'enrolled' })
    const { rows } = await campus.owner.pool.query('select applied_at from roster_import where id = $1', [
      body.uploadId,
    ])
    expect(rows).toEqual([{ applied_at: null }])
  })

  it('when the register has changed since the difference was looked at', async () => {
    const looked = (await upload(campus, spring)).body
    const other = changed(row => (row.startsWith('41047002S') ? row.replace('A17', 'A17b') : null))
    const second = (await upload(campus, other)).body
    expect((await apply(campus, second)).body).toMatchObject({ changes: 1 })
    const refused = await apply(campus, looked)
    expect(refused).toMatchObject({ status: 409, body: { refusal: 'register-changed' } })
    expect(await person('41200991E')).toBeUndefined()
    const again = await campus.gatehouse.register.look(office, act => lookAtUpload(act, looked.uploadId))
    expect(again.ok && again.preview.seal).not.toBe(looked.seal)
  })
})

describe('the spring roster', () => {
  it('is seen as a difference, is applied once, and changes who may enter', async () => {
    // Put back what the tests above have changed, so that the difference is the one the campus's README tells of.
    await apply(campus, (await upload(campus, fall)).body)
    const [leaver, mover, returner] = ['40800003E', '40840002S', '40900031E']
    const before = await Promise.all([leaver, mover, returner].map(doorsOf))

    const { body } = await upload(campus, spring)
    expect(body.will).toEqual({ adds: 3, changes: 18, losesEnrolment: 5, leavesAlone: 0 })
    expect(body.changed.find(each => each.studentNumber === leaver)).toMatchObject({
      line: 60,
      changes: [
        { field: 'status', from: 'enrolled', to: 'on leave' },
        { field: 'hall', to: '(blank)' },
        { field: 'leaveTerms', from: '(blank)', to: '2023-2' },
      ],
    })
    expect((await apply(campus, body)).status).toBe(200)
    expect(await apply(campus, body)).toMatchObject({ status: 409, body: { refusal: 'applied-already' } })

    const after = await Promise.all([leaver, mover, returner].map(doorsOf))
    expect(before[0]).toBeGreaterThan(0)
    expect(after[0]).toBe(0)
    expect(after[1]).toBeGreaterThan(before[1]!)
    expect([before[2], after[2]! > 0]).toEqual([0, true])
    expect(await person('41200991E')).toMatchObject({ kind: 'visiting' })
  })
})
