import type { ReactNode } from 'react'
import { Verdict } from '../web/verdict.tsx'
import type { PreviewReply } from './import-api.ts'
import type { words } from './words.ts'

/** What applying a roster will do, a sentence each. */
export function willSentences(
  { adds, changes, losesEnrolment, leavesAlone }: PreviewReply['will'],
  say: (typeof words)['en']['applying'],
): ReactNode[] {
  const sentences: ReactNode[] = []
  if (adds > 0) sentences.push(say.adds(adds))
  if (changes > 0) sentences.push(say.changes(changes))
  if (losesEnrolment > 0) sentences.push(<Verdict tone="warn" word={say.losesEnrolment(losesEnrolment)} />)
  if (leavesAlone > 0) sentences.push(say.leavesAlone(leavesAlone))
  return sentences
}
