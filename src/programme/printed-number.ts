import type { Contradiction } from './contradictions.ts'
import type { Programme } from './shape.ts'

/** A number of so many digits is either the card's own or its chip's: a desk must be able to tell which. */
export function* printedNumberProblems({ campus }: Programme): Generator<Contradiction> {
  const { digits = [], chipInDecimal = [] } = campus.printedNumber ?? {}
  for (const [index, length] of chipInDecimal.entries())
    if (digits.includes(length))
      yield {
        path: ['campus', 'printedNumber', 'chipInDecimal', index],
        rule: 'printed-length-twice',
        facts: { length },
      }
}
