import { createContext, type ReactNode, useContext } from 'react'
import type { Bilingual, Language } from '../lib/words.ts'
import type { Shell } from './shell.ts'

const ShellContext = createContext<Shell | null>(null)

/** Puts a page into its surroundings, so that its components know language, zone and today. */
export const InShell = ({ shell, children }: { shell: Shell; children: ReactNode }) => (
  <ShellContext value={shell}>{children}</ShellContext>
)

/** The page's surroundings: language, zone, today, reader, addresses of built files. */
export function useShell(): Shell {
  const shell = useContext(ShellContext)
  if (!shell) throw new Error('A page component was rendered outside of its shell')
  return shell
}

/** A room's words in the reader's language: `const w = useWords(words)`. */
export const useWords = <Words,>(catalogue: Readonly<Record<Language, Words>>): Words =>
  catalogue[useShell().language]

/** Says a name that exists in both languages in the reader's. */
export const useSaid = (said: Bilingual): string => said[useShell().language]
