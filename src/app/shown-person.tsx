import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Bilingual } from '../lib/words.ts'
import { useShell } from '../web/surroundings.tsx'

/** Somebody whom a look showed; leads to everything of them. */
export function ShownPerson({
  person: { personId, studentNumber, name },
}: {
  person: { personId: number; studentNumber: string; name: Bilingual }
}) {
  const { language } = useShell()
  return (
    <Anchor component={Link} to={`/people/${personId}`} underline="always">
      {studentNumber} {name[language]}
    </Anchor>
  )
}
