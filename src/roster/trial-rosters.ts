import { type Decision, yes } from '../lib/decision.ts'
import { comparison, type RosterDifference } from './difference.ts'
import { type RosterSettings, spellingsOf } from './fields.ts'
import type { PersonFacts } from './person.ts'
import { beginRoster, type FileRefusal, type Roster } from './rules.ts'
import { type OpenedFile, openText } from './table.ts'

export const settings: RosterSettings = {
  studentNumber: '99999999A',
  departments: spellingsOf([
    { id: 'math', names: ['數學系', 'Mathematics'] },
    { id: 'chinese', names: ['國文系', 'Chinese'] },
  ]),
  sites: spellingsOf([
    { id: 'heping', names: ['和平校區', '校本部'] },
    { id: 'gongguan', names: ['公館校區'] },
  ]),
  halls: spellingsOf([{ id: 'hall-1', names: ['學一舍'] }]),
  language: 'zh-TW',
  entryYears: { earliest: 2010, latest: 2024 },
}

export const header =
  'student_number,name_zh,name_en,department,entry_year,degree,kind,status,site,hall,email'
export const zhHeader = '學號,姓名,英文姓名,系所代碼,入學學年度,學制,身分別,學籍狀態,校區'
export const person =
  '41047001S,示例生甲,Sample One,math,2022,bachelor,regular,enrolled,gongguan,hall-1,one@example.test'
export const other =
  '41047002S,示例生乙,Sample Two,chinese,2021,master,regular,enrolled,heping,,two@example.test'
export const zhPerson = '41047001S,示例生堃喆,Sample One,數學系,111,學士,一般生,在學,公館校區'

export const utf8 = (text: string) => new TextEncoder().encode(text)
export const file = (...lines: string[]) => utf8(`${lines.join('\r\n')}\r\n`)
export const one = (field: string, value: string) => {
  const cells = person.split(',')
  cells[header.split(',').indexOf(field)] = value
  return file(header, cells.join(','))
}
/** All steps of long work at once: nobody waits here. */
export function atOnce<Result>(work: Generator<number, Result>): Result {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

/** A roster that was opened already, read at once. */
export function rosterIn(opened: OpenedFile, ofCampus = settings): Decision<{ roster: Roster }, FileRefusal> {
  const begun = beginRoster(opened, ofCampus)
  return begun.ok ? yes({ roster: atOnce(begun.reading) }) : begun
}

/** A CSV roster, read at once. */
export function readRoster(
  bytes: Uint8Array,
  ofCampus = settings,
): Decision<{ roster: Roster }, FileRefusal> {
  const text = openText(bytes)
  return text.ok ? rosterIn(text.opened, ofCampus) : text
}

/** Everything a test wants to see of an answer, on one line. */
export const verdict = (bytes: Uint8Array): string => told(readRoster(bytes))

/** An answer about a roster, on one line. */
export const told = (answer: ReturnType<typeof readRoster>): string => {
  if (!answer.ok) return `refused: ${answer.refusal}`
  const bad = answer.roster.bad.map(
    ({ line, faults }) =>
      `line ${line}: ${faults.map(({ field, refusal }) => `${field ?? 'row'} ${refusal}`).join(', ')}`,
  )
  return [`${answer.roster.table.encoding}, ${answer.roster.rows.length} good`, ...bad].join('; ')
}

/** What a roster says otherwise than these people, who come two at a time. */
export function differenceTo(roster: Roster, people: readonly PersonFacts[]): RosterDifference {
  const comparing = comparison(roster)
  for (let from = 0; from < people.length; from += 2) comparing.with(people.slice(from, from + 2))
  return comparing.found()
}
