import { describe, expect, it } from 'vitest'
import { answerTo, asSuperuser, openSchema } from './schema-trial.ts'

/*
 * What refers to what, where the references of many rows are looked up together and not by a foreign key (decision 32),
 * and the count of cards that is kept beside the ledger: whatever the program does.
 */

openSchema()

const wanted = (controller: number, person: number, card: number) =>
  `insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
   values (1, 7, '2023-10-18', 1, 21, '{1,0,0,0}', '2023-10-18', '2028-10-18', '2023-10-18'),
          (${controller}, 8, '2023-10-18', ${person}, ${card}, '{1,0,0,0}', '2023-10-18', '2028-10-18', '2023-10-18')`
const held = (controller: number) =>
  `insert into held values (${controller}, 7, '{1,0,0,0}', '2023-10-18', '2028-10-18', '2023-10-18')`
const sent = (controller: number) =>
  `insert into sent (controller_id, number, deed, answer, at) values (${controller}, 7, 'put', 'applied', '2023-10-18')`
const survey = `insert into controller_survey (controller_id, asked_at, asked_by) values (1, '2023-10-18', 'x')`
const found = (which: string) =>
  `insert into survey_card (survey_id, number, place, doors, valid_from, valid_to, with_pin)
   select ${which}, 9, 1, '{1,0,0,0}', '2023-10-18', '2028-10-18', false`

describe('what refers to nothing is refused', () => {
  it.each([
    ['wanted, as it should', wanted(1, 1, 21), 'fine'],
    ['wanted on a controller', wanted(9, 1, 21), 'foreign key wanted_of_somebody'],
    ['wanted of a person', wanted(1, 9, 21), 'foreign key wanted_of_somebody'],
    ['wanted with a card', wanted(1, 1, 99), 'foreign key wanted_of_somebody'],
    [
      'wanted, given to another person',
      'update wanted set person_id = 9',
      'foreign key wanted_still_of_somebody',
    ],
    ['held, as it should', held(1), 'fine'],
    ['held by a controller', held(9), 'foreign key held_by_controllers'],
    ['sent, as it should', sent(1), 'fine'],
    ['sent to a controller', sent(9), 'foreign key sent_to_controllers'],
    [
      'found by a survey, as it should',
      `${survey}; ${found('(select max(id) from controller_survey)')}`,
      'fine',
    ],
    ['found by a survey', found('5'), 'foreign key survey_card_of_a_survey'],
    [
      'open, and not wanted',
      `insert into wanted_open values (1, 9, '2023-10-18', false, false, false, 1)`,
      'foreign key wanted_open_controller_id_number_carried_by_fkey',
    ],
  ])('%s', async (_, statement, answer) => {
    expect(await answerTo(statement)).toBe(answer)
  })
})

describe('what something refers to stays', () => {
  it.each([
    ['a person', 'delete from person', 'foreign key person_stays'],
    ['a card', 'delete from card where id = 22', 'foreign key card_stays'],
    ['a controller that something is wanted on', 'delete from controller', 'foreign key controller_stays'],
    [
      'one that holds something',
      `delete from wanted; ${held(1)}; delete from controller`,
      'foreign key controller_stays',
    ],
    [
      'one that something was sent to',
      `delete from wanted; ${sent(1)}; delete from controller`,
      'foreign key controller_stays',
    ],
    ['a controller’s serial', 'update controller set id = 9', 'foreign key controller_keeps_its_id'],
    ['not a controller that nothing refers to', 'delete from wanted; delete from controller', 'fine'],
  ])('%s', async (_, statement, answer) => {
    expect(await answerTo(statement)).toBe(answer)
  })
})

it('the count of cards follows every way in which the ledger changes', async () => {
  const client = asSuperuser()
  const counts = async () =>
    (
      await client.query(
        `select c.cards as kept, (select count(*)::int from held h
                where h.controller_id = c.controller_id and h.doors <> '{0,0,0,0}') as counted
         from held_count c order by c.controller_id`,
      )
    ).rows
  await client.query('begin')
  try {
    await client.query(`insert into controller values (1, '127.0.0.1', 1, 100, 'low-first', '館', 'A'),
                                                      (2, '127.0.0.2', 1, 100, 'low-first', '館', 'B')`)
    const rows = (doors: string, from: number, to: number) =>
      `select c, n, '${doors}', '2023-10-18'::date, '2028-10-18'::date, '2023-10-18'::timestamptz
       from generate_series(1, 2) c, generate_series(${from}, ${to}) n`
    const put = 'insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at)'
    const anew = 'on conflict (controller_id, number) do update set doors = excluded.doors'
    for (const [statement, cards] of [
      [`${put} ${rows('{1,0,0,0}', 1, 30)}`, 30],
      [`${put} ${rows('{0,0,0,0}', 31, 40)}`, 30],
      [`${put} ${rows('{0,0,0,0}', 25, 34)} ${anew}`, 24],
      [`${put} ${rows('{1,1,0,0}', 20, 45)} ${anew}`, 45],
      [`update held set doors = '{0,0,0,0}' where number between 3 and 6`, 41],
      [`update held set verified_at = '2023-10-19'`, 41],
      [`delete from held where number <= 10`, 35],
      ['truncate held', 0],
      [`${put} ${rows('{1,0,0,0}', 1, 2)}`, 2],
    ] as const) {
      await client.query(statement)
      expect(await counts(), statement).toEqual([
        { kept: cards, counted: cards },
        { kept: cards, counted: cards },
      ])
    }
  } finally {
    await client.query('rollback')
  }
})

it('a survey that goes takes what it found with it', async () => {
  const client = asSuperuser()
  await client.query('begin')
  try {
    await client.query(`insert into controller values (1, '127.0.0.1', 1, 100, 'low-first', '館', 'A')`)
    await client.query(survey)
    await client.query(found('(select max(id) from controller_survey)'))
    await client.query('delete from controller_survey')
    expect((await client.query('select from survey_card')).rowCount).toBe(0)
  } finally {
    await client.query('rollback')
  }
})
