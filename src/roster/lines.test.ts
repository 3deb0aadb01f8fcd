import { describe, expect, it } from 'vitest'
import {
  file,
  header,
  one,
  other,
  person,
  readRoster,
  utf8,
  verdict,
  zhHeader,
  zhPerson,
} from './trial-rosters.ts'
import { words } from './words.ts'

describe('a file', () => {
  it('names the line of the file on which the header is, blank lines before it counted', () => {
    const answer = readRoster(file('', '112學年度在學名冊', '', zhHeader, zhPerson))
    expect(answer).toMatchObject({ refusal: 'header-further-down', facts: { line: 4 } })
    expect(answer.ok ? '' : words.en.file[answer.refusal](answer.facts)).toContain('line 4 of the file')
  })

  it.each(['\n', '\r\n', '\r'])('names the line that is too long, whatever ends a line: %j', end => {
    const text = [header, '', person, ','.repeat(16_385), other].join(end)
    expect(readRoster(utf8(text))).toMatchObject({ refusal: 'row-too-long', facts: { line: 4 } })
  })

  it('whose header has drawn rows into a column that is left aside is refused', () => {
    expect(verdict(utf8(`${header},"remark\n${person},x\n${other},y"\n${person},z`))).toBe(
      'refused: broken-quotes',
    )
    expect(verdict(utf8(`${header},"remark\n(office)"\n${person},z`))).toBe('utf-8, 1 good')
  })
})

describe('a row', () => {
  it('that a lost quotation mark has drawn into a cell is told with its lines, also where the column is left aside', () => {
    const lost = file(`${header},remark`, `${other},"4`, `${person},`, `${other},5"`, `${person},`)
    expect(verdict(lost)).toBe('utf-8, 1 good; line 2: row over-lines')
    const answer = readRoster(lost)
    const [fault] = answer.ok ? answer.roster.bad[0]!.faults : []
    expect(fault).toMatchObject({
      shown: '4‹U+000A›41047001S,示例生甲,Sample…',
      facts: { column: 'remark' },
    })
    expect(words.en.row['over-lines'](fault!.facts)).toContain('from line 2 to line 4')
    expect(words['zh-TW'].row['over-lines'](fault!.facts)).toContain('從第 2 行延續到第 4 行')
    expect(verdict(file(`${header},,`, `${person},,"\n"`))).toBe('utf-8, 0 good; line 2: row over-lines')
  })

  it('whose line break stands at the end of a cell that is read is not used either', () => {
    expect(verdict(one('name_en', '"\nSample One"'))).toBe('utf-8, 0 good; line 2: nameEn control-character')
  })
})
