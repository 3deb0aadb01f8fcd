import pg from 'pg'
import { layInHand, layRegister, newNumberAt, personAt } from './population.ts'

/** People of the measured register: a campus larger than any that has this office. */
export const peopleCount = 100_000

const people = personAt(0)
const numbers = newNumberAt(0)

/*
 * Ten departments' worth of every kind the notice knows; of three in five the new card is collected, of two in five
 * activated, at one in fifty a door still waits. Made with SQL: what is measured is reading.
 */
const variety = [
  `update person set
     department = (array['csie','math','phys','chem','bio','edu','psy','eng','hist','geo'])[1 + id % 10],
     entry_year = 2016 + id % 8, status = (array['enrolled','enrolled','enrolled','enrolled','enrolled','enrolled','enrolled',
       'enrolled','on-leave','graduated'])[1 + (id / 10) % 10],
     kind = case when id % 25 = 0 then 'exchange' when id % 25 = 1 then 'in-service' else 'regular' end,
     leave_terms = case when (id / 10) % 10 = 8 then array['2023-1'] else '{}' end,
     name_zh = '示例' || chr(19968 + (id % 2000)::int) || chr(20968 + (id / 2000 % 500)::int),
     name_en = 'Sample ' || (array['Ann','Ben','Cäcilie','Dora','Émile'])[1 + id % 5] || ' ' || id`,
  `update handover set at = at - (person_id % 40) * interval '1 day', held = tstzrange(at - (person_id % 40) * interval '1 day', null)
   where edition = '4k-centenary'`,
  `update card set counter = 'dept-csie', box = 'C-' || id % 90 where edition = '4k-centenary'`,
  `update card_use set during = tstzrange(lower(during), campus_now() - interval '1 day') where person_id % 5 < 2`,
  `insert into activation (card_id, person_id, at, replaces, carried_by, at_once, old_until, new_from)
   select card_id, person_id, at, evidence_card_id, at + interval '1 hour', false, null, at + interval '2 hours'
   from handover where edition = '4k-centenary' and person_id % 5 < 2`,
  `insert into card_use (card_id, person_id, during)
   select card_id, person_id, tstzrange(campus_now() - interval '1 day', null) from handover where edition = '4k-centenary' and person_id % 5 < 2`,
  `insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
   select c.id, ${numbers} + a.person_id - ${people}, a.carried_by, a.person_id, a.card_id, '{1,1,0,0}', '2023-10-01', '2028-10-01', a.at
   from activation a cross join controller c`,
  `insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at)
   select controller_id, number, doors, valid_from, valid_to, carried_by + interval '10 minutes' from wanted where person_id % 50 <> 0`,
  `insert into wanted_open (controller_id, number, carried_by, at_once, urgent, removes, person_id)
   select controller_id, number, carried_by, false, false, false, person_id from wanted where person_id % 50 = 0`,
  `insert into journal (at, actor, act, person_id, card_id, facts)
   select campus_now() - n * interval '1 hour', 'desk:bench', act, p.id, null, '{}'
   from person p, unnest(array['person looked up','card handed over','card activated','messages read','person changed']) with ordinality as t(act, n)`,
  `insert into message (person_id, kind, language, recipient, subject, body, made_at, sent_at)
   select id, told, 'zh-TW', coalesce(email, ''), 'subject', 'body', campus_now(), campus_now()
   from person, unnest(array['card-handed-over','card-activated']) as told`,
]

/** Lays so many people, with everything that the overview reads, into a database that has a programme and doors. */
export async function layOverview(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('set synchronous_commit = off')
    await layRegister(client, peopleCount)
    await layInHand(client, peopleCount, 3)
    await client.query('analyze')
    for (const statement of variety) await client.query(statement)
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}
