import { isAbsent } from '../../src/access/rules.ts'
import type { Outcome } from '../../src/update/outcome.ts'
import { agrees } from '../../src/update/plan.ts'
import type { FoundCard, Standing, SurveyOutcome } from '../../src/update/rules.ts'
import type { OpenSurvey, Placed } from '../../src/update/survey-store.ts'

import type { WantedInBooks } from './books.ts'

/** A row of `survey_card`. */
export interface CardInBooks extends Placed {
  standing: Standing | null
  ours: boolean
  isTaken: boolean
}

/** A row of `controller_survey`, with its cards by number; no outcome while it is read. */
export interface SurveyInBooks extends OpenSurvey {
  outcome: SurveyOutcome | null
  cards: Map<number, CardInBooks>
}

/** A row of `adopted_number`. */
export interface AdoptedInBooks extends FoundCard {
  isTakenUp: boolean
}

/** A row of `sent`, as far as reading a list asks for it. */
interface SentInBooks {
  number: number
  deed: Outcome['deed']
  answer: Outcome['answer']
  confirmed: boolean
  atMs: number
}

/** A put that was not answered may stand there; a removal counts once it is confirmed. */
const mayStand: Readonly<Record<string, ReadonlySet<string>>> = {
  put: new Set(['applied', 'already', 'unreachable', 'unconfirmed']),
  remove: new Set(['applied', 'already']),
  read: new Set(),
}

/** What the database knows of one controller from reading its list, and what reading it asks for. */
export class SurveyBooks {
  readonly surveys: SurveyInBooks[] = []
  readonly adopted = new Map<number, AdoptedInBooks>()
  readonly sent: SentInBooks[] = []

  get open(): SurveyInBooks | null {
    const last = this.surveys.at(-1)
    return last?.outcome === null ? last : null
  }

  get complete(): SurveyInBooks | null {
    return this.surveys.findLast(each => each.outcome === 'complete') ?? null
  }

  get isRead(): boolean {
    return this.adopted.size > 0 || this.complete !== null
  }

  /**
   * The newest complete reading found a card there which is not ours, nobody has adopted it, and it does not stand as one
   * of the earlier rows that were due wanted it.
   */
  isForeign(number: number, earlier: readonly WantedInBooks[]): boolean {
    const card = this.complete?.cards.get(number)
    if (card === undefined || card.ours || this.adopted.has(number)) return false
    const confirmedMs = this.sent.findLast(each => each.number === number && each.confirmed)?.atMs
    return (
      card.withPin ||
      !earlier.some(row => agrees(row, card) && (confirmedMs === undefined || confirmedMs < row.carriedByMs))
    )
  }

  /** Writes down what a batch was answered; what was found to be another's is told once for each reading. */
  tell(outcomes: readonly Outcome[], atMs: number): void {
    const listed = this.complete?.cards
    for (const { due, deed, answer, confirmed } of outcomes) {
      if (answer === 'taken') {
        const card = listed?.get(due.number)
        if (!card || card.isTaken) continue
        card.isTaken = true
      }
      this.sent.push({ number: due.number, deed, answer, confirmed, atMs })
    }
    for (const { due, confirmed } of outcomes) {
      if (!confirmed) continue
      const card = listed?.get(due.number)
      if (!due.listRead) continue
      if (!isAbsent(due.wanted)) {
        if (card) card.ours = true
        continue
      }
      listed?.delete(due.number)
      this.adopted.delete(due.number)
    }
  }

  /** Numbers that Gatehouse put there and has not removed since, or that somebody adopted. */
  owned(held: readonly number[]): Set<number> {
    const owned = new Set([...held, ...this.adopted.keys()])
    const last = new Map<number, Outcome['deed']>()
    for (const { number, deed, answer } of this.sent) if (mayStand[deed]?.has(answer)) last.set(number, deed)
    for (const [number, deed] of last) if (deed === 'put') owned.add(number)
    return owned
  }
}
