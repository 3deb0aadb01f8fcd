import { describe, expect, it } from 'vitest'
import {
  type CardAtDoor,
  type WhyFacts,
  type WhyReason,
  whyOfCard,
  whyReasons,
  whyRefused,
} from './why-rules.ts'

const at = (text: string) => Temporal.Instant.from(`2023-10-18T${text}+08:00`)
const day = (text: string) => Temporal.PlainDate.from(text)
const before = at('08:00')
const window = { startsAt: at('15:00'), endsBy: at('16:00') }
const days = { from: day('2021-09-01'), to: day('2024-02-29') }

const right: CardAtDoor = {
  lostAt: null,
  retiredAt: null,
  replacedAt: null,
  pausedAt: null,
  use: { until: Temporal.Instant.from('2024-02-29T16:00:00Z') },
  number: 4587,
  opens: true,
  grantedElsewhere: null,
  decided: { opens: true, ...days, due: true, startsAt: before, endsBy: at('09:00') },
  held: { opens: true, ...days, confirmedAt: before, verifiedAt: at('08:01') },
  answer: null,
}
const campus: WhyFacts = {
  now: at('11:00'),
  today: day('2023-10-18'),
  enrolled: true,
  waitsAt: null,
  controller: {
    silentSince: null,
    running: null,
    heldBackSince: null,
    clock: { unset: false, setAt: before },
    numberFormat: 'w34-last4',
  },
}
const controller = (change: Partial<WhyFacts['controller']>) => ({
  controller: { ...campus.controller, ...change },
})

/** Every reason by the change that brings it, in the contracted order; later changes stay in force before earlier ones. */
const ladder: [WhyReason, Partial<CardAtDoor>, Partial<WhyFacts>][] = [
  ['clock-unset', {}, controller({ clock: { unset: true, setAt: null } })],
  ['not-verified', { held: { ...right.held!, verifiedAt: null } }, {}],
  ['not-confirmed', { held: null }, {}],
  ['rejected', { answer: { answer: 'rejected', since: before } }, {}],
  ['taken', { answer: { answer: 'taken', since: before } }, {}],
  ['full', { answer: { answer: 'full', since: before } }, {}],
  ['window-running', { answer: null }, controller({ running: window })],
  ['silent', {}, controller({ running: window, silentSince: before })],
  ['window-to-come', { decided: { ...right.decided!, due: false, ...window } }, {}],
  ['held-back', {}, controller({ heldBackSince: before })],
  ['not-decided', { decided: null }, {}],
  ['nothing-opens', { opens: false }, {}],
  ['grant-stays-behind', { grantedElsewhere: { owner: 'Laboratory' } }, {}],
  ['no-number', { number: null }, {}],
  ['paused', { pausedAt: before }, {}],
  ['access-ended', { use: { until: before } }, {}],
  ['not-activated', { use: null }, {}],
  ['replaced', { replacedAt: before }, {}],
  ['retired', { retiredAt: before }, {}],
  ['lost', { lostAt: before }, {}],
  ['not-enrolled', {}, { enrolled: false }],
]

describe('why a door refuses a card', () => {
  it('opens where everything is as it should be, by that number', () => {
    expect(whyOfCard(right, campus)).toEqual({ ok: true, number: 4587, numberFormat: 'w34-last4' })
  })

  it('is the first reason of the order, however many others apply', () => {
    let card = right
    let facts = campus
    const told = ladder.map(([, ofCard, ofFacts]) => {
      card = { ...card, ...ofCard }
      facts = { ...facts, ...ofFacts }
      const verdict = whyOfCard(card, facts)
      return verdict.ok ? 'opens' : verdict.refusal
    })
    expect(told).toEqual(ladder.map(([reason]) => reason))
    const inOrder = told.toReversed().map(reason => whyReasons.indexOf(reason as WhyReason))
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
  })

  it.each<[string, WhyReason | 'opens', Partial<CardAtDoor>, Partial<WhyFacts>]>([
    ['on its last day it opens', 'opens', {}, { today: day('2024-02-29') }],
    [
      'an old card that goes on, since the new one was lost in time, opens',
      'opens',
      { replacedAt: before },
      {},
    ],
    ['the day after, its days are over', 'days-over', {}, { today: day('2024-03-01') }],
    ['the day before its first, they have not begun', 'days-not-begun', {}, { today: day('2021-08-31') }],
    [
      'the end of access is asked of the moment: at the stroke it has ended',
      'access-ended',
      {},
      { now: Temporal.Instant.from('2024-02-29T16:00:00Z') },
    ],
    [
      'what opens by an older record opens, whatever a window to come changes about it',
      'opens',
      { decided: { ...right.decided!, due: false, ...window } },
      {},
    ],
    [
      'a record that opens other doors there does not open this one',
      'not-confirmed',
      { held: { ...right.held!, opens: false } },
      {},
    ],
    [
      'what was decided does not open this door, though it should: that is nobody’s fault but ours',
      'not-decided',
      { held: null, decided: { ...right.decided!, opens: false } },
      {},
    ],
    [
      'an answer to this card counts while the update goes on',
      'full',
      { held: null, answer: { answer: 'full', since: before } },
      controller({ running: window }),
    ],
    [
      'a silent controller that confirmed the card before still opens it',
      'opens',
      {},
      controller({ silentSince: before }),
    ],
  ])('%s', (_, expected, card, facts) => {
    const verdict = whyOfCard({ ...right, ...card }, { ...campus, ...facts })
    expect(verdict.ok ? 'opens' : verdict.refusal).toBe(expected)
  })

  it('says of a card that ended whether the door still opens to it', () => {
    expect(whyOfCard({ ...right, lostAt: before }, campus)).toMatchObject({ facts: { still: true } })
    const gone = { ...right, lostAt: before, held: { ...right.held!, opens: false } }
    expect(whyOfCard(gone, campus)).toMatchObject({ facts: { still: false } })
  })
})

describe('why a door refuses a person', () => {
  const replaced = { ...right, replacedAt: before, use: { until: before } }
  const planned = { ...right, held: null, decided: { ...right.decided!, due: false, ...window } }

  it('is what the card says that comes furthest; the newer of two that come as far', () => {
    expect(whyRefused([planned, replaced], campus)).toMatchObject({
      card: 0,
      verdict: { refusal: 'window-to-come' },
    })
    expect(whyRefused([{ ...right, use: null }, right], campus)).toMatchObject({
      card: 1,
      verdict: { ok: true },
    })
    expect(whyRefused([replaced, replaced], campus)).toMatchObject({ card: 0 })
  })

  it('is what ended the newest of cards that are over', () => {
    const lost = { ...right, lostAt: before }
    expect(whyRefused([lost, replaced], campus)).toMatchObject({ card: 0, verdict: { refusal: 'lost' } })
    expect(whyRefused([lost, { ...right, use: null }], campus)).toMatchObject({
      verdict: { refusal: 'not-activated' },
    })
  })

  it('without a card says where one waits, but not to whom is not enrolled', () => {
    const waiting = { ...campus, waitsAt: 'Computer Science' }
    expect(whyRefused([], waiting)).toMatchObject({
      card: null,
      verdict: { refusal: 'no-card', facts: { waitsAt: 'Computer Science' } },
    })
    expect(whyRefused([], { ...waiting, enrolled: false })).toMatchObject({
      verdict: { refusal: 'not-enrolled' },
    })
  })

  it('every reason is reached by some card', () => {
    const others: WhyReason[] = ['no-card', 'days-not-begun', 'days-over']
    expect([...ladder.map(([reason]) => reason), ...others].toSorted()).toEqual(whyReasons.toSorted())
  })
})
