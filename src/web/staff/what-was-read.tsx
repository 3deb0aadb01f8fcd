import type { ReactNode } from 'react'
import { type FactSaid, Facts } from '../facts.tsx'
import { Panel } from '../panel.tsx'
import { useWords } from '../surroundings.tsx'
import { filesWords } from './files-words.ts'

/** How a file was understood: its rows, its encoding, the columns that mean nothing to us. */
export function WhatWasRead({
  rows,
  encoding,
  ignored,
  more = [],
  children,
}: {
  rows: ReactNode
  encoding: string
  ignored: readonly string[]
  more?: readonly FactSaid[]
  children?: ReactNode
}) {
  const w = useWords(filesWords)
  return (
    <Panel title={w.read}>
      <Facts
        facts={[
          { name: w.rows, value: rows },
          ...more,
          { name: w.encoding, value: w.encodings[encoding] ?? encoding },
          { name: w.ignored, value: ignored.length > 0 ? ignored.join(', ') : w.noneIgnored },
        ]}
      />
      {children}
    </Panel>
  )
}
