import type { Programme } from '../programme/shape.ts'
import type { Act, Noted } from '../server/register.ts'
import type { CorrectionTold } from './say-correction.ts'
import type { Addressee } from './store.ts'
import type { Letter } from './tell.ts'

const answeredSql = `
  select p.id as "personId", p.name_zh as "nameZh", p.name_en as "nameEn", p.email, p.language, null as "printedNumber",
         c.part, c.asked_at as "askedAt", c.answer, c.answer_reason as "reason"
  from correction_request c join person p on p.id = c.person_id where c.id = $1`

type Row = Addressee & Pick<CorrectionTold, 'part' | 'askedAt' | 'answer' | 'reason'>

/** What somebody is told who asked for a correction, once the office has answered. */
export async function correctionTold(
  act: Act,
  _programme: Programme,
  { facts }: Noted,
): Promise<Letter | null> {
  const [row] = await act.statement<Row>('correction_told', answeredSql, [facts?.correction])
  if (row === undefined) return null
  const { part, askedAt, answer, reason } = row
  return {
    addressee: row,
    told: { kind: 'correction-answered', printedNumber: null, part, askedAt, answer, reason },
  }
}
