import { representativeOf } from '../batch/store.ts'
import { bothNames } from '../lib/both.ts'
import { sayDay } from '../lib/say.ts'
import { sayCounter } from '../programme/template.ts'
import type { Act } from '../server/register.ts'
import { type Addressee, addressee } from './store.ts'
import type { Telling } from './tell.ts'

async function holderOf(act: Act, personId: number, cardId: number): Promise<Addressee | null> {
  const sql = `select ${addressee} from person p join card c on c.id = $2 where p.id = $1`
  const [row] = await act.statement<Addressee>('message_batch', sql, [personId, cardId])
  return row ?? null
}

const given: Telling = async (act, programme, cardId, { personId }) => {
  const [row, went] = [await holderOf(act, personId!, cardId), await representativeOf(act, cardId)]
  if (row === null || went === null) return null
  const { language } = row
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  return {
    addressee: row,
    told: {
      kind: 'card-with-representative',
      printedNumber: row.printedNumber,
      at: act.now,
      counter: sayCounter(programme, went.counter, language),
      name: bothNames(went)[language],
      backBy: sayDay(went.backBy, language, today),
    },
  }
}

const back: Telling = async (act, programme, cardId, { personId, facts }) => {
  const row = await holderOf(act, personId!, cardId)
  if (row === null) return null
  const counter = sayCounter(programme, String(facts?.counter), row.language)
  return {
    addressee: row,
    told: { kind: 'card-brought-back', printedNumber: row.printedNumber, at: act.now, counter },
  }
}

/** What the holder is told of a card that a class representative fetched, or brought back. */
export const batchTellings: readonly (readonly [string, Telling])[] = [
  ['card given to representative', given],
  ['card brought back', back],
]
