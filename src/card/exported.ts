import { both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import type { Register } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import { type CardField, type FileCard, fileColumns } from './file-columns.ts'
import { refusedRead } from './file-routes.ts'
import { sayRowFault } from './file-words.ts'
import { lookAtCardFile } from './take-file.ts'

type StockCard = Pick<FileCard, 'chip' | 'printedNumber' | 'edition' | 'studentNumber' | 'counter' | 'box'>

const known = (field: Exclude<CardField, 'how'>): ExportColumn<FileCard> & { header: string } => ({
  header: (fileColumns.stock[field] ?? fileColumns['old-cards'][field]).header,
  text: card => card[field],
})
const stockColumns = (['chip', 'printedNumber', 'edition', 'studentNumber', 'counter', 'box'] as const).map(
  field => known(field) as ExportColumn<StockCard>,
)

// What a maker's letter says of its code is never shown again, and so is not here.
const stockSql = `
  select upper(encode(c.chip, 'hex')) as chip, c.printed_number as "printedNumber", c.edition,
         p.student_number as "studentNumber", c.counter, c.box
  from card c left join person p on p.id = c.made_for
  where c.retired_at is null and c.counter is not null
    and not exists (select from handover h where h.card_id = c.id)
    and not exists (select from card_lost l where l.card_id = c.id)
    and not exists (select from card_loan o where o.card_id = c.id and o.returned_at is null)
  order by c.counter, c.box, c.id`

/** A card of an uploaded file, and what the register says to it now. */
interface FileLine {
  line: number
  card: Partial<FileCard>
  verdict: 'fresh' | 'unchanged' | 'bad'
  reasons: string
}

const verdicts = {
  fresh: both('可套用', 'comes in'),
  unchanged: both('未變更', 'unchanged'),
  bad: both('錯誤', 'bad'),
}

/** The stock as a file of cards that can be dropped again, and what an uploaded file would do, row by row. */
export function stockExports(server: Server, { register }: { register: Register }): void {
  exportsList(
    server,
    { register },
    {
      of: '/api/v1/cards/stock',
      name: 'stock',
      title: both('卡片庫存', 'Cards in stock'),
      policy: ['office', 'integrator'],
      scope: 'exports:read',
      purpose: 'cards',
      tags: ['cards'],
      query: {},
      columns: stockColumns,
      rows: act => rowsOf<StockCard>(act, 'export_stock', stockSql),
    },
  )

  const ofFile: ExportColumn<FileLine>[] = [
    { header: both('行', 'Line'), text: ({ line }) => String(line) },
    { header: both('結果', 'Outcome'), text: ({ verdict }, { language }) => verdicts[verdict][language] },
    ...(['chip', 'printedNumber', 'edition', 'studentNumber', 'counter', 'box', 'heldSince'] as const).map(
      (field): ExportColumn<FileLine> => ({
        header: known(field).header,
        text: ({ card }) => card[field] ?? null,
      }),
    ),
    { header: both('原因', 'Reason'), text: ({ reasons }) => reasons },
  ]
  exportsList(
    server,
    { register },
    {
      of: '/api/v1/cards/files/:id',
      name: 'card-file',
      title: both('卡片檔案', 'File of cards'),
      policy: 'office',
      purpose: 'cards',
      tags: ['cards'],
      query: {},
      params: { id: RowId },
      columns: ofFile,
      async *rows(act, { id }, language) {
        const looked = await lookAtCardFile(act, id)
        if (!looked.ok) throw refusedRead(looked, language)
        const { fresh, unchanged, bad } = looked.preview.checked
        const lines: FileLine[] = [
          ...fresh.map(({ line, card }) => ({ line, card, verdict: 'fresh' as const, reasons: '' })),
          ...unchanged.map(({ line, card }) => ({ line, card, verdict: 'unchanged' as const, reasons: '' })),
          ...bad.map(({ line, told, faults }) => ({
            line,
            card: told,
            verdict: 'bad' as const,
            reasons: faults.map(fault => sayRowFault(fault, language)).join(' '),
          })),
        ]
        yield* lines.toSorted((a, b) => a.line - b.line)
      },
    },
  )
}
