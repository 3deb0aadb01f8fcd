import { useShell } from './surroundings.tsx'
import { sayDate, sayWhen } from './when.ts'

/** An instant (ISO) on the campus's clocks: the time, and its date when that is not today. */
export const When = ({ at }: { at: string }) => (
  <time className="when" dateTime={at}>
    {sayWhen(at, useShell())}
  </time>
)

/** A date (ISO) in words, with its weekday. */
export const Day = ({ on }: { on: string }) => (
  <time className="when" dateTime={on}>
    {sayDate(on, useShell())}
  </time>
)
