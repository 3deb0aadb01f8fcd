import { describe, expect, it } from 'vitest'
import type { ReaderFormat } from './formats.ts'
import { type PrintedShape, printChipNumber } from './numbers.ts'
import { classifyScan, type ScanCandidate } from './scan.ts'

const told = (candidate: ScanCandidate): string => {
  if (candidate.is === 'chip') return `chip ${printChipNumber(candidate.chip)}`
  if (candidate.is === 'student-number') return `student ${candidate.studentNumber}`
  if (candidate.is === 'printed-number') return `printed ${candidate.printed.digits}`
  if (candidate.is === 'proof') return `proof ${candidate.token}`
  if (candidate.is === 'proxy-code') return `proxy ${candidate.code}`
  return `part ${candidate.patterns.join(' ')}`
}
const scan = (
  raw: string,
  readerFormat: ReaderFormat = 'be-dec-10',
  studentNumber = '99999999A',
  printedNumber?: PrintedShape,
) => {
  const answer = classifyScan(raw, { readerFormat, studentNumber, printedNumber })
  return answer.ok ? answer.candidates.map(told) : [answer.refusal]
}

describe('what a scan at a desk can be', () => {
  it.each<[string, string, ReaderFormat, string[]]>([
    ['a student number with Enter', '41047001S\r\n', 'be-dec-10', ['student 41047001S']],
    ['typed small', '41047001s', 'be-dec-10', ['student 41047001S']],
    ['typed with a Chinese input method', '４１０４７００１Ｓ\r', 'be-dec-10', ['student 41047001S']],
    ['a tap with Tab', '0713233758\t', 'be-dec-10', ['chip 2A83155E']],
    ['a tap framed by start and end of text', '\x020713233758\x03', 'be-dec-10', ['chip 2A83155E']],
    ['a tap on a reversing reader', '1578468138', 'le-dec-10', ['chip 2A83155E']],
    ['full-width digits', '０７１３２３３７５８', 'be-dec-10', ['chip 2A83155E']],
    ['a seven-byte chip in hex', '04C43BC21C2680', 'be-hex', ['chip 04C43BC21C2680']],
    ['a reader that loses a byte', '213,02000', '2H+4H', ['part ??D507D0']],
    ['the 16 digits on a card', '8888 1234 5678 9012', 'be-dec-10', ['printed 8888123456789012']],
    ['16 digits at a Wiegand reader', '8888123456789012', 'w34-straight', ['printed 8888123456789012']],
    ["an old card's digits at a hex reader", '6611651733', 'be-hex', ['printed 6611651733']],
    ['a proxy code', 'GHP-7K3M-Q2TN-V8RA\r', 'be-dec-10', ['proxy 7K3MQ2TNV8RA']],
    ['a proxy code as people type it', 'ghp 7k3m q2tn v8r o', 'be-dec-10', ['proxy 7K3MQ2TNV8R0']],
    ['a proxy code without its dashes', 'GHPI23456789ABL', 'be-dec-10', ['proxy 123456789AB1']],
    ['a pickup code', 'GH1.eyJhbGciOi_-.x1\r', 'be-dec-10', ['proof GH1.eyJhbGciOi_-.x1']],
  ])('%s', (_story, raw, format, expected) => {
    expect(scan(raw, format)).toEqual(expected)
  })

  it('can be two things, and says both', () => {
    expect(scan('13961168', 'be-dec-10', '99999999')).toEqual(['student 13961168', 'chip 00D507D0'])
  })

  it.each<[string, string, ReaderFormat, PrintedShape, string, string[]]>([
    [
      '12 digits',
      '990000000011',
      'be-hex',
      { digits: [12], chipInDecimal: [] },
      '99999999A',
      ['printed 990000000011'],
    ],
    [
      'none of 16',
      '9900000000000011',
      'be-hex',
      { digits: [12], chipInDecimal: [] },
      '99999999A',
      ['not-recognised'],
    ],
    [
      'either',
      '9900000000000011',
      'be-hex',
      { digits: [12, 16], chipInDecimal: [] },
      'A9',
      ['printed 9900000000000011'],
    ],
    [
      'as many digits as student numbers have: the student first',
      '990000000011',
      'be-dec-10',
      { digits: [12], chipInDecimal: [] },
      '999999999999',
      ['student 990000000011', 'printed 990000000011'],
    ],
    [
      'as many digits as the reader sends: the chip first',
      '0713233758',
      'be-dec-10',
      { digits: [10], chipInDecimal: [] },
      '9999999999',
      ['student 0713233758', 'chip 2A83155E', 'printed 0713233758'],
    ],
  ])('the campus prints %s', (_story, raw, format, printed, studentNumber, expected) => {
    expect(scan(raw, format, studentNumber, printed)).toEqual(expected)
  })

  it.each<[string, string, ReaderFormat, string]>([
    ['nothing', '\r\n', 'be-dec-10', 'nothing-scanned'],
    ['a page of text', 'x'.repeat(65), 'be-dec-10', 'scan-too-long'],
    ['a megabyte', '1'.repeat(1_000_000), 'be-dec-10', 'scan-too-long'],
    ['two scans in one', '0713233758\r1578468138\r', 'be-dec-10', 'control-character'],
    ['a NUL', '07132\x0033758', 'be-dec-10', 'control-character'],
    ['Chinese', '學生證', 'be-dec-10', 'not-ascii'],
    ['a hidden direction mark', '\u202e41047001S', 'be-dec-10', 'not-ascii'],
    ['a cut pickup code', 'GH1.ab', 'be-dec-10', 'damaged-proof'],
    ['a cut proxy code', 'GHP-7K3M-Q2TN', 'be-dec-10', 'damaged-proxy-code'],
    ['a proxy code with a letter that none has', 'GHP-7K3M-Q2TN-V8RU', 'be-dec-10', 'damaged-proxy-code'],
    ['a garbled pickup code', 'GH1.abcdefgh<script>', 'be-dec-10', 'damaged-proof'],
    ['a seven-byte chip at a reader that cuts it', '1002701960', 'le-dec-10', 'cut-seven-byte'],
    ['a phone', '08AABBCC', 'be-hex', 'random-chip'],
    ['a blank', '00000000', 'be-hex', 'blank-chip'],
    ['a word', 'hello', 'be-dec-10', 'not-recognised'],
    ['hex at a decimal reader', '2A83155E', 'be-dec-10', 'not-recognised'],
    ['a web address', 'https://example.test/41047001S', 'be-dec-10', 'not-recognised'],
  ])('%s is refused', (_story, raw, format, refusal) => {
    expect(scan(raw, format)).toEqual([refusal])
  })
})
