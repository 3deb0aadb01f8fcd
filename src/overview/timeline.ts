import { eligibilityOf } from '../eligibility/store.ts'
import { sayEligibility } from '../eligibility/words.ts'
import { checkedSaid } from '../handover/present-rules.ts'
import type { UndoReason } from '../handover/undo-rules.ts'
import { undoWords } from '../handover/undo-words.ts'
import { besideEachOther, both, bothNames, withLabel } from '../lib/both.ts'
import { sayDay, sayTime } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { photoAtDesk } from '../photo/at-desk.ts'
import type { Programme } from '../programme/shape.ts'
import { personById } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { actWords, type Kind } from './act-words.ts'
import { nameOf } from './names.ts'
import {
  type CardNow,
  cardsNow,
  type DoorsOfBuilding,
  doorsOf,
  type Entry,
  entriesOf,
  mostEntries,
  type Told,
  toldOf,
} from './timeline-store.ts'
import { timelineWords } from './timeline-words.ts'

/** One line of a timeline. */
export interface Line {
  at: string
  kind: Kind
  text: string
  who: string | null
  more: string[]
  /** Of a handover: under which number, with its moment, what was signed is read; also once it was undone. */
  signature: number | null
}

interface Reader {
  programme: Programme
  language: Language
  now: Temporal.Instant
}

function whoDid({ actor, whoZh, whoEn }: Entry, language: Language): string {
  const w = timelineWords[language]
  if (actor.startsWith('student:')) return w.holder
  if (actor.startsWith('system:')) return w.gatehouse
  return (language === 'en' ? whoEn : whoZh) ?? actor
}

/** What was shown: each by the programme's name for it. */
const sayShown = (evidence: NonNullable<Entry['evidence']>, { programme, language }: Reader): string =>
  besideEachOther(
    Object.keys(evidence).map(id => checkedSaid(programme, id)[language]),
    language,
  )

function lineOf(entry: Entry, reader: Reader): Line {
  const { programme, language } = reader
  const w = timelineWords[language]
  const [kind, zhTW, en] = actWords[entry.act] ?? (['office', entry.act, entry.act] as const)
  const { facts, ending, how, counter, evidence, signed, undoneAt, undoneWhy } = entry
  const reason = typeof facts.reason === 'string' ? facts.reason : null
  const { reasons } = undoWords[language]
  const why = entry.act === 'handover undone' ? reasons[facts.why as UndoReason] : null
  const more = [
    ending && w.card(ending),
    how && (w.how[how] ?? how),
    counter && nameOf(programme, 'counter', counter)[language],
    evidence && w.shown(sayShown(evidence, reader)),
    signed && (w.signed[signed] ?? signed),
    reason && w.reason(reason),
    why && w.reason(why),
    undoneAt && undoneWhy && w.undone(sayAt(undoneAt, reader), reasons[undoneWhy]),
  ].filter(part => part !== null && part !== '')
  return {
    at: entry.at.toString(),
    kind,
    text: language === 'en' ? en : zhTW,
    who: whoDid(entry, language),
    more: more as string[],
    signature: entry.signature,
  }
}

function lineOfTold({ at, subject, sentAt, recipient, lastError }: Told, { language }: Reader): Line {
  const w = timelineWords[language]
  const state = sentAt ? w.mailed : recipient === '' ? w.noAddress : lastError ? w.failed : w.notMailed
  return {
    at: at.toString(),
    kind: 'message',
    text: w.told(subject),
    who: w.gatehouse,
    more: [state],
    signature: null,
  }
}

function lineOfDoors(doors: DoorsOfBuilding, { language }: Reader): Line[] {
  const w = timelineWords[language]
  if (doors.at === null) return []
  const building = both(doors.zh, doors.en)[language]
  return [
    {
      at: doors.at.toString(),
      kind: 'doors',
      text: w.confirmedAt(building, doors.confirmed, doors.controllers),
      who: w.gatehouse,
      more: doors.ending ? [w.card(doors.ending)] : [],
      signature: null,
    },
  ]
}

function sayAt(at: Temporal.Instant, { programme, language, now }: Reader): string {
  const { zone } = programme.campus
  const local = at.toZonedDateTimeISO(zone)
  const day = sayDay(local.toPlainDate(), language, now.toZonedDateTimeISO(zone).toPlainDate())
  // A date in Chinese ends in a bracket, which brings its own space.
  return [day, sayTime(local.toPlainTime())].join(language === 'en' ? ' ' : '')
}

/** What holds of one card in hand, in a line. */
function sayCard(card: CardNow, doors: readonly DoorsOfBuilding[], reader: Reader): string {
  const { programme, language } = reader
  const w = timelineWords[language].answer
  const edition = programme.editions.find(({ id }) => id === card.edition)?.name[language] ?? card.edition
  const access = card.paused
    ? w.paused
    : !card.inUse
      ? w.notInUse
      : card.opensUntil === null
        ? w.inUse
        : w.until(sayAt(card.opensUntil, reader))
  const own = doors.filter(({ cardId }) => cardId === card.cardId)
  const [done, of] = [
    own.reduce((sum, each) => sum + each.confirmed, 0),
    own.reduce((sum, each) => sum + each.controllers, 0),
  ]
  const waiting = own
    .filter(each => each.confirmed < each.controllers)
    .map(each => both(each.zh, each.en)[language])
  const parts = [
    card.lost ? w.lost : access,
    ...(of > 0 && card.inUse ? [w.doors(done, of)] : []),
    ...(waiting.length > 0 && card.inUse ? [w.waits(besideEachOther([...new Set(waiting)], language))] : []),
  ]
  return withLabel(w.holds(edition, card.ending), parts.join(language === 'en' ? '; ' : '；'), language)
}

/**
 * One person's whole story, the newest first, and what holds of them now as a text that can be pasted into an answer.
 * That it was read is in the journal, and in the next reading. A screen has the newest, and says where they are cut; a
 * file has all. Null: there is nobody of this id.
 */
export async function timelineOf(act: Act, personId: number, language: Language, { all = false } = {}) {
  const most = all ? null : mostEntries + 1
  const person = await personById(act, personId)
  if (person === null) return null
  const [{ decision, programme }, entries, told, doors, cards] = await Promise.all([
    eligibilityOf(act, person),
    entriesOf(act, personId, most),
    toldOf(act, personId, most),
    doorsOf(act, personId),
    cardsNow(act, personId),
  ])
  const reader = { programme, language, now: act.now }
  const shown = all ? Number.POSITIVE_INFINITY : mostEntries
  const lines = [
    ...entries.slice(0, shown).map(entry => lineOf(entry, reader)),
    ...told.slice(0, shown).map(each => lineOfTold(each, reader)),
    ...doors.flatMap(each => lineOfDoors(each, reader)),
  ].toSorted((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
  const w = timelineWords[language]
  const name = bothNames(person)
  const answer = [
    `${person.studentNumber} ${name[language]}`,
    w.answer.asOf(sayAt(act.now, reader)),
    sayEligibility(decision, programme, language),
    ...cards.map(card => sayCard(card, doors, reader)),
  ]
  await act.note({ act: 'timeline read', personId })
  return {
    personId,
    studentNumber: person.studentNumber,
    name,
    department: nameOf(programme, 'department', person.department),
    photo: await photoAtDesk(act, personId, programme),
    asOf: act.now.toString(),
    answer,
    lines,
    cut: entries.length > shown || told.length > shown,
  }
}
