import { useWords } from '../web/surroundings.tsx'
import { surveyWords } from './survey-words.ts'

/** What is said of a card's doors: 1, 2, and a third by a time profile. */
export function DoorsSaid({ doors }: { doors: readonly number[] }) {
  const w = useWords(surveyWords)
  const said = doors.flatMap((right, at) =>
    right === 0 ? [] : [right === 1 ? String(at + 1) : w.byProfile(at + 1, right)],
  )
  return <>{said.length > 0 ? said.join(', ') : w.noDoor}</>
}
