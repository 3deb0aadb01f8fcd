import { type Decision, no, yes } from '../../lib/decision.ts'
import type { Programme } from '../../programme/shape.ts'
import { sayWhoActs } from '../../server/acting.ts'
import type { Database } from '../../server/database.ts'
import { keepLook } from '../../server/looks.ts'
import type { Actor, Clock, Register, Transaction } from '../../server/register.ts'
import { categoryWords } from '../category-words.ts'
import type { DataMap } from '../data-map.ts'
import { forgottenBefore } from '../rules.ts'
import { type Affected, affected, affectedIds, isAboutLooks, isKnown } from './affected.ts'
import { accountsThen, journalThen, looksThen } from './evidence.ts'
import { csvOf, isNewOrEmpty, makeFolder, writeNew } from './folder.ts'
import { letters } from './letters.ts'
import { nameNobody } from './links.ts'
import type { BreachQuestion, BreachRefusal } from './question.ts'
import { readme } from './readme.ts'

/** What a pack is made with. */
export interface BreachMaking {
  database: Database
  register: Register
  clock: Pick<Clock, 'now'>
  map: DataMap
  programme: Programme
  /** What following the journal's chain found, as a sentence, and whether it is whole. */
  journal: { said: string; whole: boolean }
}

/** Who makes it: whoever may start commands on the machine. */
export const operator: Actor = { kind: 'system', id: 'operator' }

const headOfAffected = [
  '學號',
  '姓名',
  'Name',
  'E-mail',
  'Language',
  '資料類別',
  'Categories',
  'Times',
  'First',
  'Last',
  'By',
  'Forgotten',
  'Register id',
]
const headOfAccounts = [
  'Role',
  'Account',
  '姓名',
  'Name',
  'Looks',
  'People shown',
  'Acts',
  'First',
  'Last',
  'Sign-ins (UTC)',
]

/** An instant as people of the campus read it, with its offset. */
const saidIn =
  (zone: string) =>
  (at: Temporal.Instant): string =>
    at.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'second' })

const named = (categories: readonly string[], language: 'zh-TW' | 'en'): string =>
  categories.map(each => categoryWords[each]!.name[language]).join(language === 'zh-TW' ? '、' : ', ')

/** Counts while rows pass. */
interface Counted {
  people: number
  forgotten: number
  categories: Map<string, number>
}

async function* affectedRows(
  people: AsyncIterable<Affected>,
  counted: Counted,
  say: (at: Temporal.Instant) => string,
): AsyncGenerator<string[]> {
  for await (const person of people) {
    const { categories, first, last, times, forgotten } = person
    counted.people += 1
    if (forgotten) counted.forgotten += 1
    for (const each of categories) counted.categories.set(each, (counted.categories.get(each) ?? 0) + 1)
    yield [
      person.studentNumber ?? '',
      person.nameZh ?? '',
      person.nameEn ?? '',
      person.email ?? '',
      person.language ?? '',
      named(categories, 'zh-TW'),
      named(categories, 'en'),
      times === null ? '' : String(times),
      first === null ? '' : say(first),
      last === null ? '' : say(last),
      person.by.join('; '),
      forgotten ? 'yes' : '',
      String(person.id),
    ]
  }
}

async function* accountRows(
  trx: Transaction,
  question: BreachQuestion,
  { say, counted }: { say: (at: Temporal.Instant) => string; counted: { accounts: number } },
): AsyncGenerator<string[]> {
  for await (const then of accountsThen(trx, question)) {
    counted.accounts += 1
    const at = then.actor.indexOf(':')
    yield [
      then.actor.slice(0, at),
      then.actor.slice(at + 1),
      then.nameZh ?? '',
      then.nameEn ?? '',
      String(then.looks),
      String(then.shown),
      String(then.acts),
      say(then.first),
      say(then.last),
      then.signIns.join('; '),
    ]
  }
}

/** Each person of the pack counts as looked at, and the journal says that it was made: both before anything is written. */
const keepThatItWasMade = (
  { register, journal }: BreachMaking,
  { from, to, account, role, tables, why }: BreachQuestion,
  people: readonly number[],
): Promise<void> =>
  register.aside(operator, async act => {
    await keepLook(act, {
      people: { numbers: new Set(), ids: new Set(people) },
      purpose: 'breach',
      shown: 'file',
      route: null,
      reason: why,
      asksAgain: false,
    })
    await act.note({
      act: 'breach pack made',
      facts: {
        from: from.toString(),
        to: to.toString(),
        account,
        role,
        tables: tables.join(','),
        people: people.length,
        journalWhole: journal.whole,
      },
    })
  })

async function writePack(
  trx: Transaction,
  now: Temporal.Instant,
  { map, programme, journal }: BreachMaking,
  question: BreachQuestion,
): Promise<Counted> {
  const { out } = question
  const say = saidIn(programme.campus.zone)
  const counted = { people: 0, forgotten: 0, categories: new Map<string, number>(), accounts: 0 }
  await makeFolder(out)
  const people = affectedRows(affected(trx, question, map), counted, say)
  await writeNew(out, 'affected.csv', csvOf(headOfAffected, people))
  await writeNew(out, 'accounts.csv', csvOf(headOfAccounts, accountRows(trx, question, { say, counted })))
  await writeNew(out, 'journal.jsonl', journalThen(trx, question))
  await writeNew(out, 'looks.jsonl', looksThen(trx, question))
  const keptSince = forgottenBefore(now, programme, 'lookMonths')
  const found = {
    campus: programme.campus.name,
    privacy: programme.privacy,
    from: say(question.from),
    to: say(question.to),
    madeAt: say(now),
    people: counted.people,
    categories: new Map(
      map.categories.flatMap((each): [string, number][] =>
        counted.categories.has(each) ? [[each, counted.categories.get(each)!]] : [],
      ),
    ),
  }
  for (const [name, text] of Object.entries(letters(found))) await writeNew(out, name, [text])
  const copied = isAboutLooks(question) ? [] : nameNobody
  const asked = question.tables.length === 0 ? copied : copied.filter(each => question.tables.includes(each))
  const told = {
    ...found,
    question,
    journal: journal.said,
    journalWhole: journal.whole,
    forgotten: counted.forgotten,
    accounts: counted.accounts,
    looksSince: Temporal.Instant.compare(question.from, keptSince) < 0 ? say(keptSince) : null,
    nameNobody: asked,
  }
  await writeNew(out, 'README.md', [readme(told)])
  return counted
}

/**
 * Writes into a folder who may have been concerned when data may have been lost, what shows it, and drafts of what people and
 * the authority are told. Reads one moment of the database in a transaction that can write nothing; everybody on the list is
 * counted as looked at, and the journal says so, before the first file is there.
 */
export async function makeBreachPack(
  making: BreachMaking,
  question: BreachQuestion,
): Promise<Decision<{ people: number }, BreachRefusal>> {
  const { database, clock, map } = making
  if (!(await isNewOrEmpty(question.out))) return no('folder-not-empty', { out: question.out })
  const opening = async (trx: Transaction): Promise<Temporal.Instant> => {
    const [, , now] = await Promise.all([
      trx.statement('breach_at_one_moment', 'set transaction isolation level repeatable read, read only', []),
      sayWhoActs(trx, operator),
      clock.now(trx),
    ])
    return now
  }
  return database.transaction(async (trx, now) => {
    if (!(await isKnown(trx, question))) return no('unknown-account', { account: question.account! })
    const people = await affectedIds(trx, question, map)
    await keepThatItWasMade(making, question, people)
    const written = await writePack(trx, now, making, question)
    return yes({ people: written.people })
  }, opening)
}
