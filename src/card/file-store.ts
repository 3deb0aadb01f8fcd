import { accessEndsAt } from '../programme/deadline.ts'
import { editionIssuedOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { ReadAs } from '../roster/table.ts'
import type { Act } from '../server/register.ts'
import { type KnownCard, type KnownHold, type KnownToRegister, numberKey } from './file-check.ts'
import type { FileKind } from './file-columns.ts'
import type { ReadCard } from './file-rows.ts'
import { doorNumber, isReaderFormat, type ReaderFormat } from './formats.ts'
import { formatsInUse } from './store.ts'

/** What applying a file of cards does, or did, in numbers. */
export interface FileWill {
  takes: number
  /** Of those: blanks that are nobody's yet. */
  blanks: number
  unchanged: number
  bad: number
}

/** An uploaded file of cards, and what became of it. */
export interface CardFile {
  id: number
  kind: FileKind
  format: ReaderFormat
  fileName: string
  file: Buffer
  /** What stood in it is not kept any more (src/privacy). */
  isForgotten: boolean
  /** What the office said of how it is read. */
  readAs: ReadAs
  uploadedAt: Temporal.Instant
  appliedAt: Temporal.Instant | null
  outcome: FileWill | null
}

/** Keeps an uploaded file of cards as it came; nothing of it is applied yet. */
export async function keepCardFile(
  act: Act,
  {
    kind,
    format,
    fileName,
    file,
    readAs,
  }: Pick<CardFile, 'kind' | 'format' | 'fileName' | 'file' | 'readAs'>,
): Promise<number> {
  const [row] = await act.statement<{ id: number }>(
    'keep_card_file',
    `insert into card_file (kind, number_format, file_name, file, uploaded_at, uploaded_by, encoding, sheet)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [kind, format, fileName, file, act.now, act.actor.id, readAs.encoding, readAs.sheet],
  )
  return row!.id
}

const fileColumns = `id, kind, json_build_object('encoding', encoding, 'sheet', sheet) as "readAs", number_format as format, file_name as "fileName", uploaded_at as "uploadedAt",
  applied_at as "appliedAt", outcome, forgotten_at is not null as "isForgotten"`

/** An uploaded file of cards, locked against being applied twice at the same time; null when there is none. */
export async function cardFileOf(act: Act, id: number): Promise<CardFile | null> {
  const sql = `select ${fileColumns}, file from card_file where id = $1 for update`
  const [row] = await act.statement<CardFile>('card_file_of', sql, [id])
  if (row && !isReaderFormat(row.format))
    throw new Error(`file ${id} is in "${String(row.format)}", an unknown format`)
  return row ?? null
}

/** Of which kind an uploaded file of cards is; null when there is none. It never changes. */
export async function kindOfCardFile(act: Act, id: number): Promise<FileKind | null> {
  const sql = 'select kind from card_file where id = $1'
  const [row] = await act.statement<{ kind: FileKind }>('kind_of_card_file', sql, [id])
  return row?.kind ?? null
}

/** The newest uploads of cards, without their files. */
export const newestCardFiles = (act: Act, most: number): Promise<Omit<CardFile, 'file'>[]> =>
  act.statement('newest_card_files', `select ${fileColumns} from card_file order by id desc limit $1`, [most])

/** Marks a file of cards as applied, with its counts. */
export async function markFileApplied(act: Act, id: number, outcome: FileWill): Promise<void> {
  await act.statement(
    'mark_card_file_applied',
    'update card_file set applied_at = $2, applied_by = $3, outcome = $4 where id = $1',
    [id, act.now, act.actor.id, JSON.stringify(outcome)],
  )
}

/** Of two people who change what stands in boxes, one waits for the other; who publishes does not (programme/store.ts). */
export async function lockStock(act: Act): Promise<void> {
  await act.statement('stock_lock', 'select pg_advisory_xact_lock(7270011)', [])
}

const cardsSql = `
  select upper(encode(c.chip, 'hex')) as chip, c.printed_number as "printedNumber", c.edition,
         coalesce(holder.student_number, pack.student_number) as "studentNumber", c.counter, c.box,
         (h.at at time zone $3)::date::text as "heldSince", h.how,
         case when c.retired_at is null then null
           else json_build_object('on', (c.retired_at at time zone $3)::date, 'reason', c.retired_for) end as retired
  from card c
  left join person pack on pack.id = c.made_for
  left join handover h on h.card_id = c.id and h.how <> 'desk'
  left join person holder on holder.id = h.person_id
  where c.id in (
    select id from unnest($1::text[]) as t(told) join card on chip = decode(told, 'hex')
    union select id from unnest($2::text[]) as t(told) join card on printed_number = told)`

const numbersSql = `
  select n.format, n.number, upper(encode(c.chip, 'hex')) as chip
  from jsonb_to_recordset($1::jsonb) as t(format text, number bigint)
  join card_number n on n.format = t.format and n.number = t.number and n.retired_at is null
  join card c on c.id = n.card_id`

const waitingSql = `
  select p.student_number as "studentNumber", c.edition, upper(encode(c.chip, 'hex')) as chip, null as until
  from card c join person p on p.id = c.made_for
  where p.student_number = any($1::text[]) and c.retired_at is null
    and not exists (select from handover h where h.card_id = c.id)
    and not exists (select from card_lost l where l.card_id = c.id)`

// A holding that ends during a day reaches into that day: until is the first day it does not.
const untilSql = (range: string) => `((upper(${range}) at time zone $2)::date + 1)::text as until`
const heldSql = `
  select p.student_number as "studentNumber", h.edition, upper(encode(c.chip, 'hex')) as chip, ${untilSql('h.held')}
  from handover h join person p on p.id = h.person_id join card c on c.id = h.card_id
  where p.student_number = any($1::text[]) and not isempty(h.held)`
const usedSql = `
  select p.student_number as "studentNumber", c.edition, upper(encode(c.chip, 'hex')) as chip, ${untilSql('u.during')}
  from card_use u join person p on p.id = u.person_id join card c on c.id = u.card_id
  where p.student_number = any($1::text[]) and u.kind = 'student'`

/** What the register knows about the rows of a file: their people, cards, numbers and what those people have. */
export async function knownOf(
  act: Act,
  rows: readonly ReadCard[],
  programme: Programme,
): Promise<KnownToRegister> {
  const { zone } = programme.campus
  const some = (field: 'chip' | 'printedNumber' | 'studentNumber') => [
    ...new Set(rows.flatMap(({ told }) => told[field] ?? [])),
  ]
  const chips = some('chip')
  const students = some('studentNumber')
  const formats = await formatsInUse(act)
  const numbers = chips.flatMap(chip =>
    formats.flatMap(format => {
      const told = doorNumber(Uint8Array.fromHex(chip), format)
      return told.ok ? [{ format, number: Number(told.number) }] : []
    }),
  )
  const people = await act.statement<{ id: number; number: string }>(
    'people_of_cards',
    'select id, student_number as number from person where student_number = any($1::text[])',
    [students],
  )
  const taken = await act.statement<{ format: string; number: number; chip: string }>(
    'numbers_of_cards',
    numbersSql,
    [JSON.stringify(numbers)],
  )
  return {
    people: new Map(people.map(({ id, number }) => [number, id])),
    cards: await act.statement<KnownCard>('known_cards', cardsSql, [chips, some('printedNumber'), zone]),
    numbers: new Map(taken.map(({ format, number, chip }) => [numberKey(format, number), chip])),
    waiting: await act.statement<KnownHold>('waiting_packs', waitingSql, [students]),
    held: await act.statement<KnownHold>('held_cards', heldSql, [students, zone]),
    used: await act.statement<KnownHold>('used_cards', usedSql, [students, zone]),
    formats,
    accessEndsOn: edition =>
      accessEndsAt(programme, edition)?.toZonedDateTimeISO(zone).toPlainDate().toString() ?? null,
    givenToday: editionIssuedOn(programme, act.now.toZonedDateTimeISO(zone).toPlainDate())?.id ?? null,
  }
}
