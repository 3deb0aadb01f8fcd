import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { CohortPeopleReply, CohortsReply, WhyNotReply } from './cohort-routes.ts'
import type { PreviewReply } from './preview-routes.ts'
import { edited, post, programmeText } from './trial-publishing.ts'
import type { WavesReply } from './wave-api.ts'

let campus: TestCampus
let ntnu: string
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  ntnu = await programmeText('ntnu-2023')
})
afterAll(() => campus.close())

/** Freshmen of 2022 as well have their card from the examination. */
const wider = () =>
  edited(
    ntnu,
    'when: { enteredFrom: 2023, enteredThrough: 2023, kinds',
    'when: { enteredFrom: 2022, enteredThrough: 2023, kinds',
  )

const counts = async (source: string) =>
  ((await post(campus, 'cohorts', { source })).body as CohortsReply).cohorts

it('each group has its sentence and its people, everybody once', async () => {
  const cohorts = await counts(ntnu)
  const { rows } = await campus.owner.pool.query<{ all: number }>('select count(*)::int as all from person')
  expect(cohorts.reduce((sum, { people }) => sum + people, 0)).toBe(rows[0]!.all)
  expect(cohorts.every(({ joins, leaves }) => joins === 0 && leaves === 0)).toBe(true)
  expect(cohorts.at(-1)!.conditions).toBe('everybody else')
})

it('a change says whom it adds and removes, and who they are, journalled', async () => {
  const source = wider()
  const cohorts = await counts(source)
  const adds = cohorts.filter(({ joins }) => joins > 0)
  const removes = cohorts.reduce((sum, { leaves }) => sum + leaves, 0)
  expect(adds).toHaveLength(1)
  expect(adds[0]!.joins).toBe(removes)
  expect(removes).toBeGreaterThan(10)
  const asked = { source, cohort: adds[0]!.id, which: 'joins', after: 0 }
  const first = (await post(campus, 'cohorts/people', asked)).body as CohortPeopleReply
  const second = (await post(campus, 'cohorts/people', { ...asked, after: first.after }))
    .body as CohortPeopleReply
  const numbers = [...first.people, ...second.people].map(({ studentNumber }) => studentNumber)
  expect(new Set(numbers).size).toBe(first.people.length + second.people.length)
  expect(first.people).toHaveLength(10)
  const { rows } = await campus.owner.pool.query<{ seen: number }>(
    `select count(*)::int as seen from journal where act = 'seen in a group'`,
  )
  expect(rows[0]!.seen).toBe(numbers.length)
})

it('why not this person: the group that decides, and the first condition that does not hold', async () => {
  const cohort = (await counts(ntnu)).find(({ conditions }) => conditions.startsWith('entered in 2023'))!
  const why = async (studentNumber: string) =>
    (await post(campus, 'cohorts/why', { source: ntnu, cohort: cohort.id, studentNumber }))
      .body as WhyNotReply & { refusal?: string }
  expect((await why('41047007s')).said).toContain('This person is: entered in 20')
  expect((await why('41200001E')).said).toBe('That is the group asked about.')
  expect((await why('99999999X')).refusal).toBe('unknown-person')
  const { rows } = await campus.owner.pool.query(`select from journal where act = 'asked about a group'`)
  expect(rows).toHaveLength(2)
})

it('a draft with problems is not counted, and says so', async () => {
  const { status, body } = await post(campus, 'cohorts', {
    source: edited(ntnu, 'quietSeconds: 35', 'quietSecond: 35'),
  })
  expect([status, (body as { refusal: string }).refusal]).toEqual([409, 'programme-has-problems'])
})

it('a wave’s people are counted and set against its desks', async () => {
  const waves = `waves:
  - id: csie
    name: { zh-TW: 資工, en: Computer Science }
    who: { departments: [csie] }
    at: [dept-csie]
    from: 2023-10-23
    until: 2023-10-26
    desks: 1
handoversPerHour: 2
`
  const source = edited(ntnu, '\nevidence:\n', `\n${waves}\nevidence:\n`)
  const {
    waves: [wave],
  } = (await post(campus, 'waves', { source })).body as WavesReply
  const { rows } = await campus.owner.pool.query<{ people: number }>(
    `select count(*)::int as people from person where department = 'csie'`,
  )
  expect(wave!.people).toBeGreaterThan(10)
  expect(wave!.people).toBeLessThan(rows[0]!.people)
  expect(wave!.days).toHaveLength(3)
  expect(wave!.worst!.waitMinutes).toBeGreaterThan(60)
})

it('a wave expects who missed the examination, and nobody who was given a card there', async () => {
  const waves = `waves:
  - id: freshmen
    name: { zh-TW: 新生, en: Freshmen }
    who: { enteredFrom: 2023, enteredThrough: 2023, kinds: [regular, in-service] }
    at: [registry]
    from: 2023-10-23
    until: 2023-10-26
    desks: 1
`
  const source = edited(ntnu, '\nevidence:\n', `\n${waves}\nevidence:\n`)
  const freshmen = (await counts(ntnu)).find(({ id }) => id === 'freshmen-2023')!.people
  const { rows } = await campus.owner.pool.query<{ given: number }>(
    `select count(distinct p.id)::int as given from person p join handover h on h.person_id = p.id
     where p.entry_year = 2023 and p.kind in ('regular', 'in-service') and h.edition = '4k-centenary'`,
  )
  const missed = freshmen - rows[0]!.given
  expect(missed).toBeGreaterThan(0)
  expect((await post(campus, 'waves', { source })).body).toMatchObject({ waves: [{ people: missed }] })
})

it('the notice is previewed as a given student: a sentence that names another group does not concern them', async () => {
  const preview = async (body: object) =>
    (await post(campus, 'notice/preview', { source: ntnu, ...body })).body as PreviewReply
  const anybody = await preview({})
  expect(anybody.en.every(({ concerns }) => concerns)).toBe(true)
  expect(anybody.values.find(({ name }) => name === 'deadline')).toEqual({
    name: 'deadline',
    'zh-TW': '2024年3月1日',
    en: '1 March 2024',
  })
  const freshman = await preview({ studentNumber: '41200001E' })
  expect(freshman.en.some(({ concerns }) => !concerns)).toBe(true)
  expect(freshman.en.some(({ concerns }) => concerns)).toBe(true)
})
