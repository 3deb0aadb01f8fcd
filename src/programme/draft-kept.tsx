import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { useAct, useApi } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { DraftReply } from './draft-api.ts'
import { editorWords } from './editor-words.ts'
import type { Written } from './use-draft.ts'

/** Whether what stands here is kept; of two who write at once, what the second can do so that nothing is lost. */
export function DraftKept({ draft, written }: { draft: DraftReply; written: Written }) {
  const w = useWords(editorWords)
  const api = useApi()
  const known = useQueryClient()
  const navigate = useNavigate()
  const beginning = useAct<
    { name: string; source: string; comparedWith: number | null },
    { draftId: number }
  >('/programme/drafts', { refresh: ['/programme/drafts'] })
  const { keeping } = written
  const [refused, setRefused] = useState<string | null>(null)
  async function keepMine(): Promise<void> {
    const answer = await beginning.mutateAsync({
      name: `${draft.name.slice(0, 95)} (2)`,
      source: written.text,
      // It undoes what was published after it was begun, until somebody looks.
      comparedWith: written.comparedWith,
    })
    if (!answer.ok) {
      setRefused(answer.message)
      return
    }
    // It is kept now, in the other draft: nothing is left behind here.
    written.take({ ...draft, source: written.text })
    await navigate({ to: `/programme/edit/${answer.value.draftId}` })
  }
  async function loadTheirs(): Promise<void> {
    const answer = await api.get<DraftReply>(`/programme/drafts/${draft.id}`)
    if (answer.ok) written.take(answer.value)
    await known.invalidateQueries({ queryKey: [`/programme/drafts/${draft.id}`] })
  }
  if (keeping.state !== 'refused')
    return (
      <p role="status" className="dim">
        {{ kept: w.saved, keeping: w.saving, unkept: w.notSaved }[keeping.state]}
      </p>
    )
  const title = titles[keeping.refusal]
  return (
    <Notice tone="no" title={title ? w[title] : w.offline} urgent>
      <p>{keeping.message}</p>
      {refused !== null && <p>{refused}</p>}
      {!title && <Button onClick={written.keepNow}>{w.retry}</Button>}{' '}
      <Button variant={title ? 'filled' : 'default'} onClick={() => void keepMine()}>
        {w.keepMine}
      </Button>{' '}
      {title && (
        <Button variant="default" onClick={() => void loadTheirs()}>
          {w.loadTheirs}
        </Button>
      )}
    </Notice>
  )
}

/** Refusals that trying again does not change: the draft itself is another one by now. */
const titles: Partial<Record<string, 'conflict' | 'isProposed' | 'endedTitle'>> = {
  'draft-changed-meanwhile': 'conflict',
  'draft-is-proposed': 'isProposed',
  'draft-ended': 'endedTitle',
}
