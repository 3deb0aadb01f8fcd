import { Fragment } from 'react'
import { sayList } from '../lib/say.ts'
import { useShell } from './surroundings.tsx'

/** Phone numbers that a tap calls, joined by "or"; a number is never broken over two lines. */
export function Phones({ numbers }: { numbers: readonly string[] }) {
  const { language } = useShell()
  // The row is said once with a sign in each number's place, so that its commas and its "or" are the language's own.
  const between = sayList(
    numbers.map(() => '0'),
    language,
    'or',
  ).split('0')
  return numbers.map((number, at) => (
    <Fragment key={number}>
      {between[at]}
      <a className="whole" href={`tel:${number.replaceAll('-', '')}`}>
        {number}
      </a>
    </Fragment>
  ))
}
