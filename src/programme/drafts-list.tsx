import './versions.css'
import './editor.css'
import { Anchor, Button, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { DropZone } from '../web/staff/drop-zone.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { beginning } from './beginning.ts'
import type { DraftListed } from './draft-api.ts'
import type { Beginning } from './drafts.ts'
import { editorWords } from './editor-words.ts'
import type { VersionReply } from './publish-api.ts'
import { screenWords } from './screen-words.ts'

/** No character takes more than three bytes of a text's length in UTF-8. */
const largestFileBytes = 1_500_000

/** All drafts of the programme, and where one is begun: with what is in force, with a file, or from nothing. */
export function Drafts() {
  const w = useWords(editorWords)
  const files = useWords(screenWords)
  const navigate = useNavigate()
  const { data: listed } = useGet<{ drafts: DraftListed[] }>('/programme/drafts')
  const { data: versions } = useGet<{ versions: VersionReply[] }>('/programme/versions')
  const begin = useAct<object, { draftId: number }>('/programme/drafts', { refresh: ['/programme/drafts'] })
  const [name, setName] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const newest = versions?.ok ? versions.value.versions[0]?.version : undefined

  async function start(from: Beginning, called: string): Promise<void> {
    setRefused(null)
    const answer = await begin.mutateAsync({ name: (name.trim() || called).slice(0, 100), ...from })
    if (answer.ok) await navigate({ to: `/programme/edit/${answer.value.draftId}` })
    else setRefused(answer.message)
  }
  async function take(file: File): Promise<void> {
    if (file.size > largestFileBytes) return setRefused(files.tooBig)
    try {
      const source = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
      // What a file was written from nobody knows: its difference is looked at first.
      await start({ source, comparedWith: null }, file.name)
    } catch {
      setRefused(files.notText)
    }
  }
  return (
    <div className="files programme editor">
      <h1>{w.drafts}</h1>
      <p className="dim">{w.about}</p>
      <Panel title={w.begin}>
        {refused !== null && <Notice tone="no" title={refused} urgent />}
        <TextInput
          label={w.name}
          description={w.nameHint}
          maxLength={100}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <p>
          {newest !== undefined && (
            <Button onClick={() => void start({ version: newest }, files.version(newest))}>
              {w.fromVersion(newest)}
            </Button>
          )}{' '}
          <Button variant="default" onClick={() => void start({ source: beginning }, w.fromNothing)}>
            {w.fromNothing}
          </Button>
        </p>
        <DropZone
          invitation={w.fromFile}
          limits={w.limits}
          accept=".yaml,.yml,.json,text/yaml,application/yaml,application/json,text/plain"
          refused={null}
          nothingChanged={files.nothingChanged}
          disabled={begin.isPending}
          onFile={file => void take(file)}
        />
      </Panel>
      {listed?.ok === false && <Notice tone="no" title={listed.message} />}
      {listed === undefined && <p className="waits">{w.loading}</p>}
      {listed?.ok && listed.value.drafts.length === 0 && <EmptyState title={w.none}>{w.noneNext}</EmptyState>}
      {listed?.ok && listed.value.drafts.length > 0 && <Listed drafts={listed.value.drafts} />}
    </div>
  )
}

function Listed({ drafts }: { drafts: readonly DraftListed[] }) {
  const w = useWords(editorWords)
  const { language } = useShell()
  return (
    <Panel title={w.open}>
      <ListTable
        columns={[w.name, w.kept, w.state]}
        rows={drafts.map(draft => ({
          key: draft.id,
          cells: [
            <Anchor key="name" component={Link} to={`/programme/edit/${draft.id}`} underline="always">
              {draft.name}
            </Anchor>,
            <>
              <When at={draft.keptAt} /> {draft.keptBy[language]}
            </>,
            draft.proposal ? (
              <Anchor
                key="state"
                component={Link}
                to={`/programme/proposals/${draft.proposal.id}`}
                underline="always"
              >
                {w.proposedBy(draft.proposal.by[language])}
              </Anchor>
            ) : draft.declined !== null ? (
              w.declinedFor(draft.declined)
            ) : (
              w.writing
            ),
          ],
        }))}
      />
    </Panel>
  )
}
