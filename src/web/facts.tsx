import type { ReactNode } from 'react'

/** One fact: what it is, and what it says. */
export interface FactSaid {
  name: ReactNode
  value: ReactNode
}

/** A short list of facts, each with its name: place, hours, number, fee. */
export const Facts = ({ facts }: { facts: readonly FactSaid[] }) => (
  <dl className="facts">
    {facts.map((fact, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a list of facts is written in one go and never reordered
      <div key={index}>
        <dt>{fact.name}</dt>
        <dd>{fact.value}</dd>
      </div>
    ))}
  </dl>
)
