import type { ReactNode } from 'react'
import { useWords } from './surroundings.tsx'
import { Verdict, type VerdictSaid } from './verdict.tsx'
import { words } from './words.ts'

/** One card in the switch table: what it does now, and what it will do afterwards. */
export interface SwitchRow {
  card: string
  /** Which card is meant, e.g. its last digits. */
  detail?: string
  now: VerdictSaid
  after: VerdictSaid
}

/** Old and new card, now and after: what each opens, and when that changes (the notice's point 9). */
export function SwitchTable({
  caption,
  now,
  after,
  rows,
}: {
  caption: ReactNode
  /** Beside the word "now", e.g. the present time. */
  now: ReactNode
  /** When it changes, e.g. "from 15:00, at the latest 16:00". */
  after: ReactNode
  rows: readonly SwitchRow[]
}) {
  const w = useWords(words)
  return (
    <table className="switch">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{w.card}</th>
          <th scope="col">
            {w.now} <small>{now}</small>
          </th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.card}>
            <th scope="row">
              {row.card}
              {row.detail && <small>{row.detail}</small>}
            </th>
            <td>
              <Verdict {...row.now} />
            </td>
            <td>
              <Verdict {...row.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
