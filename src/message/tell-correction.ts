import type { Programme } from '../programme/shape.ts'
import type { Act, Noted } from '../server/register.ts'
import type { CorrectionTold } from './say-correction.ts'
import type { Addressee } from './store.ts'
import type { Letter } from './tell.ts'

const answeredSql = `
  select p.id as "personId", p.name_zh as "nameZh", p.name_en as "nameEn", p.email, p.language, null as "printedNumber",
         c.part, c.asked_at as "askedAt", c.answer, c.answer_reason as "reason"
  from correction_request c join person p on p.id = c.person_id where c.id = $1`

type Answered = Addressee & Omit<Extract<CorrectionTold, { kind: 'correction-answered' }>, 'kind'>

/** What somebody is told who asked for a correction, once the office has answered. */
export async function correctionTold(
  act: Act,
  _programme: Programme,
  { facts }: Noted,
): Promise<Letter | null> {
  const [row] = await act.statement<Answered>('correction_told', answeredSql, [facts?.correction])
  if (row === undefined) return null
  const { part, askedAt, answer, reason } = row
  return {
    addressee: row,
    told: { kind: 'correction-answered', printedNumber: null, part, askedAt, answer, reason },
  }
}

const prolongedSql = `
  select p.id as "personId", p.name_zh as "nameZh", p.name_en as "nameEn", p.email, p.language, null as "printedNumber",
         c.part, c.asked_at as "askedAt", c.prolonged_until as "dueOn", c.prolong_reason as "reason"
  from correction_request c join person p on p.id = c.person_id where c.id = $1`

type Prolonged = Addressee & Omit<Extract<CorrectionTold, { kind: 'correction-prolonged' }>, 'kind'>

/** What somebody is told who asked for a correction, where the office takes longer to answer. */
export async function correctionProlongedTold(
  act: Act,
  _programme: Programme,
  { facts }: Noted,
): Promise<Letter | null> {
  const [row] = await act.statement<Prolonged>('correction_prolonged_told', prolongedSql, [facts?.correction])
  if (row === undefined) return null
  const { part, askedAt, dueOn, reason } = row
  return {
    addressee: row,
    told: { kind: 'correction-prolonged', printedNumber: null, part, askedAt, dueOn, reason },
  }
}
