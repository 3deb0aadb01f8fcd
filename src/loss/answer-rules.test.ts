import { describe, expect, it } from 'vitest'
import { readAnswer } from './answer-rules.ts'

const sentAt = Temporal.Instant.from('2023-10-18T04:00:20Z')
const file = {
  reports: [
    { id: 11, sentAt },
    { id: 12, sentAt },
  ],
  now: Temporal.Instant.from('2023-10-18T10:00:00Z'),
  zone: 'Asia/Taipei',
}
const header = 'report_id,received_at,result'
const read = (...lines: string[]) =>
  readAnswer(
    lines.map((text, at) => ({ line: at + 1, cells: text.split(',') })),
    file,
  )
const good = '12,2023-10-18T12:04:00+08:00,accepted'

it('takes moments with their offset or as the campus’s clocks show them, and reasons', () => {
  expect(read(header, '11,2023/10/18 12:04,OK', '12,,unknown number')).toEqual({
    ok: true,
    badLines: null,
    answers: [
      { reportId: 11, receivedAt: Temporal.Instant.from('2023-10-18T04:04:00Z'), refusedBecause: null },
      { reportId: 12, receivedAt: null, refusedBecause: 'unknown number' },
    ],
  })
})

it('takes the columns in any order, beside others', () => {
  expect(
    read('result,note,received_at,REPORT_ID', 'accepted,x,2023-10-18T12:04+08:00,11', 'no,,,12'),
  ).toMatchObject({
    ok: true,
    badLines: null,
  })
})

it('a receipt in the very minute of sending is the sending', () => {
  const { answers } = read(header, '11,2023-10-18 12:00,accepted', good) as {
    answers: { receivedAt: unknown }[]
  }
  expect(answers[0]!.receivedAt).toEqual(sentAt)
})

describe('a line that cannot be right, with its number; then nothing counts', () => {
  it.each([
    ['99,2023-10-18 12:04,accepted', 'not-a-report-of-this-file'],
    ['12,2023-10-18 12:04,accepted', 'named-twice'],
    ['11,2023-10-18 12:04,unknown number', 'received-and-refused'],
    ['11,2023-10-18 12:04,', 'no-result'],
    ['11,,accepted', 'no-moment'],
    ['11,18.10.2023,accepted', 'not-a-moment'],
    ['11,2023-10-18 25:04,accepted', 'not-a-moment'],
    ['11,2023-10-18 11:59,accepted', 'before-it-was-sent'],
    ['11,2023-10-18 18:01,accepted', 'not-yet'],
    [`11,,${'x'.repeat(201)}`, 'reason-too-long'],
  ])('%s', (line, fault) => {
    expect(read(header, good, line)).toMatchObject({
      ok: true,
      answers: null,
      badLines: [{ line: 3, fault }],
    })
  })
})

it('a report that is left out is named', () => {
  expect(read(header, good)).toMatchObject({ refusal: 'reports-missing', facts: { reports: 1, first: '11' } })
})
it('columns that are missing are named', () => {
  expect(read('report_id,at', good)).toMatchObject({
    refusal: 'missing-columns',
    facts: { columns: 'received_at, result' },
  })
})
