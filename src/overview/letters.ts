import { eligibilityOfMany } from '../eligibility/store.ts'
import { bothNames } from '../lib/both.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import { languages } from '../lib/words.ts'
import { compose } from '../message/rules.ts'
import { keepMessages } from '../message/store.ts'
import { readerOf } from '../message/tell.ts'
import { fillTemplate, sayCounters, type TemplateValues, templateValues } from '../programme/template.ts'
import { peopleByIds, type RegisteredPerson } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { type Decided, decideGroups, planAsUsual } from './decided.ts'
import {
  type LetterRefusal,
  mayAddress,
  maySend,
  mostAddressed,
  namedIn,
  needsSecondLook,
  personValues,
  sealOf,
  type Written,
  wrongText,
} from './letter-rules.ts'
import { keepLetter, knownLetter, withoutAddress } from './letter-store.ts'
import { everyoneOf, type Which } from './lists.ts'
import { overviewOf } from './rules.ts'

/** People whose letters are filled in and kept together. */
const atATime = 1_000
/** People without an address that a preview names; the rest is counted. */
const mostNamed = 1_000

function filled(text: string, values: TemplateValues): string {
  const done = fillTemplate(text, values)
  if (!done.ok) throw new Error(`A letter's value ${String(done.facts.name)} was not looked for beforehand.`)
  return done.text
}

/** What each of some people is written: the letter with their own values, in their own language. */
async function lettersTo(act: Act, letter: Written, people: readonly RegisteredPerson[], decided: Decided) {
  const { programme, today } = decided
  const general = Object.fromEntries(languages.map(each => [each, templateValues(programme, each, today)]))
  const asksWhere = namedIn(letter).includes('where')
  const eligible = asksWhere ? await eligibilityOfMany(act, people, { programme, today }) : []
  return people.map((person, at) => {
    const addressee = { ...person, personId: person.id, printedNumber: null }
    const { language } = person
    const reader = readerOf(addressee, programme, act.now)
    const decision = eligible[at]?.decision
    const { where } = decision === undefined ? { where: [] } : decision.ok ? decision : decision.errand
    const values = {
      ...general[language],
      name: reader.name,
      where: where.length > 0 ? sayCounters(programme, where, language) : reader.askAt,
    }
    const told = {
      kind: 'office-letter',
      printedNumber: null,
      subject: filled(letter.subject[language], values),
      text: filled(letter.body[language], values),
    } as const
    return { addressee, composed: compose(told, reader) }
  })
}

async function addressed(
  act: Act,
  { which, letter }: { which: Which; letter: Written },
): Promise<
  Decision<{ decided: Decided; people: number[]; seal: string; secondLookPeople: number }, LetterRefusal>
> {
  const decided = await decideGroups(act)
  const { programme, today } = decided
  const known = new Set([...Object.keys(templateValues(programme, 'en', today)), ...personValues])
  const wrong = wrongText(letter, known)
  if (wrong) return wrong
  const people = await everyoneOf(act, decided, { ...which, most: mostAddressed + 1 })
  await planAsUsual(act)
  const may = mayAddress(people.length)
  if (!may.ok) return may
  const { secondLookPeople } = overviewOf(programme)
  return yes({ decided, people, seal: sealOf(people, letter), secondLookPeople })
}

/** A letter as one of its readers would get it, to how many it goes, and who has no address. Sends nothing. */
export async function previewLetter(
  act: Act,
  { which, letter, look }: { which: Which; letter: Written; look: number },
) {
  const asked = await addressed(act, { which, letter })
  if (!asked.ok) return asked
  const { decided, people, seal, secondLookPeople } = asked
  const [one] = await peopleByIds(act, [people[look % people.length]!])
  const [example] = await lettersTo(act, letter, [one!], decided)
  const without = await withoutAddress(act, people, mostNamed)
  await act.note({
    act: 'letter previewed',
    personId: one!.id,
    facts: { list: which.list, people: people.length },
  })
  return yes({
    people: people.length,
    seal,
    secondLook: needsSecondLook(people.length, secondLookPeople),
    withoutAddress: without.people.map(each => ({
      studentNumber: each.studentNumber,
      name: bothNames(each),
    })),
    withoutAddressInAll: without.total,
    as: {
      studentNumber: one!.studentNumber,
      language: one!.language,
      subject: example!.composed.subject,
      body: example!.composed.body,
    },
  })
}

/**
 * Writes a letter to exactly the people who were previewed, each once: into the outbox, with a row that says which letter,
 * which people, who and when. A page that has sent it is answered the same and sends nothing twice.
 */
export async function sendLetter(
  act: Act,
  sent: { which: Which; letter: Written; draft: string; seal: string; people?: number | undefined },
) {
  const before = await knownLetter(act, sent.draft)
  if (before) return yes({ ...before, again: true })
  const asked = await addressed(act, sent)
  if (!asked.ok) return asked
  const { decided, people, seal, secondLookPeople } = asked
  const may = maySend(sent, { seal, people: people.length, secondLookPeople })
  if (!may.ok) return may
  const letterId = await keepLetter(act, { ...sent, people })
  if (letterId === null) return no('list-changed', { people: people.length })
  let without = 0
  for (let from = 0; from < people.length; from += atATime) {
    const some = await peopleByIds(act, people.slice(from, from + atATime))
    without += some.filter(({ email }) => email === null).length
    await keepMessages(act, await lettersTo(act, sent.letter, some, decided))
  }
  await act.note(
    { act: 'letter written', facts: { letter: letterId, list: sent.which.list, people: people.length } },
    ...people.map(personId => ({ act: 'letter sent', personId, facts: { letter: letterId } })),
  )
  return yes({
    letter: letterId,
    people: people.length,
    withoutAddress: without,
    writtenAt: act.now.toString(),
    again: false,
  })
}
