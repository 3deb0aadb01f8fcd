import { createContext, type ReactNode, useContext, useState } from 'react'
import type { Bilingual } from '../../lib/words.ts'
import { InShell, useShell } from '../surroundings.tsx'
import { useGet } from './use-api.tsx'

const BeganContext = createContext<() => void>(() => {})

/** Says that a first programme was published: from then on there is a campus, with its name and its zone. */
export const useBegan = (): (() => void) => useContext(BeganContext)

/**
 * The surroundings of screens that were opened before there was a campus: once its first programme is published here,
 * they have its name and its time, and not those of nowhere until somebody loads the page again.
 */
export function OfCampus({ children }: { children: ReactNode }) {
  const shell = useShell()
  const [began, setBegan] = useState(false)
  const { data } = useGet<{ campus: { name: Bilingual; zone: string } }>('/programme', {
    enabled: began && !shell.begun,
  })
  const campus = data?.ok ? data.value.campus : null
  return (
    <BeganContext value={() => setBegan(true)}>
      <InShell shell={campus ? { ...shell, begun: true, campusName: campus.name, zone: campus.zone } : shell}>
        {children}
      </InShell>
    </BeganContext>
  )
}
