import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activateCard } from '../src/activation/activate.ts'
import { beginDate } from '../src/app/boundaries.ts'
import { campusClock } from '../src/app/clock.ts'
import { follow } from '../src/app/followers.ts'
import { eligibilityOf } from '../src/eligibility/store.ts'
import { sayEligibility } from '../src/eligibility/words.ts'
import { answerSecondPerson, askSecondPerson } from '../src/handover/confirm.ts'
import { handOver } from '../src/handover/hand-over.ts'
import { makeProof } from '../src/handover/proof.ts'
import type { Keys } from '../src/lib/keys.ts'
import { reportLost } from '../src/loss/report-lost.ts'
import { editionIssuedOn, feeFor } from '../src/programme/rules.ts'
import { programmeInForce } from '../src/programme/store.ts'
import { applyRoster, uploadRoster } from '../src/roster/import.ts'
import { personByNumber } from '../src/roster/store.ts'
import { type Actor, openRegister, type Register } from '../src/server/register.ts'
import { campusTime, openCampus, projectFolder, type TestCampus } from './campus.ts'
import { Doors, type ForeignCard, foreignCardsHeld, plantForeignCards } from './doors.ts'
import { people, type Student } from './people.ts'

/*
 * The notice, walked point by point, from the registrar's roster to the controllers' own lists. It reads from top
 * to bottom like the autumn and winter it tells of; every step builds on the ones before it. The doors are
 * emulated controllers in a process of their own, spoken to over UDP, and it is they that are asked who may enter,
 * not our database.
 */

let campus: TestCampus
let doors: Doors
let planted: ForeignCard[]
let register: Register

const desk: Actor = { kind: 'desk', id: 'desk-csie', counter: 'dept-csie' }
const office: Actor = { kind: 'office', id: 'office' }
const studentActor = (personId: number): Actor => ({ kind: 'student', id: String(personId), personId })
const witnessed = { manner: 'witnessed', picture: '', language: 'en' } as const
const proofKeys: Keys = [Buffer.alloc(32, 9)]

/** The register at an exact moment that is told, for the strokes of the hour that no clock hits. */
const registerAt = (local: string): Register =>
  openRegister(
    campus.gatehouse.database,
    {
      ...campusClock,
      async actMoment(trx) {
        await campusClock.actMoment(trx)
        return campusTime(local)
      },
    },
    follow,
  )

async function collect(student: Student, clerk: Actor = desk) {
  return register.act(clerk, act =>
    handOver(
      act,
      {
        studentNumber: student.number,
        chip: student.new,
        evidence: [{ kind: 'old-card', chip: student.old }],
        signature: witnessed,
      },
      proofKeys,
    ),
  )
}

async function activate(student: Student, at: Register = register) {
  const personId = await campus.personId(student.number)
  return at.act(studentActor(personId), act => activateCard(act, { personId, lastDigits: student.digits }))
}

async function told(student: Student) {
  return register.look(office, async act => {
    const person = await personByNumber(act, student.number)
    const { decision, programme } = await eligibilityOf(act, person!)
    return { decision, sentence: sayEligibility(decision, programme, 'en') }
  })
}

/** Which of a student's two cards open a door: "old", "new", "both" or "neither". */
async function opener(door: string, student: Student): Promise<string> {
  const old = await doors.opens(door, student.old)
  const fresh = await doors.opens(door, student.new)
  return old && fresh ? 'both' : old ? 'old' : fresh ? 'new' : 'neither'
}

const local = (instant: Temporal.Instant | null | undefined): string | null =>
  instant?.toZonedDateTimeISO('Asia/Taipei').toPlainDateTime().toString({ smallestUnit: 'minute' }) ?? null

beforeAll(async () => {
  campus = await openCampus({ doors: process.env.JOURNEY_DOORS ?? '127.62.1', from: '2023-10-16T09:00' })
  register = campus.gatehouse.register
  doors = await Doors.of(campus.owner, campus.emulator!)
  planted = await plantForeignCards(campus.emulator!)
  await campus.moveTo('2023-10-16T10:00')
  await campus.settle()
  const switching = [people.aEarly, people.bOnTheStroke, people.cDuringTheRun, people.eLastEvening]
  await campus.emulator!.watch(
    switching.flatMap(({ old, new: fresh }) =>
      ['gate-main', 'gym-entrance', 'gongguan-gate'].map(door => ({
        old: doors.numberAt(door, old),
        new: doors.numberAt(door, fresh),
      })),
    ),
  )
}, 120_000)
afterAll(() => campus.close())

describe('before anybody changes cards', () => {
  it('the roster is in, and the old cards open the doors of their holders', async () => {
    expect(await opener('gate-main', people.aEarly)).toBe('old')
    expect(await opener('hall-7-entrance', people.aEarly)).toBe('old')
    expect(await opener('hall-1-entrance', people.aEarly)).toBe('neither')
  })

  it('the staff cards of another system stand beside them, untouched', async () => {
    expect(planted.length).toBeGreaterThan(200)
    expect(await foreignCardsHeld(campus.emulator!, planted)).toEqual(planted)
  })
})

describe('points 2, 3 and 8: who gets a card, where and when', () => {
  it('a 2023 freshman has the card from the health examination and needs no other', async () => {
    const { decision, sentence } = await told(people.freshman)
    expect(decision).toMatchObject({ ok: false, refusal: 'has-card-already' })
    expect(sentence).toContain('no need to get another one')
  })

  it('a freshman who missed the health examination is sent to a counter with what to bring', async () => {
    const { decision } = await told(people.freshmanWhoMissed)
    expect(decision).toMatchObject({ ok: true, where: ['registry'] })
  })

  it('who entered before 2023 gets one free of charge at the own department', async () => {
    const { decision } = await told(people.aEarly)
    expect(decision).toMatchObject({ ok: true, where: ['dept-csie'] })
    const fee = await register.look(office, async act =>
      feeFor(await programmeInForce(act), 'exchange', Temporal.PlainDate.from('2023-10-18')),
    )
    expect(fee).toMatchObject({ ok: true, fee: { amount: 0 } })
  })

  it('who is on leave waits until 1 March and is told which office', async () => {
    const { decision, sentence } = await told(people.onLeaveGongguan)
    expect(decision).toMatchObject({ ok: false, refusal: 'wait-until', facts: { from: '2024-03-01' } })
    expect(sentence).toContain('1 March 2024')
    expect(decision.ok ? [] : decision.errand.where).toEqual(['gongguan-academic', 'registry'])
  })
})

describe('point 4: identity, signature, the card', () => {
  it('the wrong card is not handed over, however much it is wanted', async () => {
    const wrong = { ...people.aEarly, new: people.bOnTheStroke.new }
    expect(await collect(wrong)).toMatchObject({ ok: false, refusal: 'another-persons-pack' })
  })

  it('the old card serves as proof, the student signs, and keeps the old card', async () => {
    expect(await collect(people.aEarly)).toMatchObject({ ok: true })
    const signatures = await campus.owner.db.selectFrom('signature').selectAll().execute()
    expect(signatures).toHaveLength(1)
    expect(await opener('gate-main', people.aEarly)).toBe('old')
  })

  it('the app’s live proof serves as well, once', async () => {
    const student = people.bOnTheStroke
    const personId = await campus.personId(student.number)
    const given = await register.act(desk, act => {
      const proof = makeProof(proofKeys, { personId, now: act.now, lifetimeSeconds: 60 })
      const evidence = [{ kind: 'app-proof', proof } as const]
      const shown = { studentNumber: student.number, chip: student.new, evidence, signature: witnessed }
      return handOver(act, shown, proofKeys)
    })
    expect(given).toMatchObject({ ok: true })
  })

  it('who has neither card nor phone shows an identity document, and a second person confirms it', async () => {
    const student = people.hNeither
    const evidence = [{ kind: 'document', evidence: 'id-document', documentKind: 'passport' } as const]
    const shown = { studentNumber: student.number, chip: student.new, evidence, signature: witnessed }
    const alone = await register.act(desk, act => handOver(act, shown, proofKeys))
    expect(alone).toMatchObject({ ok: false, refusal: 'second-person-missing' })
    const asked = await register.act(desk, act => askSecondPerson(act, shown, proofKeys))
    const id = asked.ok ? asked.confirmation : 0
    const yes = { confirmed: true, reason: null }
    expect(await register.act(desk, act => answerSecondPerson(act, id, yes))).toMatchObject({ ok: false })
    expect(await register.act(office, act => answerSecondPerson(act, id, yes))).toMatchObject({ ok: true })
    expect(await register.act(desk, act => handOver(act, shown, proofKeys))).toMatchObject({ ok: true })
  })

  it('nobody collects twice', async () => {
    expect(await collect(people.aEarly)).toMatchObject({ ok: false, refusal: 'already-collected' })
  })

  it('a card that was only collected opens nothing', async () => {
    expect(await doors.opens('gate-main', people.aEarly.new)).toBe(false)
  })
})

describe('points 5 and 9: activated at 11:00', () => {
  it('is promised: the old card until 15:00, the new one by 16:00 at the latest', async () => {
    await campus.moveTo('2023-10-18T10:00')
    await campus.settle()
    await campus.moveTo('2023-10-18T11:00')
    const activated = await activate(people.aEarly)
    expect(activated).toMatchObject({ ok: true, again: false })
    if (!activated.ok) return
    expect(local(activated.promise.carriedBy)).toBe('2023-10-18T15:00')
    expect(local(activated.promise.oldUntil)).toBe('2023-10-18T15:00')
    expect(local(activated.promise.newFrom)).toBe('2023-10-18T16:00')
  })

  it('a second tap changes nothing and promises the same', async () => {
    expect(await activate(people.aEarly)).toMatchObject({ ok: true, again: true })
  })

  it('until 15:00 the old card opens, and the new one does not', async () => {
    await campus.settle()
    expect(await opener('gate-main', people.aEarly)).toBe('old')
    await campus.moveTo('2023-10-18T14:59')
    await campus.settle()
    expect(await opener('gate-main', people.aEarly)).toBe('old')
  })

  it('an activation on the very stroke of 15:00 waits for the next update', async () => {
    const activated = await activate(people.bOnTheStroke, registerAt('2023-10-18T15:00:00.000'))
    expect(activated.ok && local(activated.promise.carriedBy)).toBe('2023-10-19T01:00')
  })

  it('an activation at 15:20, while the update runs, waits for 01:00 of the next day', async () => {
    await collect(people.cDuringTheRun)
    await campus.emulator!.faults(423100001, { serviceMs: 40 })
    await campus.moveTo('2023-10-18T15:00')
    const running = campus.settle()
    await campus.moveTo('2023-10-18T15:20')
    const activated = await activate(people.cDuringTheRun)
    await running
    await campus.emulator!.faults(423100001, { serviceMs: 0 })
    expect(activated.ok && local(activated.promise.carriedBy)).toBe('2023-10-19T01:00')
  })

  it('after the 15:00 update the new card opens, and the old one does not', async () => {
    for (const door of ['gate-main', 'gym-entrance', 'gongguan-gate', 'science-entrance', 'hall-7-entrance'])
      expect([door, await opener(door, people.aEarly)]).toEqual([door, 'new'])
  })

  it('those of 15:00:00.000 and 15:20 still open with the old card', async () => {
    expect(await opener('gate-main', people.bOnTheStroke)).toBe('old')
    expect(await opener('gate-main', people.cDuringTheRun)).toBe('old')
  })

  it('and with the new one after 01:00 of the next day', async () => {
    await campus.moveTo('2023-10-19T00:59')
    await campus.settle()
    expect(await opener('gate-main', people.bOnTheStroke)).toBe('old')
    await campus.moveTo('2023-10-19T01:00')
    await campus.settle()
    expect(await opener('gate-main', people.bOnTheStroke)).toBe('new')
    expect(await opener('gate-main', people.cDuringTheRun)).toBe('new')
  })
})

describe('point 9, on the second', () => {
  it('the update waits for an activation that is still being written, and carries it', async () => {
    const student = people.gOnTheSecond
    await collect(student)
    await campus.moveTo('2023-10-19T09:59:58')
    let finishWriting = () => {}
    const writing = new Promise<void>(resolve => {
      finishWriting = resolve
    })
    const personId = await campus.personId(student.number)
    const activation = register.act(studentActor(personId), async act => {
      const done = await activateCard(act, { personId, lastDigits: student.digits })
      await writing
      return done
    })
    await campus.timetable('held')
    await campus.untilCampusTime('2023-10-19T10:00')
    const update = campus.settle()
    await campus.timetable('awaited').finally(finishWriting)
    const activated = await activation
    await update
    expect(activated.ok && local(activated.promise.carriedBy)).toBe('2023-10-19T10:00')
    const owed = await campus.owner.db
      .selectFrom('window_lane')
      .select('owed')
      .where('starts_at', '=', campusTime('2023-10-19T10:00'))
      .where('controller_id', '=', 423100001)
      .executeTakeFirstOrThrow()
    expect(owed.owed).toBe(2)
    expect(await opener('gate-main', student)).toBe('new')
  })
})

describe('a lost card does not wait for an update', () => {
  it('is refused within the moment at every controller that answers, and the silent one is known', async () => {
    const lost = people.dLosesCard
    await campus.emulator!.faults(423100007, { silent: true })
    await campus.moveTo('2023-10-19T11:30')
    const personId = await campus.personId(lost.number)
    const card = await campus.owner.db
      .selectFrom('handover')
      .select('card_id')
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow()
    const reported = await register.act(studentActor(personId), act =>
      reportLost(act, { personId, cardId: card.card_id }),
    )
    expect(reported).toMatchObject({ ok: true })
    await campus.settle()
    expect(await doors.opens('gate-main', lost.old)).toBe(false)
    expect(await doors.opens('hall-7-entrance', lost.old)).toBe(false)
    expect(await doors.opens('gym-entrance', lost.old)).toBe(true)
    const silent = await campus.owner.db
      .selectFrom('lane')
      .select('controller_id')
      .where('silent_since', 'is not', null)
      .execute()
    expect(silent).toEqual([{ controller_id: 423100007 }])
  })

  it('and is refused there too, as soon as it answers again', async () => {
    await campus.emulator!.faults(423100007, { silent: false })
    await campus.rested()
    await campus.settle()
    expect(await doors.opens('gym-entrance', people.dLosesCard.old)).toBe(false)
  })
})

describe('point 10: what does not move', () => {
  it('the laboratory opened for the old card by name; it does not for the new one', async () => {
    expect(await doors.opens('science-entrance', people.aEarly.new)).toBe(true)
    expect(await doors.opens('csie-systems-lab', people.aEarly.new)).toBe(false)
  })

  it('the student is told of it, with its owner, beside the commuter pass and the National Library', async () => {
    const reply = await campus.gatehouse.server.inject({
      url: '/api/v1/me/extras',
      headers: { cookie: await campus.signIn(people.aEarly.number), 'accept-language': 'en' },
    })
    expect(reply.statusCode).toBe(200)
    for (const said of ['Systems laboratory', 'Lab Keeper D', 'ommuter pass', 'National', 'Library'])
      expect(reply.body).toContain(said)
  })
})

describe('points 6, 7 and 8: the last days', () => {
  it('reissues are the centenary edition only, from now on', async () => {
    const editions = await register.look(office, async act => {
      const programme = await programmeInForce(act)
      return ['2023-10-18', '2024-03-01', '2026-09-01'].map(
        on => editionIssuedOn(programme, Temporal.PlainDate.from(on))?.id,
      )
    })
    expect(editions).toEqual(['4k-centenary', '4k-centenary', '4k-centenary'])
  })

  it('activated at 20:00 on the last evening: the new card opens at once, the old one until midnight', async () => {
    await campus.moveTo('2024-02-29T15:00')
    await campus.settle()
    await collect(people.eLastEvening)
    await campus.moveTo('2024-02-29T20:00')
    const activated = await activate(people.eLastEvening)
    expect(activated).toMatchObject({ ok: true, promise: { atOnce: true } })
    expect(activated.ok && local(activated.promise.oldUntil)).toBe('2024-03-01T00:00')
    await campus.settle()
    expect(await opener('gate-main', people.eLastEvening)).toBe('both')
  })

  it('before midnight every old card in use still opens the gate', async () => {
    await campus.emulator!.setClock('2024-02-29T23:59:30')
    expect(await doors.opens('gate-main', people.fNeverCame.old)).toBe(true)
  })

  it('on 1 March no old card opens anything, although the server has been off since February', async () => {
    await campus.emulator!.setClock('2024-03-01T00:00:05')
    const old = await campus.owner.db
      .selectFrom('card')
      .innerJoin('card_number', 'card_number.card_id', 'card.id')
      .innerJoin('controller', 'controller.number_format', 'card_number.format')
      .select(['controller.id', 'card_number.number'])
      .where('card.edition', '=', 'easycard')
      .where('controller.id', 'in', [423100001, 423100007, 423100010])
      .execute()
    expect(old.length).toBeGreaterThan(2500)
    const opened: string[] = []
    for (const { id, number } of old)
      if ((await campus.emulator!.swipe(id, number, 1)).granted) opened.push(`${id} ${number}`)
    expect(opened).toEqual([])
  })

  it('and nobody who activated on the last evening stands outside', async () => {
    for (const door of ['gate-main', 'gym-entrance', 'hall-7-entrance'])
      expect([door, await opener(door, people.eLastEvening)]).toEqual([door, 'new'])
  })

  it('with the server back, the ended cards are also taken off the controllers’ lists', async () => {
    await campus.moveTo('2024-03-01T00:10')
    await beginDate(register, 'Asia/Taipei')
    await campus.moveTo('2024-03-01T01:00')
    await campus.settle()
    const held = await doors.numbersAt('gate-main')
    expect(held.has(doors.numberAt('gate-main', people.fNeverCame.old))).toBe(false)
    expect(held.has(doors.numberAt('gate-main', people.eLastEvening.new))).toBe(true)
  })

  it('who was on leave and is back collects at the office from 1 March, and enters after the next update', async () => {
    await importRoster('roster-2024-02.csv')
    const student = people.onLeaveGongguan
    expect((await told(student)).decision).toMatchObject({ ok: true, where: ['gongguan-academic'] })
    await campus.moveTo('2024-03-04T10:30')
    const counter: Actor = { kind: 'desk', id: 'desk-gongguan', counter: 'gongguan-academic' }
    expect(await collect(student, counter)).toMatchObject({ ok: true })
    expect(await activate(student)).toMatchObject({ ok: true })
    await campus.moveTo('2024-03-04T15:00')
    await campus.settle()
    expect(await opener('gate-main', student)).toBe('new')
  })
})

describe('throughout', () => {
  it('nobody ever had neither card on a controller', async () => {
    const watched = await campus.emulator!.watched()
    expect(watched.checks).toBeGreaterThan(50)
    expect(watched.violations).toBe(0)
  })

  it('the staff cards of the other system are as they were', async () => {
    expect(await foreignCardsHeld(campus.emulator!, planted)).toEqual(planted)
  })
})

async function importRoster(name: string): Promise<void> {
  const file = await readFile(`${projectFolder}examples/campus/${name}`)
  const applied = await register.act(office, async act => {
    const uploaded = await uploadRoster(act, { fileName: name, file })
    if (!uploaded.ok) return uploaded
    const { uploadId, seal } = uploaded.preview
    return applyRoster(act, { uploadId, seal })
  })
  expect(applied).toMatchObject({ ok: true })
}
