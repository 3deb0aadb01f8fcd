import { describe, expect, it } from 'vitest'
import { copiesADay, mayCopy } from './rules.ts'

const hour = (at: number) => Temporal.Instant.from(`2023-10-18T${String(at).padStart(2, '0')}:30:00Z`)
/** So many copies within the day, an hour apart, the newest first. */
const copies = (many: number) => Array.from({ length: many }, (_, at) => hour(10 - at))

describe('another copy of what is kept of somebody', () => {
  it.each([
    ['made never', 0],
    ['made once', 1],
    ['made one less than so often', copiesADay - 1],
  ])('is made where it was %s', (_, many) => {
    expect(mayCopy(copies(many), 'Asia/Taipei')).toEqual({ ok: true })
  })

  it.each([
    ['so often', copiesADay, '2023-10-19T14:31'],
    // The fifth newest counts: until it is a day old there are five within the day.
    ['more often', copiesADay + 2, '2023-10-19T14:31'],
  ])('is refused where it was made %s, with when again on the campus’s clocks', (_, many, again) => {
    expect(mayCopy(copies(many), 'Asia/Taipei')).toEqual({
      ok: false,
      refusal: 'copied-often',
      facts: { again },
    })
  })
})
