import type { DataMap } from '../data-map.ts'
import { mappedColumns } from '../data-map.ts'

/*
 * Which people a table says something of, as a query of their ids. Most rows name their person. Others lead to one by a card, a
 * number or a case. A file that lists people does not say whom: as long as it is kept, it may be anybody.
 */

/** Everybody, where a table's files are still kept: nobody can say from outside who stands in them. */
const anybodyIn = (table: string, kept: string): string =>
  `select p.id from person p where exists (select from ${table} t where ${kept})`

const holdersOf = (numbers: string): string =>
  `select u.person_id from card_number n join card_use u on u.card_id = n.card_id where n.number in (${numbers})`

/** Tables whose rows lead to people otherwise than by their column person_id. */
const otherwise: Readonly<Record<string, string>> = {
  look: 'select person_id from looked_at',
  repeated_request: anybodyIn('repeated_request', 'true'),
  roster_import: anybodyIn('roster_import', 't.forgotten_at is null'),
  person: 'select id from person',
  card: 'select made_for from card where made_for is not null union all select person_id from card_use',
  card_number: 'select person_id from card_use',
  card_file: anybodyIn('card_file', 't.forgotten_at is null'),
  signature: 'select h.person_id from signature t join handover h on h.card_id = t.card_id',
  undone_signature: 'select h.person_id from undone_signature t join undone_handover h on h.id = t.undone_id',
  issuer_file: `select person_id from loss_report where file_id is not null
    union all select c.person_id from refund_sending t join refund_case c on c.id = t.case_id`,
  doors_check: 'select last_person_id from doors_check where last_person_id is not null',
  held: holdersOf('select number from held'),
  approved_loss: 'select unnest(people) from approved_loss',
  sent: holdersOf('select number from sent'),
  tap: holdersOf('select number from tap where number is not null'),
  survey_card: holdersOf('select number from survey_card'),
  adopted_number: holdersOf('select number from adopted_number'),
  fee_dispute: 'select r.person_id from fee_dispute t join reissue r on r.id = t.reissue_id',
  kiosk_receipt: 'select p.id from kiosk_receipt t join person p on p.student_number = t.student_number',
  fee_move: `select r.person_id from fee_move t join reissue r on r.id = t.reissue_id
    union all select p.id from fee_move t join kiosk_receipt k on k.number = t.receipt
      join person p on p.student_number = k.student_number`,
  repayment_question: `select r.person_id from repayment_question t join reissue r on r.id = t.reissue_id
    union all select p.id from repayment_question t join kiosk_receipt k on k.number = t.receipt
      join person p on p.student_number = k.student_number`,
  refund_destination: 'select c.person_id from refund_destination t join refund_case c on c.id = t.case_id',
  refund_settlement: 'select c.person_id from refund_settlement t join refund_case c on c.id = t.of_case',
  letter: 'select person_id from letter_to',
}

/** Tables of people on their way in: an address, or what only a browser holds. They name nobody whom one could write to. */
export const nameNobody: readonly string[] = [
  'sign_in_attempt',
  'break_glass_code',
  'break_glass_try',
  'request_count',
]

/** Whom of the people of a table a category concerns, where not all: of whom there is no address none was lost. */
const narrower: Readonly<Record<string, string>> = {
  'person contact': 'select id from person where email is not null or hall is not null',
  'person health': 'select id from person where health_check is not null',
}

/** A table, a category of data in it, and the query of whose they are. */
export interface Held {
  table: string
  category: string
  people: string
}

/** What some tables hold of whom, or all of them that hold something of people. */
export function heldIn(map: DataMap, tables: readonly string[]): Held[] {
  const seen = new Set<string>()
  return mappedColumns(map).flatMap(({ table, about }): Held[] => {
    const key = `${table} ${about}`
    if (about === null || seen.has(key) || nameNobody.includes(table)) return []
    if (tables.length > 0 && !tables.includes(table)) return []
    seen.add(key)
    const own = `select person_id from ${table} where person_id is not null`
    return [{ table, category: about, people: narrower[key] ?? otherwise[table] ?? own }]
  })
}
