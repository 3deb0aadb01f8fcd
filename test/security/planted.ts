import { readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import { call, handOut, waitingStudents } from '../../src/access/trial.ts'
import { activateCard } from '../../src/activation/activate.ts'
import { uploadCards } from '../../src/card/trial-files.ts'
import { stockPool } from '../../src/loan/trial-pool.ts'
import { account, ask, holderOf, send } from '../../src/refund/trial-refunds.ts'
import { applied, begin, callback, freshNumber, post } from '../../src/reissue/trial-reissue.ts'
import { upload } from '../../src/roster/trial-uploads.ts'
import { RowId } from '../../src/server/ids.ts'
import { openCampus, projectFolder, type TestCampus } from '../campus.ts'
import { collect, people } from '../people.ts'
import { plantRows } from '../planted-rows.ts'
import { employ } from '../staff.ts'

/*
 * A campus in which everybody is a canary: names and addresses say whose they are, so that any answer tells of whom it speaks.
 * Something is planted of every kind that a route can be asked for.
 */

/** The campus, and under which ids each route finds what was planted. */
export interface Planted {
  campus: TestCampus
  /** What stands in a route's address, by the address itself ("photos/:id") or by the parameter alone (":serial"). */
  ids: Readonly<Record<string, string | number>>
  /** Somebody of whom something is planted nearly everywhere, and what they have. */
  victim: { number: string; personId: number; oldChip: string; newChip: string; digits: string }
  /** A student of whom nothing is planted, who asks for others' things. */
  stranger: string
  /** The last entry of the journal that planting made. */
  before: number
  close(): Promise<void>
}

/** Names and addresses that say whose they are; the names have a character that an old system's file cannot write. */
const canaries = `
  update person set name_zh = '金絲雀' || id || '堃', name_en = 'Canary ' || id || ' Sample', email = 'canary' || id || '@example.org'`

/** The photo of who has nearly everything planted: no picture, but bytes that are known again. */
export const pictureOfVictim = Buffer.alloc(200, 0xab)

const bytes = (byte: string) => `decode(repeat('${byte}', 200), 'hex')`

/** What is planted by rows: a photo that counts, one that waits, a pending question, a loan, a proxy, a phone. */
const rowsOf = (victim: number, others: readonly number[]) => `
  insert into photo (person_id, picture, width, height, file_hash, sent_by, taken_in_at, taken_in_by, accepted, answered_at, answered_by)
  values (${victim}, ${bytes('ab')}, 300, 400, sha256('a'), 'office', campus_now(), 'office:office', true, campus_now(), 'office:office');
  insert into photo (person_id, picture, width, height, file_hash, sent_by, taken_in_at, taken_in_by)
  values (${others[0]}, ${bytes('cd')}, 300, 400, sha256('b'), 'holder', campus_now(), 'student:${others[0]}');
  insert into identity_confirmation (person_id, counter, documents, asked_by, asked_at, good_until)
  values (${others[1]}, 'dept-csie', '{"id": null}', 'desk-csie', campus_now(), campus_now() + interval '10 minutes');
  insert into card_loan (card_id, person_id, reason, evidence, lent_at, lent_by, counter, last_day)
  select c.id, ${victim}, 'forgotten', '{"old-card": null}', campus_now() - interval '9 days', 'desk-csie', 'dept-csie', '2023-10-12'
  from card c where c.edition = 'temporary' order by c.id limit 1;
  insert into proxy_authorization (person_id, errand, proxy_name, proxy_email, language, nonce, code_hash, named_at, named_by, good_until)
  values (${victim}, 'first-card', 'Proxy Sample', 'proxy@example.org', 'en', decode(repeat('01', 16), 'hex'), sha256('p'),
          campus_now(), 'student:${victim}', campus_now() + interval '3 days');
  insert into push_device (person_id, place, service, endpoint, p256dh, auth, since)
  values (${victim}, 1, 'push.example.org', 'https://push.example.org/canary', decode(repeat('04', 65), 'hex'),
          decode(repeat('05', 16), 'hex'), campus_now());
  with l as (insert into look (at, actor, purpose, shown, people) values (campus_now(), 'office:office', 'lists', 'list', 2) returning id)
  insert into looked_at (look_id, person_id) select l.id, p from l, unnest(array[${victim}, ${others[0]}]) p;
  insert into correction_request (person_id, part, wrong, asked_at, due_on)
  values (${victim}, 'you', 'The name is misspelt', campus_now(), '2023-11-17');`

/** A route that tells anybody who is signed in of anybody: what a sweep must see. */
function addControl({ gatehouse, owner }: TestCampus): void {
  gatehouse.server.get(
    '/api/v1/control/people/:id',
    {
      config: { policy: 'signed-in', shows: 'nobody', scope: 'card:read' },
      schema: { params: Type.Object({ id: RowId }) },
    },
    request =>
      owner.db.selectFrom('person').select('name_zh').where('id', '=', request.params.id).executeTakeFirst(),
  )
}

/** A controller that has its cards and events, and one that does not answer, for which something is due. */
const doorsOf = (serial: number) => `
  insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at)
  select controller_id, number, '{1,1,1,1}', valid_from, valid_to, campus_now() from wanted where controller_id = ${serial}
  on conflict do nothing;
  insert into tap (controller_id, epoch, event_index, stored_at, happened_at, type, reason, granted, door, direction, number)
  select controller_id, 1, 2, '2023-10-18 11:00+8', '2023-10-18 10:59:58', 1, 1, true, 3, 1, min(number) from wanted
  where controller_id = ${serial} group by 1;
  insert into controller_survey (controller_id, asked_at, asked_by, began_at, ended_at, outcome, ours, different, missing, left_over, others)
  values (${serial}, '2023-10-18 09:00+8', 'access', '2023-10-18 09:00+8', '2023-10-18 10:00+8', 'complete', 1, 0, 0, 0, 0);
  insert into survey_card (survey_id, number, place, doors, valid_from, valid_to, with_pin, standing)
  select s.id, w.number, 1, '{1,0,0,0}', '2023-01-01', '2024-12-31', false, 'ours' from controller_survey s
  join (select min(number) as number from wanted where controller_id = ${serial}) w on true where s.controller_id = ${serial};
  insert into update_window (campus, on_date, at_time, starts_at, frozen_at, finished_at)
  values ('ntnu', '2023-10-18', '10:00', '2023-10-18 10:00+8', '2023-10-18 10:00+8', '2023-10-18 10:20+8');
  update wanted set carried_by = '2023-10-18 10:00+8' where controller_id = ${serial};
  update lane set silent_since = '2023-10-18 10:01+8' where controller_id = ${serial};`

/** A route that falls over some of what it is sent: what a fuzzer must see. */
function addFalling({ gatehouse }: TestCampus): void {
  const body = Type.Object({ text: Type.String() })
  gatehouse.server.post(
    '/api/v1/control/falls',
    { config: { policy: 'signed-in', shows: 'nobody' }, schema: { body } },
    request => {
      if (!/^[a-z0-9]*$/.test(request.body.text)) throw new Error('fell over')
      return {}
    },
  )
}

/** When things are planted. */
export const plantedFrom = '2023-10-18T11:00'

/** Opens the campus and plants; with a control, there is a route that leaks, or one that falls over. */
export async function openPlanted({ control = false, falls = false } = {}): Promise<Planted> {
  return plantIn(await openCampus({ from: plantedFrom }), { control, falls })
}

/** Plants in a campus that does not listen yet. */
export async function plantIn(campus: TestCampus, { control = false, falls = false } = {}): Promise<Planted> {
  if (control) addControl(campus)
  if (falls) addFalling(campus)
  const { pool } = campus.owner
  await stockPool(campus)
  await collect(campus, people.gOnTheSecond)
  const victim = { number: '41047001S', oldChip: '0E829B92', newChip: '4587F160', digits: '0141' }
  const personId = await campus.personId(victim.number)
  const others = await Promise.all(['41047002S', '41047003S'].map(number => campus.personId(number)))
  await pool.query(rowsOf(personId, others))

  // Money: an application that is open, one that is paid and disputed, one that is the issuer's.
  await applied(campus, freshNumber())
  const damaged = await applied(campus, freshNumber(), { reason: 'damaged' })
  await callback(campus, { id: await begin(campus, damaged) })
  await post(campus, '/api/v1/me/reissue/dispute', { said: 'The chip died' }, { who: damaged.number })
  await pool.query(
    `insert into repayment_question (reissue_id, amount, already, most, reason, asked_at, asked_by, last_day)
     values ($1, 200, 0, 100, 'Paid twice', campus_now(), 'office:office-2', '2024-12-31')`,
    [damaged.reissueId],
  )
  await ask(campus, await holderOf(campus, '41047004S'), account)
  await send(campus)
  await ask(campus, await holderOf(campus, '41047005S'), account)

  // Doors: a grant, and a card that changed.
  const [switched] = await waitingStudents(campus)
  const lab = 'csie-systems-lab'
  await call(campus, 'POST', `/doors/${lab}/grants`, { studentNumber: switched!.number })
  await handOut(campus, switched!)
  await campus.gatehouse.register.act({ kind: 'system', id: 'test' }, act =>
    activateCard(act, { personId: switched!.personId, lastDigits: switched!.digits }),
  )

  const spring = await readFile(`${projectFolder}examples/campus/roster-2024-02.csv`, 'utf8')
  const roster = await upload(campus, spring.replace('enrolled', 'nowhere'))
  const stock = await campus.gatehouse.server.inject({
    url: '/api/v1/cards/stock/export?format=csv',
    headers: { cookie: await campus.signIn('office') },
  })
  const cardFile = await uploadCards(campus, stock.rawPayload)
  const draft = await post(
    campus,
    '/api/v1/programme/drafts',
    { name: 'Spring', version: 1 },
    { who: 'office' },
  )
  const planted = await plantRows(pool)
  await pool.query(canaries)
  const { rows } = await pool.query<{ id: number; building: string; serial: number }>(
    `select d.controller_id as serial, c.building_zh as building from door d join controller c on c.id = d.controller_id where d.id = $1`,
    [lab],
  )
  const { building, serial } = rows[0]!
  await pool.query(doorsOf(serial))
  await employ(
    campus.owner.db,
    { id: 'keeper-here', role: 'access', buildings: [building] },
    { id: 'owner-elsewhere', role: 'owner', doors: ['library-stacks'] },
  )
  const one = async (sql: string): Promise<number> =>
    (await pool.query<{ id: number }>(`select (${sql})::int as id`)).rows[0]!.id
  const grant = await one(`select max(id) from individual_grant where door_id = '${lab}'`)
  return {
    campus,
    victim: { ...victim, personId },
    stranger: '41047006S',
    before: await one('select max(id) from journal'),
    ids: {
      'roster/uploads/:id': roster.body.uploadId,
      'cards/files/:id': cardFile.body.uploadId,
      'programme/drafts/:id': Number((draft.body as { draftId?: number }).draftId),
      'programme/versions/:version': 1,
      'photos/:id': await one(`select min(id) from photo`),
      'cards/:id': await one(`select id from card where made_for = ${personId} and edition = '4k-centenary'`),
      'handovers/:card': await one(`select max(card_id) from handover where how = 'desk'`),
      'confirmations/:id': await one('select max(id) from identity_confirmation'),
      'desk/loans/:id': await one('select max(id) from card_loan'),
      'desk/batches/:id': planted.batch,
      'overview/letters/:id': planted.letter,
      'production/batches/:id': planted.ordered,
      'doors/:id': lab,
      'my-doors/:id': lab,
      'door-tasks/:id': await one('select max(id) from door_task'),
      'reissues/:id': damaged.reissueId,
      'repayments/:id': await one('select max(id) from repayment_question'),
      'corrections/:id': await one(`select max(id) from correction_request where person_id = ${personId}`),
      'refunds/files/:id': await one('select coalesce(max(id), 1) from issuer_file'),
      'loss-files/:id': 1,
      'people/:id': personId,
      'looks/:id': await one(`select max(id) from look where people = 2 and actor = 'office:office'`),
      'control/people/:id': personId,
      'me/devices/:id': await one('select max(id) from push_device'),
      'guards/:id': 1,
      'access-groups/:id': 'library',
      'me/extras/:item': 'individual-access',
      ':account': 'office-2',
      ':role': await one(`select id from staff_role where staff_id = 'office-2'`),
      ':grant': grant,
      ':person': personId,
      ':serial': serial,
      ':cohort': 'entered-before-2023',
      ':day': '2023-10-18',
      ':on': '2023-10-18',
      ':name': 'any',
      ':id': 1,
    },
    close: () => campus.close(),
  }
}
