import { type Doors, isAbsent } from '../../src/access/rules.ts'
import type { Transaction } from '../../src/server/database.ts'
import { agrees } from '../../src/update/plan.ts'
import type { SurveyOutcome } from '../../src/update/rules.ts'
import { type Books, type ControllerBooks, readBackAfter } from './books.ts'
import type { BooksLedger } from './books-ledger.ts'
import type { Moment } from './books-windows.ts'
import type { CardInBooks, SurveyInBooks } from './survey-books.ts'

type Values = readonly unknown[]

const doorsIn = (text: string): Doors =>
  JSON.parse(`[${text.slice(1, -1)}]`) as [number, number, number, number]
const cardsIn = (values: Values): CardInBooks[] => {
  const [numbers, places, doors, from, to, withPin] = values as [
    number[],
    number[],
    string[],
    Temporal.PlainDate[],
    Temporal.PlainDate[],
    boolean[],
  ]
  return numbers.map((number, at) => ({
    number,
    place: places[at]!,
    doors: doorsIn(doors[at]!),
    from: from[at]!,
    to: to[at]!,
    withPin: withPin[at]!,
    standing: null,
    ours: false,
    isTaken: false,
  }))
}

/** Whether a number is none of those; they travel as one text. */
function without(plain: unknown): (row: { number: number }) => boolean {
  const numbers = new Set(JSON.parse(plain as string) as number[])
  return ({ number }) => !numbers.has(number)
}

const mayHaveRemoved: ReadonlySet<string> = new Set(['applied', 'different', 'unconfirmed', 'unreachable'])

/**
 * A transaction over the books: the statements that reading controllers' lists sends to the database (`survey-store.ts`,
 * `lanes.ts`, `verify-store.ts`, `rounds.ts`), by their names, each done at once.
 */
export class SurveyStatements implements Transaction {
  readonly db = null as unknown as Transaction['db']
  readonly #ledger: BooksLedger
  readonly #moment: () => Moment
  readonly #onEnd: (survey: SurveyInBooks) => void

  constructor(ledger: BooksLedger, moment: () => Moment, onEnd: (survey: SurveyInBooks) => void = () => {}) {
    this.#ledger = ledger
    this.#moment = moment
    this.#onEnd = onEnd
  }

  get #books(): Books {
    return this.#ledger.books
  }

  async statement<Row>(name: string, _text: string, values: Values): Promise<Row[]> {
    const done = this.#does[name]
    if (!done) throw new Error(`the books know no statement "${name}"`)
    return done(values) as Row[]
  }

  #survey(id: unknown): SurveyInBooks {
    for (const { lists } of this.#books.controllers.values())
      for (const survey of lists.surveys) if (survey.id === id) return survey
    throw new RangeError(`no reading ${String(id)}`)
  }

  #of = (controllerId: unknown): ControllerBooks => this.#books.of(controllerId as number)

  readonly #does: Readonly<Record<string, (values: Values) => unknown[]>> = {
    renew_lanes: ([ids, epochs]) =>
      (ids as number[]).flatMap((controllerId, at) => {
        const lease = { controllerId, epoch: (epochs as number[])[at]!, certainAtMs: 0, lookedAtMs: 0 }
        return this.#ledger.renew(lease, this.#moment()) ? [{ controllerId }] : []
      }),
    open_survey: ([controllerId]) => {
      const { open } = this.#of(controllerId).lists
      return open ? [{ ...open }] : []
    },
    survey_forget: ([id]) => {
      this.#survey(id).cards.clear()
      return []
    },
    survey_begin: ([id, now]) => {
      const survey = this.#survey(id)
      const at = now as Temporal.Instant
      Object.assign(survey, { beganAt: at, readAt: at, readings: survey.readings + 1, placesRead: 0 })
      return []
    },
    survey_found: ([id, ...columns]) => {
      const { cards } = this.#survey(id)
      const fresh = cardsIn(columns).filter(card => !cards.has(card.number))
      for (const card of fresh) cards.set(card.number, card)
      return fresh
    },
    survey_read: ([id, placesRead, readAt]) => {
      Object.assign(this.#survey(id), { placesRead, readAt })
      return []
    },
    survey_found_again: ([id, ...columns]) => {
      const { cards } = this.#survey(id)
      for (const card of cardsIn(columns)) cards.set(card.number, { ...cards.get(card.number)!, ...card })
      return []
    },
    survey_size: ([id]) => [{ cards: this.#survey(id).cards.size }],
    changed_since: ([controllerId, at]) => {
      const last = this.#of(controllerId).lists.sent.at(-1)
      return last ? [{ changed: last.atMs >= (at as Temporal.Instant).epochMilliseconds }] : []
    },
    removed_since: ([controllerId, at]) => {
      const sinceMs = (at as Temporal.Instant).epochMilliseconds
      const removed = this.#of(controllerId).lists.sent.some(
        ({ deed, answer, atMs }) => atMs >= sinceMs && deed === 'remove' && mayHaveRemoved.has(answer),
      )
      return [{ removed }]
    },
    survey_end: ([id, , outcome]) => {
      const survey = this.#survey(id)
      survey.outcome = outcome as SurveyOutcome
      this.#onEnd(survey)
      return []
    },
    survey_plain: ([id, controllerId, beganAt]) => {
      const { cards } = this.#survey(id)
      const { held, wanted } = this.#of(controllerId)
      const beganMs = (beganAt as Temporal.Instant).epochMilliseconds
      const plain = [...cards.values()].filter(card => {
        const row = held.get(card.number)
        const newest = wanted.get(card.number)?.at(-1)
        return (
          row !== undefined &&
          newest !== undefined &&
          row.confirmedAtMs < beganMs &&
          !card.withPin &&
          agrees(row, card) &&
          agrees(newest, card) &&
          this.#books.hasBegun(newest)
        )
      })
      for (const { number } of plain) cards.delete(number)
      return [{ cards: plain.length, numbers: JSON.stringify(plain.map(card => card.number)) }]
    },
    survey_cards: ([id]) => [...this.#survey(id).cards.values()],
    survey_held: ([controllerId, beganAt, plain]) => {
      const { held, wanted } = this.#of(controllerId)
      const beganMs = (beganAt as Temporal.Instant).epochMilliseconds
      const left = without(plain)
      return [...held.values()].filter(left).map(({ number, doors, from, to, confirmedAtMs }) => ({
        number,
        doors,
        from,
        to,
        sinceReading: confirmedAtMs >= beganMs,
        urgent: isAbsent({ doors }) && (wanted.get(number)?.at(-1)?.urgent ?? false),
      }))
    },
    survey_register: ([, numbers]) =>
      (numbers as number[]).flatMap(number => (this.#books.registered.has(number) ? [{ number }] : [])),
    survey_owned: ([controllerId]) => {
      const { held, lists } = this.#of(controllerId)
      const there = [...held.values()].flatMap(row =>
        isAbsent(row) && row.verifyAfterMs === null ? [] : [row.number],
      )
      return [...lists.owned(there)].map(number => ({ number }))
    },
    survey_wanted: ([controllerId, plain]) => {
      const left = without(plain)
      return [...this.#of(controllerId).wanted].flatMap(([number, rows]) => {
        if (!left({ number })) return []
        const isDue = (row: (typeof rows)[number]) => this.#books.hasBegun(row)
        const newest = [rows.findLast(row => !isDue(row)), rows.findLast(isDue)]
        return newest.flatMap(row =>
          row ? [{ number, doors: row.doors, from: row.from, to: row.to, isDue: isDue(row) }] : [],
        )
      })
    },
    survey_older: ([controllerId, id]) => {
      for (const survey of this.#of(controllerId).lists.surveys)
        if (survey.id !== id && survey.outcome === 'complete') survey.cards.clear()
      return []
    },
    survey_as_it_should: ([id, numbers]) => {
      const { cards } = this.#survey(id)
      for (const number of numbers as number[]) cards.delete(number)
      return []
    },
    survey_judged: ([id, numbers, standings, ours]) => {
      const { cards } = this.#survey(id)
      for (const [at, number] of (numbers as number[]).entries()) {
        const card = cards.get(number)
        if (card)
          Object.assign(card, {
            standing: (standings as CardInBooks['standing'][])[at],
            ours: (ours as boolean[])[at],
          })
      }
      return []
    },
    doubted: ([ids, numbers]) =>
      (ids as number[]).flatMap((controllerId, at) =>
        this.#books.doubt(controllerId, [(numbers as number[])[at]!]).map(row => ({ ...row, controllerId })),
      ),
    must_be_absent: ([now, days, limit]) => {
      const nowMs = (now as Temporal.Instant).epochMilliseconds
      const dayMs = 24 * 60 * 60_000
      const seenMs = (row: { verifiedAtMs: number | null; confirmedAtMs: number }) =>
        row.verifiedAtMs ?? row.confirmedAtMs
      const due = [...this.#books.controllers.values()]
        .flatMap(controller => [...controller.held.values()].map(row => ({ controller, row })))
        .filter(
          ({ row }) =>
            isAbsent(row) &&
            row.verifyAfterMs === null &&
            seenMs(row) < nowMs - dayMs &&
            row.confirmedAtMs > nowMs - (days as number) * dayMs,
        )
        .sort((a, b) => seenMs(a.row) - seenMs(b.row))
        .slice(0, limit as number)
      for (const { controller, row } of due) readBackAfter(controller, row, this.#moment().rawMs)
      return due.map(({ row }) => ({ number: row.number }))
    },
  }
}
