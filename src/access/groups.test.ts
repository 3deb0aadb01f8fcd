import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { Follows, GroupsList } from './replies.ts'
import type { GroupSaid } from './shape.ts'
import { bothWays, call } from './trial.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

type Listed = GroupsList['groups'][number]
const groups = async () => ((await call(campus, 'GET', '/access-groups')).body as GroupsList).groups
let all: Map<string, Listed>
beforeEach(async () => {
  all = new Map((await groups()).map(group => [group.id, group]))
})

/** A recorded group as a request says it, with something else. */
function wish(id: string, change: Partial<GroupSaid> = {}): Omit<GroupSaid, 'id'> {
  const { members, key, name, doors } = all.get(id)!
  return { members, ...(key === null ? {} : { key }), name, doors, ...change }
}
const without = (id: string, ...doors: string[]) => all.get(id)!.doors.filter(door => !doors.includes(door))
const preview = (id: string, said: object) => call(campus, 'POST', `/access-groups/${id}/preview`, said)
/** What refuses a preview is told by the act, too; there is no seal then. */
const sealIn = ({ body }: { body: object }) => ({ seal: 'none', ...body }).seal
const putAs = (id: string, said: object, seal: string, asking?: Parameters<typeof call>[4]) =>
  call(campus, 'PUT', `/access-groups/${id}`, { ...said, seal }, asking)
const put = async (id: string, said: object, asking?: Parameters<typeof call>[4]) =>
  putAs(id, said, sealIn(await preview(id, said)), asking)
const removal = (id: string) => call(campus, 'POST', `/access-groups/${id}/removal/preview`)
const removeAs = (id: string, seal: string) => call(campus, 'DELETE', `/access-groups/${id}?seal=${seal}`)
const followsIn = ({ body }: { body: object }) => (body as { follows: Follows }).follows

/** Everything that an act on groups could leave behind. */
async function traces(): Promise<unknown> {
  const { rows } = await campus.owner.pool.query(`
    select (select count(*) from journal) as noted, (select count(*) from wanted) as wanted,
           (select md5(string_agg(w::text, ' ' order by w::text)) from wanted w) as rows,
           (select string_agg(d::text, ' ' order by d::text) from access_group_door d) as doors`)
  return rows[0]
}
async function count(sql: string): Promise<number> {
  const { rows } = await campus.owner.pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`)
  return rows[0]!.n
}

/** The greatest student number of those who fit. */
async function studentNumber(where: string): Promise<string> {
  const { rows } = await campus.owner.pool.query<{ number: string }>(`
    select max(student_number) as number from person p where ${where}
      and exists (select from card_use u where u.person_id = p.id)`)
  return rows[0]!.number
}

describe('the list of access groups', () => {
  it('tells each with its doors and how many enrolled people it opens them to', async () => {
    expect(
      all.get('campus-all') ?? [...all.values()].find(({ members }) => members === 'campus'),
    ).toMatchObject({
      people: await count(`person where status = 'enrolled'`),
    })
    expect(all.get('hall-7')).toMatchObject({
      key: 'hall-7',
      doors: ['hall-7-bicycles', 'hall-7-entrance', 'hall-7-laundry', 'hall-7-lounge'],
      people: await count(`person where status = 'enrolled' and hall = 'hall-7'`),
    })
  })

  it('is not for clerks and students', async () => {
    for (const who of ['desk-csie', '41047001S'])
      expect((await call(campus, 'GET', '/access-groups', undefined, { who })).status).toBe(404)
    expect((await put('hall-7', wish('hall-7'), { who: 'office' })).status).toBe(404)
  })
})

describe('a group that gets other doors', () => {
  it('is told first and done then with the same answer; the dry run leaves nothing behind', async () => {
    const said = wish('hall-7', { doors: without('hall-7', 'hall-7-laundry') })
    const before = await traces()
    const told = await preview('hall-7', said)
    expect(await traces()).toEqual(before)
    const done = await put('hall-7', said)
    expect({ ...done.body, seal: sealIn(told) }).toEqual(told.body)
    const follows = followsIn(done)
    expect(follows.window.startsAt).toBe('2023-10-18T07:00:00Z')
    expect(follows).toMatchObject({
      opensFor: all.get('hall-7')!.people,
      puts: 0,
      removals: 0,
      controllers: 1,
    })
    const residents = await count(`person p where status = 'enrolled' and hall = 'hall-7'
      and exists (select from card_use u where u.person_id = p.id and u.during @> campus_now())`)
    expect(residents).toBeGreaterThan(10)
    expect(follows).toMatchObject({ persons: residents, numbers: residents, changes: residents })
    const changed = await count(
      `wanted_open join wanted using (controller_id, number, carried_by)
       where carried_by = '2023-10-18 07:00+0' and doors[3] = 0 and doors[1] = 1`,
    )
    expect(changed).toBeGreaterThanOrEqual(residents)
  })

  it('everybody concerned has it in the journal, so that the next window tells why', async () => {
    const noted = await count(`journal where act = 'group doors changed' and facts->>'group' = 'hall-7'`)
    const changed = await count(`(select distinct person_id from wanted where doors = '{1,1,0,1}'
      and controller_id = (select controller_id from door where id = 'hall-7-laundry')) w`)
    expect(noted).toBe(changed)
    const resident = await studentNumber(`hall = 'hall-7' and status = 'enrolled'`)
    const before = await campus.personId(await studentNumber(`student_number < '${resident}'`))
    const next = await call(campus, 'GET', `/windows/next?after=${before}`)
    expect((next.body as { people: object[] }).people[0]).toMatchObject({
      studentNumber: resident,
      cause: 'group-doors-changed',
    })
  })

  it('said as it is already changes nothing and notes nothing', async () => {
    const before = await traces()
    const done = await put('hall-7', wish('hall-7'))
    expect(done).toMatchObject({ status: 200, body: { created: false, follows: { persons: 0, numbers: 0 } } })
    expect(await traces()).toEqual(before)
  })

  it('only another name changes nobody’s doors', async () => {
    const name = { 'zh-TW': '學七舍住宿生', en: 'Residents of Hall 7' }
    expect(followsIn(await put('hall-7', wish('hall-7', { name })))).toMatchObject({ persons: 0 })
    expect((await groups()).find(({ id }) => id === 'hall-7')).toMatchObject({ name })
  })

  it('the same request under the same key is done once', async () => {
    const said = wish('hall-1', { doors: without('hall-1', 'hall-1-bicycles') })
    const seal = sealIn(await preview('hall-1', said))
    const one = await putAs('hall-1', said, seal, { key: 'put-1' })
    expect(one.status).toBe(200)
    const before = await traces()
    expect(await putAs('hall-1', said, seal, { key: 'put-1' })).toEqual(one)
    expect(await traces()).toEqual(before)
    expect((await put('hall-1', wish('hall-1'), { key: 'put-1' })).status).toBe(422)
  })

  it('may take the last door from everybody, and says from how many', async () => {
    const id = [...all.values()].find(({ members }) => members === 'campus')!.id
    const done = followsIn(await put(id, wish(id, { doors: [] })))
    expect(done.opensFor).toBeGreaterThan(1_000)
    expect(done.persons).toBeGreaterThan(500)
    expect(done.removals).toBeGreaterThan(done.persons)
    expect(done.leftWithoutDoor).toBe(0)
    // Now the own faculty's doors are the last ones of its students, but for those who live in a hall.
    const science = 'faculty-science'
    const told = followsIn(await preview(science, wish(science, { doors: [] })))
    expect(told.leftWithoutDoor).toBeGreaterThan(100)
    expect(told.leftWithoutDoor).toBeLessThan(told.persons)
    expect(followsIn(await put(science, wish(science, { doors: [] })))).toEqual(told)
    expect(followsIn(await put(id, wish(id)))).toMatchObject({ persons: done.persons, leftWithoutDoor: 0 })
    await put(science, wish(science))
    const [kept, anew] = await bothWays(campus)
    expect(kept).toEqual(anew)
  })

  it('that would fill a controller beyond what it can hold says which one', async () => {
    const { pool } = campus.owner
    await pool.query('update controller set capacity = 5 where id = 423100012')
    const door = (await pool.query<{ id: string }>('select id from door where controller_id = 423100012'))
      .rows[0]!.id
    const id = [...all.values()].find(({ members }) => members === 'campus')!.id
    const told = followsIn(await preview(id, wish(id, { doors: [...all.get(id)!.doors, door] })))
    expect(told.overfull).toMatchObject([{ controllerId: 423100012, capacity: 5 }])
    expect(told.overfull[0]!.wanted).toBeGreaterThan(500)
  })
})

describe('a new group', () => {
  const hall9 = { members: 'hall', key: 'hall-9', name: { 'zh-TW': '學九舍', en: 'Hall 9' }, doors: [] }

  it('opens its doors to its members with the next window, and goes again', async () => {
    const said = {
      members: 'faculty',
      key: 'science',
      name: { 'zh-TW': '理學院研究室', en: 'Science labs' },
      doors: ['math-research'],
    }
    const done = await put('science-labs', said)
    expect(done).toMatchObject({ status: 200, body: { created: true } })
    const { persons } = followsIn(done)
    expect(persons).toBeGreaterThan(50)
    const told = await removal('science-labs')
    const gone = await removeAs('science-labs', sealIn(told))
    expect({ ...gone.body, seal: sealIn(told) }).toEqual(told.body)
    expect(followsIn(gone)).toMatchObject({ persons })
    expect((await removeAs('science-labs', sealIn(told))).status).toBe(404)
    expect((await removal('science-labs')).status).toBe(404)
  })

  it('of a hall that nobody lives in is taken for a mistake, unless it is said to be new', async () => {
    const { status, body } = await put('hall-9', hall9)
    expect({ status, refusal: body.refusal }).toEqual({ status: 409, refusal: 'unknown-hall' })
    expect(body.message).toMatch(/hall-9.*hall-1, hall-2, hall-7.*newHall/)
    expect(await put('hall-9', { ...hall9, newHall: true })).toMatchObject({ status: 200 })
  })

  it.each<[string, object, string]>([
    ['an unknown faculty', { members: 'faculty', key: 'magic' }, 'unknown-faculty'],
    ['an unknown door', { members: 'campus', key: undefined, doors: ['cellar'] }, 'unknown-door'],
    ['a door twice', { members: 'campus', key: undefined, doors: ['gate-main', 'gate-main'] }, 'door-twice'],
  ])('with %s is refused, told or done', async (_, change, refusal) => {
    const said = { ...hall9, ...change }
    for (const answer of [await preview('new-one', said), await put('new-one', said)])
      expect(answer).toMatchObject({ status: 409, body: { refusal } })
    expect((await groups()).some(({ id }) => id === 'new-one')).toBe(false)
  })

  it('a hall’s last group stays while somebody lives there', async () => {
    const residents = await count(`person where hall = 'hall-2'`)
    expect(await removeAs('hall-2', sealIn(await removal('hall-2')))).toMatchObject({
      status: 409,
      body: { refusal: 'hall-lived-in', facts: { hall: 'hall-2', residents } },
    })
    expect(await removeAs('hall-9', sealIn(await removal('hall-9')))).toMatchObject({ status: 200 })
  })

  it('whom a group opens to stays', async () => {
    expect(await put('hall-2', wish('hall-2', { key: 'hall-1' }))).toMatchObject({
      status: 409,
      body: { refusal: 'members-fixed' },
    })
  })
})
