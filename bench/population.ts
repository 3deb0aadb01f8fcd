import { createHash } from 'node:crypto'
import pg from 'pg'
import { recomputeAccess } from '../src/access/recompute.ts'
import type { Ground } from './ground.ts'

/*
 * Students whose every number follows from their place in the row, so that pgbench, which can only count, can
 * name them as well as we can. The numbers of different things never look alike.
 */
const people = 7_000_000
const oldCards = 81_000_000
const newCards = 82_000_000
const printed = 1_234_000_000_000_000
const oldNumbers = { 'w34-reversed-last4': 2_100_000_000, 'w34-last4': 2_300_000_000, 'w26-3-5': 11_000_000 }
const newNumbers = { 'w34-reversed-last4': 2_200_000_000, 'w34-last4': 2_400_000_000, 'w26-3-5': 12_000_000 }
/** The number of an old card is below it and that of a new one above, as controllers with 32-bit numbers see them. */
export const newNumbersFrom = newNumbers['w34-reversed-last4']
const formats = Object.keys(oldNumbers) as (keyof typeof oldNumbers)[]

/** The first `some` students' places are 1 to `some`. */
export const personAt = (place: number): number => people + place
export const oldCardAt = (place: number): number => oldCards + place
export const newCardAt = (place: number): number => newCards + place
/** The numbers of old and new cards on controllers whose readers send four bytes reversed. */
export const oldNumberAt = (place: number): number => oldNumbers['w34-reversed-last4'] + place
export const newNumberAt = (place: number): number => newNumbers['w34-reversed-last4'] + place

/** What a student's browser sends: the session's token and the digits printed on the new card. */
export const tokenAt = (place: number): string => `bench-${personAt(place)}`
export const lastDigitsAt = (place: number): string =>
  String((printed + newCards + place) % 10_000).padStart(4, '0')

/** Every text in a student's rows that is theirs alone, with the SQL expression that pgbench makes it by. */
export const ownTexts = (place: number): { text: string; sql: string }[] =>
  [
    people,
    oldCards,
    newCards,
    printed + newCards,
    ...Object.values(oldNumbers),
    ...Object.values(newNumbers),
  ].map(base => ({ text: String(base + place), sql: `(:place::bigint + ${base})` }))

/** The hash by which a session is found, and the SQL expression that makes it. */
export const tokenHashAt = (place: number): { hash: Buffer; sql: string } => ({
  hash: createHash('sha256').update(tokenAt(place)).digest(),
  sql: `sha256(convert_to(concat('bench-', (:place::bigint + ${people})), 'UTF8'))`,
})

const row = 'generate_series(1, $1::int) as i'

type Insert = [text: string, values: (count: number) => unknown[]]

/** One row of SQL a table. Everybody is of one faculty and lives in no hall: pgbench's script is the same for all. */
const registered: readonly Insert[] = [
  [
    `insert into person (id, student_number, name_zh, name_en, department, entry_year, status, kind, degree, site,
                         email, language)
     overriding system value
     select ${people} + i, lpad(i::text, 8, '0') || 'S', '示例生 ' || (${people} + i), 'Sample ' || (${people} + i),
            'csie', 2020, 'enrolled', 'regular', 'bachelor', 'gongguan', (${people} + i) || '@example.edu', 'zh-TW'
     from ${row}`,
    count => [count],
  ],
  [
    `insert into card (id, edition, chip, printed_number, made_for, stocked_at)
     overriding system value
     select c + i, edition, decode(lpad(to_hex(c + i), 8, '0'), 'hex'), (${printed} + c + i)::text, ${people} + i,
            campus_now() - interval '60 days'
     from ${row}, (values (${oldCards}, 'easycard'), (${newCards}, '4k-centenary')) as e(c, edition)`,
    count => [count],
  ],
  [
    `insert into card_number (card_id, format, number)
     select c + i, format, base + i
     from ${row}, jsonb_to_recordset($2::jsonb) as n(c bigint, format text, base bigint)`,
    count => [
      count,
      JSON.stringify(
        formats.flatMap(format => [
          { c: oldCards, format, base: oldNumbers[format] },
          { c: newCards, format, base: newNumbers[format] },
        ]),
      ),
    ],
  ],
]

/** Who has which card in hand, which opens doors, and who is signed in. */
const inHand: readonly [text: string, values: (count: number, ofFive: number) => unknown[]][] = [
  [
    `insert into staff (id, name_zh, name_en) values ('bench', '櫃檯甲', 'Desk Clerk A') on conflict do nothing`,
    () => [],
  ],
  [
    `insert into handover (card_id, person_id, edition, at, how, evidence, evidence_card_id, counter, clerk, held)
     select ${oldCards} + i, ${people} + i, 'easycard', since, 'before-gatehouse', null::jsonb, null, null, null,
            tstzrange(since, null)
     from ${row}, (select campus_now() - interval '3 years') as s(since)
     union all
     select ${newCards} + i, ${people} + i, '4k-centenary', since, 'desk', '{"old-card":"read"}', ${oldCards} + i, 'dept-csie',
            'bench', tstzrange(since, null)
     from ${row}, (select campus_now() - interval '1 day') as s(since) where i % 5 < $2::int`,
    (count, ofFive) => [count, ofFive],
  ],
  [
    `insert into card_use (card_id, person_id, during)
     select ${oldCards} + i, ${people} + i, tstzrange(campus_now() - interval '3 years', '2024-03-01T00:00+08')
     from ${row}`,
    count => [count],
  ],
  [
    `insert into session (token_hash, person_id, began_at, ends_at)
     select sha256(convert_to('bench-' || (${people} + i), 'UTF8')), ${people} + i, raw_now(),
            raw_now() + interval '1 day'
     from ${row}`,
    count => [count],
  ],
]

/** So many students and their cards as the register knows them. */
export async function layRegister(client: pg.Client, count: number): Promise<void> {
  for (const [text, values] of registered) await client.query(text, values(count))
}

/**
 * Of so many students: who has which card in hand, which of them opens doors, and who is signed in. The new card has been
 * collected by so many of every five.
 */
export async function layInHand(client: pg.Client, count: number, collectedOfFive = 5): Promise<void> {
  for (const [text, values] of inHand) await client.query(text, values(count, collectedOfFive))
}

const atATime = 2_000

/**
 * So many enrolled students, each with an old card that opens doors and a new one in hand that waits to be activated.
 * What the doors should hold is made by the very code that an act uses; the 10:00 window has settled it.
 */
export async function settle(ground: Ground, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: ground.url })
  await client.connect()
  await layRegister(client, count)
  await layInHand(client, count)
  const everybody = Array.from({ length: count }, (_, at) => personAt(at + 1))
  for (let from = 0; from < count; from += atATime)
    await ground.register.act({ kind: 'system', id: 'bench' }, act =>
      recomputeAccess(act, everybody.slice(from, from + atATime)),
    )
  await client.query('truncate wanted_open')
  await client.query('vacuum analyze')
  await client.end()
}
