import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../../test/people.ts'
import { openTrialDesk, passport, type TrialDesk } from '../handover/trial-desk.ts'
import type { ViewReply } from './api.ts'
import type { Beside } from './look-up.ts'

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
}, 60_000)
afterAll(() => desk.campus.close())

const at = { studentNumber: people.aEarly.number, chip: people.aEarly.new }

/** What the desk answers when the clerk has seen something, with what lies there already. */
async function see(seen: object, beside: Partial<Beside> = {}, clerk = 'desk-csie') {
  const lies = { studentNumber: null, chip: null, evidence: [], ...beside }
  const reply = await desk.send(clerk, '/desk/look-up', { scan: null, seen, beside: lies })
  return { status: reply.statusCode, ...reply.json<ViewReply & { refusal?: string; message?: string }>() }
}

describe('what the clerk sees', () => {
  it('is laid beside what lies there; the same document of another kind takes its place', async () => {
    const first = await see(passport, at)
    expect(first).toMatchObject({ scanned: 'document', next: 'second-person', second: { state: 'to-ask' } })
    const other = await see({ ...passport, documentKind: 'national-id' }, { ...at, evidence: [passport] })
    expect(other.evidence).toMatchObject([{ documentKind: 'national-id', kindName: { en: 'national ID' } }])
    const both = await see({ kind: 'old-card-seen' }, { ...at, evidence: [passport] })
    expect(both).toMatchObject({ next: 'signature', second: null, offers: [], missing: null })
    expect(both.evidence).toHaveLength(2)
  })

  it('of the old card leaves what ran out behind', async () => {
    const stale = { kind: 'app-proof', proof: 'GH1.1.1.000000000000.x' } as const
    const view = await see({ kind: 'old-card-seen' }, { ...at, evidence: [stale] })
    expect(view.evidence).toMatchObject([{ kind: 'old-card-seen', holds: true }])
  })

  it.each<[string, object, Partial<Beside>, string, string]>([
    ['before anybody is there', passport, {}, 'person-first', 'who it is'],
    [
      'of a kind that nobody listed',
      { ...passport, documentKind: 'gym-card' },
      at,
      'document-unknown',
      'gym-card',
    ],
    [
      'of an old card that there is not',
      { kind: 'old-card-seen' },
      { studentNumber: '41200037E' },
      'no-old-card',
      'the proof of the health examination',
    ],
  ])('is refused %s', async (_, seen, beside, refusal, sentence) => {
    const answer = await see(seen, beside, beside.studentNumber === '41200037E' ? 'desk-registry' : undefined)
    expect(answer).toMatchObject({ status: 409, refusal })
    expect(answer.message).toContain(sentence)
  })

  it('helps nobody who cannot be served here: why not is said again, and nothing is offered', async () => {
    const answer = await see(passport, { studentNumber: people.onLeaveHeping.number }, 'desk-registry')
    expect(answer).toMatchObject({ status: 200, stop: { refusal: 'wait-until' }, offers: [], missing: null })
  })
})
