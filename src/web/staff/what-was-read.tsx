import type { ReactNode } from 'react'
import { type FactSaid, Facts } from '../facts.tsx'
import { Panel } from '../panel.tsx'
import { useWords } from '../surroundings.tsx'
import { type ColumnRead, ColumnsRead } from './columns-read.tsx'
import { filesWords } from './files-words.ts'

/** How a file was understood: its rows, its encoding or sheet, and what each of its columns was read as. */
export function WhatWasRead({
  rows,
  read,
  ignored,
  more = [],
  children,
  ...columns
}: {
  rows: ReactNode
  read: {
    encoding: string
    delimiter: string
    sheet: string | null
    sheets: readonly string[]
    columns: readonly ColumnRead[]
  }
  ignored: readonly string[]
  more?: readonly FactSaid[]
  fields: Readonly<Record<string, string>>
  room: 'roster' | 'cards'
  kind: string
  fixed: boolean
  children?: ReactNode
}) {
  const w = useWords(filesWords)
  const how: FactSaid =
    read.sheet === null
      ? { name: w.delimiter, value: w.delimiters[read.delimiter] ?? read.delimiter }
      : { name: w.sheet, value: w.sheetOf(read.sheet, read.sheets.length) }
  return (
    <Panel title={w.read}>
      <Facts
        facts={[
          { name: w.rows, value: rows },
          ...more,
          { name: w.encoding, value: w.encodings[read.encoding] ?? read.encoding },
          how,
          { name: w.ignored, value: ignored.length > 0 ? ignored.join(', ') : w.noneIgnored },
        ]}
      />
      {children}
      <details className="file-columns">
        <summary>{w.columns}</summary>
        <ColumnsRead columns={read.columns} {...columns} />
      </details>
    </Panel>
  )
}
