import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csie, people, type Student } from '../../test/people.ts'
import { colleague, given, openTrialDesk, passport, type TrialDesk } from './trial-desk.ts'
import { undoHandover } from './undo.ts'

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
}, 60_000)
afterAll(() => desk.campus.close())

interface Done {
  cardId: number
  at: string
}

/** A clerk of Computer Science hands the card over. */
async function handedOver(student: Student, change: Parameters<typeof given>[1] = {}): Promise<Done> {
  const reply = await desk.post(csie.id, given(student, change))
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json<Done>()
}
const undo = (who: string | null, { cardId, at }: Done, headers: Record<string, string> = {}) =>
  desk.send(who, '/desk/undone-handovers', { cardId, at, why: 'wrong-person' }, headers)
const last = async (who = csie.id) =>
  (await desk.send(who, '/desk/handovers')).json<{
    handovers: { studentNumber: string; undoneAt: string | null; undoUntil: string | null }[]
  }>().handovers
const rows = async (text: string, ...values: readonly (number | string)[]) =>
  (await desk.campus.owner.pool.query(text, [...values])).rows as Record<string, unknown>[]

describe('a handover that is undone', () => {
  it('is kept with its signature, its clerk, who undid it and why; the card lies there as before', async () => {
    const { aEarly } = people
    const done = await handedOver(aEarly, {
      signature: { manner: 'typed', picture: 'Sample Student A01', language: 'en' },
    })
    const [signed] = await rows(
      'select picture, bound_hash, erase_on from signature where card_id = $1',
      done.cardId,
    )
    expect((await last())[0]).toMatchObject({ studentNumber: aEarly.number, undoneAt: null })
    const undone = await undo(csie.id, done)
    expect(undone.json()).toMatchObject({ box: 'C-02' })
    expect(await desk.handoversOf(aEarly)).toEqual([])
    expect(
      await rows(
        `select clerk, counter, evidence, undone_by, why, at = $$${done.at}$$ as same,
           undone_signature.picture, bound_hash, erase_on
         from undone_handover u join undone_signature on undone_id = u.id where u.card_id = $1`,
        done.cardId,
      ),
    ).toEqual([
      {
        ...signed,
        clerk: csie.id,
        counter: 'dept-csie',
        evidence: { 'old-card': 'read' },
        undone_by: 'desk:desk-csie',
        why: 'wrong-person',
        same: true,
      },
    ])
    expect(await rows('select 1 from signature where card_id = $1', done.cardId)).toEqual([])
    const [listed] = await last()
    expect(listed).toMatchObject({ studentNumber: aEarly.number, undoUntil: null })
    expect(listed!.undoneAt).not.toBeNull()
    const letters = await rows(
      `select kind, body from message where person_id = (select made_for from card where id = $1) order by id`,
      done.cardId,
    )
    expect(letters.map(({ kind }) => kind)).toEqual(['card-handed-over', 'handover-undone'])
    expect(letters[1]!.body).toMatch(/領取紀錄（卡號末四碼 0141）.*撤銷/u)
    expect((await desk.send(aEarly.number, '/me/card')).json()).not.toMatchObject({ next: 'activate' })

    // The card goes to its holder after all, and that one may be undone as well.
    const again = await handedOver(aEarly)
    expect(again.cardId).toBe(done.cardId)
    expect((await undo(csie.id, done)).json()).toMatchObject({ refusal: 'undone-already' })
    expect((await undo(csie.id, again)).statusCode).toBe(200)
  })

  it('gives a second person’s word back for as long as it is good; a live code stays used up', async () => {
    const { hNeither, bOnTheStroke } = people
    const question = await desk.asked(hNeither)
    await desk.answers(colleague.id, question, { confirmed: true, reason: null })
    const done = await handedOver(hNeither, { evidence: [passport] })
    expect((await undo(csie.id, done)).statusCode).toBe(200)
    expect(await handedOver(hNeither, { evidence: [passport] })).toMatchObject({ cardId: done.cardId })

    const proof = await desk.proofOf(bOnTheStroke)
    const evidence = [{ kind: 'app-proof', proof }] as const
    expect((await undo(csie.id, await handedOver(bOnTheStroke, { evidence }))).statusCode).toBe(200)
    expect((await desk.post(csie.id, given(bOnTheStroke, { evidence }))).json()).toMatchObject({
      refusal: 'proof-used',
    })
  })

  it('of a faulty card retires it: it waits for nobody, another one has to be made, and its holder is told so', async () => {
    const student = await desk.student('41047030S')
    const done = await handedOver(student)
    const undone = await desk.send(csie.id, '/desk/undone-handovers', {
      cardId: done.cardId,
      at: done.at,
      why: 'faulty',
    })
    expect(undone.json()).toMatchObject({ box: null, retired: true })
    expect(await rows('select retired_for from card where id = $1', done.cardId)).toEqual([
      { retired_for: 'damaged' },
    ])
    const [letter] = await rows(
      `select body from message where kind = 'handover-undone'
         and person_id = (select made_for from card where id = $1)`,
      done.cardId,
    )
    expect(letter!.body).toContain('已註銷，不能再領取')
    expect(letter!.body).not.toContain('仍等您領取')
    expect((await desk.post(csie.id, given(student))).json()).toMatchObject({
      refusal: 'card-misprinted',
    })
    const view = await desk.send(csie.id, '/desk/look-up', {
      scan: student.number,
      beside: { studentNumber: null, chip: null, evidence: [] },
    })
    expect(view.json()).toMatchObject({
      person: { eligible: false, lies: null, eligibility: { en: expect.stringContaining('made again') } },
    })
  })

  it('makes a proxy’s code good again, and tells them', async () => {
    const { cDuringTheRun } = people
    const proxy = { name: 'Example Proxy', email: 'proxy@example.org', language: 'en' }
    const { code } = (await desk.send(cDuringTheRun.number, '/me/proxy', proxy)).json<{ code: string }>()
    const documents = [
      { kind: 'document', evidence: 'proxy-id', documentKind: 'passport' },
      { kind: 'document', evidence: 'authorization', documentKind: null },
      { kind: 'document', evidence: 'holder-id', documentKind: null },
    ] as const
    const byProxy = {
      evidence: [{ kind: 'proxy-code', code: code.slice(3).replaceAll('-', '') }, ...documents],
      signature: { manner: 'typed', picture: 'Example Proxy', language: 'en' },
    } as const
    const done = await handedOver(cDuringTheRun, byProxy)
    expect((await undo(csie.id, done)).statusCode).toBe(200)
    const told = await desk.campus.owner.pool.query<{ kind: string }>(
      `select kind from message where recipient = 'proxy@example.org' order by id`,
    )
    expect(told.rows.map(({ kind }) => kind)).toEqual(['proxy-invited', 'proxy-used', 'proxy-again'])
    const again = await handedOver(cDuringTheRun, byProxy)
    expect(again).toMatchObject({ cardId: done.cardId })
    // Of a faulty card there is nothing to collect yet: the code is good for the next one, and nobody is sent to the desk.
    const { cardId, at } = again
    await desk.send(csie.id, '/desk/undone-handovers', { cardId, at, why: 'faulty' })
    const [live] = await rows('select ended_at from proxy_authorization order by id desc limit 1')
    expect(live).toEqual({ ended_at: null })
    const letters = await rows(
      `select kind from message where kind = 'proxy-again' and recipient = 'proxy@example.org'`,
    )
    expect(letters).toHaveLength(1)
  })

  it('of a faulty blank says that their own card waits, and not that another one is made', async () => {
    const student = await desk.student('41047027S')
    await rows(
      `insert into card (edition, chip, printed_number, counter, stocked_at)
       select edition, decode('0A0B0C0D', 'hex'), '9' || substr(printed_number, 2), counter, stocked_at
       from card where chip = decode($1, 'hex')`,
      student.new,
    )
    const done = await handedOver({ ...student, new: '0A0B0C0D' })
    const { cardId, at } = done
    await desk.send(csie.id, '/desk/undone-handovers', { cardId, at, why: 'faulty' })
    const [letter] = await rows(
      `select m.body from message m join undone_handover u on u.person_id = m.person_id
       where m.kind = 'handover-undone' and u.card_id = $1`,
      cardId,
    )
    expect(letter!.body).toContain('已註銷，不能再領取。您自己的新卡仍等您領取')
  })
})

describe('a handover is not undone', () => {
  it('at another counter; by a colleague of the counter and by the office it is', async () => {
    const { dLosesCard } = people
    const done = await handedOver(dLosesCard)
    expect((await undo('desk-registry', done)).json()).toMatchObject({ refusal: 'undone-at-its-counter' })
    expect((await undo(dLosesCard.number, done)).statusCode).toBe(404)
    expect((await undo(null, done)).statusCode).toBe(401)
    expect((await undo(colleague.id, done)).statusCode).toBe(200)
    expect((await undo('office', await handedOver(dLosesCard))).statusCode).toBe(200)
  })

  it('twice at once: the second waits, and is told that it is done; the same key gets the same answer', async () => {
    const { eLastEvening } = people
    const done = await handedOver(eLastEvening)
    const { register } = desk.campus.gatehouse
    const asked = { cardId: done.cardId, at: Temporal.Instant.from(done.at), why: 'by-mistake' } as const
    const [held, undone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const first = register.act(csie, async act => {
      const answer = await undoHandover(act, asked)
      undone.resolve()
      await held.promise
      return answer
    })
    await undone.promise
    const second = register.act(colleague, act => undoHandover(act, asked))
    await desk.campus.someoneWaits().finally(() => held.resolve())
    expect(await first).toMatchObject({ ok: true })
    expect(await second).toMatchObject({ ok: false, refusal: 'undone-already' })

    const again = await handedOver(eLastEvening)
    const key = { 'idempotency-key': 'undo-1' }
    const replies = await Promise.all([1, 2, 3].map(() => undo(csie.id, again, key)))
    for (const reply of replies) expect(reply.body).toBe(replies[0]!.body)
    expect(replies[0]!.statusCode).toBe(200)
  })

  it('that was never done, or not at a desk', async () => {
    const { fNeverCame } = people
    const { rows: held } = await desk.campus.owner.pool.query<{ card_id: string; at: Date }>(
      `select card_id, at from handover where how = 'before-gatehouse' limit 1`,
    )
    const { at } = await handedOver(fNeverCame)
    expect((await undo(csie.id, { cardId: Number(held[0]!.card_id), at })).json()).toMatchObject({
      refusal: 'nothing-handed-over',
    })
    expect((await undo(csie.id, { cardId: 999_999_999, at })).json()).toMatchObject({
      refusal: 'nothing-handed-over',
    })
  })

  it('too late', async () => {
    const { gOnTheSecond } = people
    const done = await handedOver(gOnTheSecond)
    const until = (await last())[0]!.undoUntil!
    expect(Temporal.Instant.from(done.at).until(until).total('minutes')).toBe(2)
    const { zone } = { zone: 'Asia/Taipei' }
    await desk.campus.moveTo(
      Temporal.Instant.from(until).toZonedDateTimeISO(zone).toPlainDateTime().toString(),
    )
    const late = await undo(csie.id, done)
    expect(late.json()).toMatchObject({ refusal: 'undo-too-late' })
    expect(late.json<{ message: string }>().message).toContain('more than 2 minutes ago')
    expect((await last())[0]).toMatchObject({ undoUntil: null })
  })
})
