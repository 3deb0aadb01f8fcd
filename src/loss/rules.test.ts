import { expect, it } from 'vitest'
import { mayReportLost } from './rules.ts'

const moment = Temporal.Instant.from('2023-10-18T03:00:00Z')

it.each([
  ['the holder', { holds: true, reportedAt: null }, { ok: true, again: false }],
  ['the holder a second time', { holds: true, reportedAt: moment }, { ok: true, again: true }],
  ['somebody else', { holds: false, reportedAt: null }, { ok: false, refusal: 'not-your-card' }],
])('%s reports a card lost', (_, facts, answer) => {
  expect(mayReportLost(facts)).toMatchObject(answer)
})
