import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
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

/** By which route a look was: it breaks after each part of its address, so that it is as narrow as a telephone. */
export const Route = ({ route }: { route: string }) => (
  <small lang="en">
    {route.split(/(?<=\/)/).map((part, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one address, in their order
      <Fragment key={at}>
        {part}
        <wbr />
      </Fragment>
    ))}
  </small>
)
