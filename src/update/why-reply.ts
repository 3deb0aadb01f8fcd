import { causesOf } from '../access/rules.ts'
import { isDoorFormat } from '../card/formats.ts'
import { masked } from '../card/numbers.ts'
import { words as cardWords } from '../card/words.ts'
import { both, bothNames } from '../lib/both.ts'
import type { Facts } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { type Here, sayDate, sayDated } from '../web/when.ts'
import type { WhySeen } from './why.ts'
import { opensToday, type WhyReason } from './why-rules.ts'
import type { CardAtDoorReply, Why } from './why-shapes.ts'
import { why } from './why-words.ts'

/** A number format as people call it, in their language. */
export const formatName = (format: string, language: Language): string =>
  isDoorFormat(format) ? cardWords[language].formats[format] : format

/** Moments and days in a sentence's facts, said on the campus's clocks. */
function told(facts: Facts, here: Here): Facts {
  const say = (value: Facts[string]) => {
    if (typeof value !== 'string') return value
    if (/^\d{4}-\d\d-\d\dT/.test(value)) return sayDated(value, here)
    return /^\d{4}-\d\d-\d\d$/.test(value) ? sayDate(value, here) : value
  }
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, say(value)]))
}

type Verdict = WhySeen['verdict']['verdict']

function said(each: Verdict, language: Language, here: Here) {
  const reason: WhyReason | 'opens' = each.ok ? 'opens' : each.refusal
  const filling: Facts = each.ok ? { number: each.number, format: each.numberFormat } : each.facts
  const named =
    typeof filling.format === 'string'
      ? { ...filling, format: formatName(filling.format, language) }
      : filling
  return {
    reason,
    message: why[language].reason[reason](told(named, here)),
    next: why[language].next[reason],
  }
}

function cardReply(seen: WhySeen, at: number, language: Language, here: Here): CardAtDoorReply {
  const { programme, door, names, today } = seen
  const row = seen.rows[at]!
  const { decided, held, answer } = seen.ofCards[at]!
  return {
    cardId: row.cardId,
    edition: programme.editions.find(({ id }) => id === row.edition)?.name[language] ?? row.edition,
    chip: masked(row.chip),
    ...said(seen.verdict.ofCards[at]!, language, here),
    should: decided && {
      opens: decided.opens,
      doors: [...row.doors!],
      from: decided.from.toString(),
      to: decided.to.toString(),
      decidedAt: row.decidedAt!.toString(),
      carriedBy: row.carriedBy!.toString(),
      due: decided.due,
      because: causesOf(row.because ?? [])
        .filter(({ doors }) => doors.includes(door.door))
        .map(({ kind, id }) => ({ kind, id, name: names.get(`${kind}:${id}`) ?? null })),
    },
    did: held && {
      opens: opensToday({ held }, today),
      doors: [...row.heldDoors!],
      from: held.from.toString(),
      to: held.to.toString(),
      confirmedAt: held.confirmedAt.toString(),
      verifiedAt: held.verifiedAt?.toString() ?? null,
    },
    answer: answer && { answer: answer.answer, since: answer.since.toString() },
    numbers: row.numbers.map(({ format, number }) => ({
      format,
      name: formatName(format, language),
      number,
      here: format === door.numberFormat,
    })),
  }
}

/** Why a door refuses a person, as the API says it in the reader's language. */
export function whyReply(seen: WhySeen, language: Language): Why {
  const { now, today, programme, door, person, rows, verdict, opens, theirs, controller } = seen
  const here: Here = { language, zone: programme.campus.zone, today: today.toString() }
  return {
    now: now.toString(),
    door: {
      id: door.id,
      name: bothNames(door),
      building: both(door.buildingZh, door.buildingEn),
      controllerId: door.controllerId,
    },
    person: { studentNumber: person.studentNumber, name: bothNames(person) },
    ...said(verdict.verdict, language, here),
    cardId: verdict.card === null ? null : rows[verdict.card]!.cardId,
    opensTo: [
      ...opens.groups.map(({ id, zh, en }) => ({
        kind: 'group' as const,
        id,
        name: { 'zh-TW': zh, en },
        theirs: theirs.some(each => each.id === id),
      })),
      ...opens.grants.map(({ id, zh, en }) => ({
        kind: 'grant' as const,
        id: String(id),
        name: { 'zh-TW': zh, en },
        theirs: true,
      })),
    ],
    controller: {
      silentSince: controller.silentSince?.toString() ?? null,
      clockSetAt: controller.clockSetAt?.toString() ?? null,
      clockUnset: controller.clockUnset,
    },
    cards: rows.map((_, at) => cardReply(seen, at, language, here)),
  }
}
