import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../campus.ts'
import { takeWallDown } from './worlds.ts'

/*
 * What is asked for by who may not have it, over HTTP. test/security/controls.test.ts runs this file on a copy whose routes and
 * statements have forgotten to ask whose it is (test/security/breaks): behind the wall nothing foreign comes all the same, and
 * with SECOND_WALL=down, where the wall is taken away, it does.
 */

const [mine, theirs] = ['41047001S', '41047002S']
const sentence = '只給乙看的一句話'
let campus: TestCampus
const cookies = new Map<string, string>()

const plantSql = `
  insert into message (person_id, kind, language, recipient, subject, body, made_at)
  values ($1, 'card-activated', 'zh-TW', '', '${sentence}', '${sentence}', campus_now());
  insert into photo (person_id, picture, width, height, file_hash, sent_by, taken_in_at, taken_in_by)
  values ($1, convert_to(repeat('${sentence}', 20), 'UTF8'), 300, 400, sha256('x'), 'holder', campus_now(), 'student');
  insert into batch (person_id, checked, counter, clerk, given_at, back_by, cards, manner, erase_on)
  values ($1, 'old-card', 'dept-math', 'desk-math', campus_now(), '2023-12-01', 1, 'witnessed', '2030-01-01');
  insert into identity_confirmation (person_id, counter, documents, asked_by, asked_at, good_until)
  values ($1, 'dept-math', '{"id-document": "passport"}', 'desk-math', campus_now(), campus_now() + interval '9 hours');
  insert into card_loan (card_id, person_id, reason, evidence, lent_at, lent_by, counter, last_day, returned_at, returned_by, returned_to)
  select card_id, $1, 'forgotten', '{"id-document": "passport"}', campus_now(), 'desk-math', 'dept-math', '2023-11-01', null, null, null
  from handover where person_id = $1 limit 1;
  insert into individual_grant (card_id, door_id, owner_zh, owner_en, granted_at)
  select card_id, 'library-stacks', '館員', 'Librarian', campus_now() from handover where person_id = $1 limit 1`

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  const superuser = new Client(campus.url)
  await superuser.connect()
  const them = await campus.personId(theirs)
  await superuser.query(plantSql.replaceAll('$1', String(them)))
  await superuser.query(
    `insert into staff (id, name_zh, name_en) values ('math-2', '櫃檯', 'Clerk');
     insert into staff_role (staff_id, role, counter) values ('math-2', 'desk', 'dept-math')`,
  )
  if (process.env.SECOND_WALL === 'down') await takeWallDown(superuser)
  await superuser.end()
  for (const who of [
    mine,
    theirs,
    'desk-csie',
    'desk-math',
    'math-2',
    'lab-keeper',
    'access-library',
    'office',
  ])
    cookies.set(who, await campus.signIn(who))
}, 60_000)
afterAll(() => campus.close())

/** An answer as somebody is given it; `instead` names a person where a broken route asks who it shall be about. */
async function asked(who: string, url: string): Promise<{ status: number; text: string }> {
  const instead = { 'x-instead': String(await campus.personId(theirs)) }
  const answer = await campus.gatehouse.server.inject({
    url,
    headers: { cookie: cookies.get(who)!, ...instead },
  })
  return { status: answer.statusCode, text: answer.body }
}

interface Store {
  what: string
  url: string | (() => Promise<string>)
  /** Who has no business there, and who has. */
  foreign: string
  rightful: string
  /** Stands in the rightful answer and in no other. */
  shows: string | RegExp
}

const stores: Store[] = [
  { what: 'somebody else’s card', url: '/api/v1/me/card', foreign: mine, rightful: theirs, shows: theirs },
  {
    what: 'somebody else’s messages',
    url: '/api/v1/me/messages',
    foreign: mine,
    rightful: theirs,
    shows: sentence,
  },
  {
    what: 'somebody else’s photo',
    url: '/api/v1/me/photo/picture',
    foreign: mine,
    rightful: theirs,
    shows: sentence,
  },
  {
    what: 'a person’s whole story',
    url: async () => `/api/v1/people/${await campus.personId(theirs)}/timeline`,
    foreign: mine,
    rightful: 'office',
    shows: theirs,
  },
  {
    what: 'the grants of another’s door',
    url: '/api/v1/doors/library-stacks/grants',
    foreign: 'lab-keeper',
    rightful: 'access-library',
    shows: theirs,
  },
  {
    what: 'the batches of another counter',
    url: '/api/v1/desk/batches',
    foreign: 'desk-csie',
    rightful: 'desk-math',
    shows: theirs,
  },
  {
    what: 'the questions of another counter',
    url: '/api/v1/confirmations',
    foreign: 'desk-csie',
    rightful: 'math-2',
    shows: theirs,
  },
]

describe('nobody is given', () => {
  it.each(stores)('$what', async ({ url, foreign, rightful, shows }) => {
    const at = typeof url === 'string' ? url : await url()
    const own = await asked(rightful, at)
    expect([own.status, own.text]).toEqual([200, expect.stringMatching(shows)])
    expect((await asked(foreign, at)).text).not.toMatch(shows)
  })
})
