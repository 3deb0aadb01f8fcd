import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useWords } from '../web/surroundings.tsx'
import { peopleWords } from './people-words.ts'

/** A student number that leads to everything of its person. */
export function ToPerson({ personId, studentNumber }: { personId: number; studentNumber: string }) {
  const w = useWords(peopleWords)
  return (
    <Anchor
      component={Link}
      to={`/people/${personId}`}
      underline="always"
      aria-label={w.history(studentNumber)}
    >
      {studentNumber}
    </Anchor>
  )
}
