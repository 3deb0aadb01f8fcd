import type { Planted } from './planted.ts'

/** Somebody who asks, in one role, and of whom they may be told. */
export interface Asker {
  name: string
  cookie: string | null
  /** The access token of another program, in the place of a cookie. */
  token?: string
  /** The role by which a route's policy lets in, and whether the role reaches some doors alone. */
  role: string
  narrow: boolean
  /** Whether an answer may speak of this person; `named`: the request itself named them, as a clerk does who has them before them. */
  mayKnow(personId: number, named: boolean): boolean
}

const everybody = () => true
const nobody = () => false

/** Of whom something is at doors that the condition picks: wanted, granted, or waiting for an answer. */
const atDoors = (door: string): string => `
  select w.person_id as id from wanted w join door d on d.controller_id = w.controller_id join controller c on c.id = d.controller_id where ${door}
  union select h.person_id from individual_grant g join handover h on h.card_id = g.card_id join door d on d.id = g.door_id
    join controller c on c.id = d.controller_id where ${door}`
const grantedAt = (door: string): string => `
  select h.person_id as id from individual_grant g join handover h on h.card_id = g.card_id where g.door_id = '${door}'`
const ofCounter = (counter: string): string => `
  select made_for as id from card where counter = '${counter}' and made_for is not null
  union select person_id from handover where counter = '${counter}' union select person_id from card_loan where counter = '${counter}'
  union select person_id from identity_confirmation where counter = '${counter}' union select person_id from batch where counter = '${counter}'
  union select h.person_id from batch b join handover h on h.batch_id = b.id where b.counter = '${counter}'`

/** Everybody who asks in the sweeps. */
export async function askersOf({ campus, victim, stranger }: Planted): Promise<Asker[]> {
  const { pool } = campus.owner
  const among = async (sql: string) => {
    const { rows } = await pool.query<{ id: number }>(sql)
    const ids = new Set(rows.map(({ id }) => id))
    return (personId: number) => ids.has(personId)
  }
  const [strangerId, building, library] = await Promise.all([
    campus.personId(stranger),
    among(
      atDoors(
        "c.building_zh = any((select buildings from staff_role where staff_id = 'keeper-here')::text[])",
      ),
    ),
    among(atDoors("c.building_zh = '圖書館總館'")),
  ])
  const [lab, stacks, csie, math, registry, money] = await Promise.all(
    [
      grantedAt('csie-systems-lab'),
      grantedAt('library-stacks'),
      ofCounter('dept-csie'),
      ofCounter('dept-math'),
      ofCounter('registry'),
      'select person_id as id from reissue',
    ].map(among),
  )
  const as = async (
    name: string,
    role: string,
    mayKnow: Asker['mayKnow'],
    narrow = false,
  ): Promise<Asker> => ({
    name,
    role,
    narrow,
    cookie: await campus.signIn(name),
    mayKnow,
  })
  const orNamed = (known: (personId: number) => boolean) => (personId: number, named: boolean) =>
    named || known(personId)
  const laid = await as('desk-gongguan', 'tablet', nobody)
  await pool.query(
    `update session set tablet_since = raw_now(), tablet_clerk = staff_id where token_hash = sha256(convert_to($1, 'UTF8'))`,
    [laid.cookie!.slice('session='.length)],
  )
  return [
    { name: 'nobody', role: 'public', narrow: false, cookie: null, mayKnow: nobody },
    { ...laid, name: 'tablet' },
    await as(victim.number, 'student', id => id === victim.personId),
    await as(stranger, 'student', id => id === strangerId),
    await as('desk-csie', 'desk', orNamed(csie!)),
    await as('desk-math', 'desk', orNamed(math!)),
    await as('desk-registry', 'desk', orNamed(registry!)),
    await as('office', 'office', everybody),
    await as('access', 'access', everybody),
    await as('keeper-here', 'access', orNamed(building), true),
    await as('access-library', 'access', orNamed(library), true),
    await as('lab-keeper', 'owner', lab!, true),
    await as('owner-elsewhere', 'owner', stacks!, true),
    await as('cashier', 'cashier', money!),
    await as('auditor', 'auditor', everybody),
    await as('admin', 'admin', nobody),
  ]
}
