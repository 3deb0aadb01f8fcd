import { describe, expect, it } from 'vitest'
import { nightDue } from '../update/retention-rules.ts'
import { copiesADay, mayCopy, nightState } from './rules.ts'

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

describe('the night whose forgetting must be over', () => {
  it.each([
    ['before midnight', '2023-10-18T23:59', '2023-10-18'],
    ['after midnight', '2023-10-19T00:10', '2023-10-18'],
    ['just before it may begin', '2023-10-19T03:29', '2023-10-18'],
    ['within its hour', '2023-10-19T04:29', '2023-10-18'],
    ['after its hour', '2023-10-19T04:30', '2023-10-19'],
  ])('is, %s, this one', (_, local, night) => {
    const now = Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Taipei').toInstant()
    expect(nightDue(now, 'Asia/Taipei').toString()).toBe(night)
  })
})

describe('how the forgetting of one thing stands', () => {
  const due = Temporal.PlainDate.from('2023-10-18')
  const ended = hour(4)
  it.each([
    ['the night that is due is over', '2023-10-18', ended, 'done'],
    ['it is not over', '2023-10-18', null, 'late'],
    ['the newest night is an older one, and is over', '2023-10-17', ended, 'late'],
    ['the newest night is an older one, and broke off', '2023-10-17', null, 'late'],
    ['the next night has begun', '2023-10-19', null, 'under-way'],
    ['the next night is over already', '2023-10-19', ended, 'done'],
  ])('where %s', (_, on, endedAt, state) => {
    expect(nightState({ on: Temporal.PlainDate.from(on), endedAt }, due)).toBe(state)
  })

  it('where there was no night', () => {
    expect(nightState(null, due)).toBe('never')
  })
})
