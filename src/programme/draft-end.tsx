import { Button, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Notice, Panel } from '../web/panel.tsx'
import { useBegan } from '../web/staff/of-campus.tsx'
import { useAct } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import { Changes } from './changes.tsx'
import { Brings } from './check-result.tsx'
import type { DraftReply } from './draft-api.ts'
import { editorWords } from './editor-words.ts'
import type { Written } from './use-draft.ts'

/** The end of writing: what the draft would change and bring, and proposing it, or publishing it where one officer may. */
export function DraftEnd({ draft, written }: { draft: DraftReply; written: Written }) {
  const w = useWords(editorWords)
  const navigate = useNavigate()
  const began = useBegan()
  const known = useQueryClient()
  const [note, setNote] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const path = `/programme/drafts/${draft.id}`
  const refresh = ['/programme']
  const propose = useAct<{ revision: number; note: string }, { proposalId: number }>(`${path}/proposals`, {
    refresh,
  })
  const publish = useAct<{ revision: number; seal: string }, { version: number }>(`${path}/publication`, {
    refresh,
  })
  const end = useAct<{ revision: number }, object>(`${path}/end`, { refresh })
  const bringUp = useAct<{ revision: number; version: number | null }, { revision: number }>(
    `${path}/comparison`,
  )
  const found = written.check?.ok ? written.check.value : null
  const { revision, keeping } = written
  const still = written.checked && keeping.state === 'kept'
  const behind = draft.inForce !== null && draft.comparedWith !== draft.inForce

  async function broughtUp(): Promise<void> {
    const answer = await bringUp.mutateAsync({ revision, version: draft.inForce })
    if (!answer.ok) setRefused(answer.message)
    else {
      written.take({
        ...draft,
        source: written.text,
        revision: answer.value.revision,
        comparedWith: draft.inForce,
      })
      await known.invalidateQueries({ queryKey: [path] })
    }
  }
  async function go(): Promise<void> {
    setRefused(null)
    if (draft.alone) {
      const answer = await publish.mutateAsync({ revision, seal: found?.seal ?? '' })
      if (answer.ok) {
        began()
        await navigate({ to: '/programme', search: { published: answer.value.version } })
      } else setRefused(answer.message)
    } else {
      const answer = await propose.mutateAsync({ revision, note })
      if (answer.ok) await navigate({ to: `/programme/proposals/${answer.value.proposalId}` })
      else setRefused(answer.message)
    }
  }
  async function setAside(): Promise<void> {
    const answer = await end.mutateAsync({ revision })
    if (!answer.ok) {
      setRefused(answer.message)
      return
    }
    // What was not kept yet is set aside with it.
    written.take({ ...draft, source: written.text })
    await navigate({ to: '/programme/edit' })
  }
  const ready = found !== null && found.problems.length === 0
  return (
    <>
      {behind && (
        <Notice tone="warn" title={(draft.comparedWith === null ? w.notCompared : w.behind)(draft.inForce!)}>
          <p>{w.behindNext}</p>
          <Button variant="default" disabled={keeping.state !== 'kept'} onClick={() => void broughtUp()}>
            {w.broughtUp}
          </Button>
        </Notice>
      )}
      <Panel title={w.check}>
        {!written.checked && <p role="status">{w.checking}</p>}
        {ready && found.refusals.length > 0 && (
          <Notice tone={found.changeCount === 0 ? 'info' : 'no'}>
            <ul>
              {found.refusals.map(({ refusal, message }) => (
                <li key={refusal}>{message}</li>
              ))}
            </ul>
          </Notice>
        )}
        {found && found.problems.length > 0 && <p>{w.problemsIn(found.problems.length)}</p>}
        {ready && <Brings found={found} />}
        {refused !== null && <Notice tone="no" title={refused} urgent />}
        {ready && found.refusals.length === 0 && !behind && (
          <>
            {!draft.alone && (
              <Textarea
                label={w.note}
                maxLength={1_000}
                value={note}
                onChange={event => setNote(event.currentTarget.value)}
              />
            )}
            <Button
              size="lg"
              disabled={!still || propose.isPending || publish.isPending}
              onClick={() => void go()}
            >
              {draft.alone ? w.publishAlone : w.propose}
            </Button>
          </>
        )}
        <p>
          <Button
            component="a"
            variant="default"
            download={`${draft.name}.yaml`}
            href={`data:application/yaml;charset=utf-8,${encodeURIComponent(written.text)}`}
          >
            {w.download}
          </Button>{' '}
          <Button variant="subtle" onClick={() => void setAside()}>
            {w.setAside}
          </Button>
        </p>
      </Panel>
      {ready && found.changeCount > 0 && <Changes found={found} />}
    </>
  )
}
