import { Button, UnstyledButton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { Answer } from '../web/api.ts'
import { Notice, Panel } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useAct, useApi } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayWhen } from '../web/when.ts'
import { Changes } from './changes.tsx'
import { editorWords } from './editor-words.ts'
import type { CheckReply } from './publish-api.ts'
import { screenWords } from './screen-words.ts'

/** What was found in a text: its problems, or what it changes and brings, with the button that publishes it. */
export function CheckResult({
  source,
  answer,
  edited,
  onLine,
  onCheckAgain,
  onPublished,
}: {
  source: string
  answer: Answer<CheckReply>
  /** Whether the text on the screen is another one by now. */
  edited: boolean
  onLine: (line: number) => void
  onCheckAgain: () => void
  onPublished: (version: number) => void
}) {
  const w = useWords(screenWords)
  const stale = edited && (
    <Notice tone="wait" title={w.edited}>
      <Button variant="default" onClick={onCheckAgain}>
        {w.checkAgain}
      </Button>
    </Notice>
  )
  if (!answer.ok)
    return (
      <Notice tone="no" title={w.refused} urgent>
        <p>{answer.message}</p>
        <p>{w.nothingChanged}</p>
      </Notice>
    )
  const found = answer.value
  if (found.problems.length > 0)
    return (
      <Panel>
        {stale}
        <Problems problems={found.problems} onLine={onLine} />
      </Panel>
    )
  return (
    <>
      {stale}
      {found.refusals.length > 0 ? (
        <Notice tone="no" title={w.mayNot} urgent>
          <ul>
            {found.refusals.map(({ refusal, message }) => (
              <li key={refusal}>{message}</li>
            ))}
          </ul>
          <p>{w.mayNotNext}</p>
        </Notice>
      ) : (
        !edited && (
          <PublishOrPropose
            found={found}
            source={source}
            onCheckAgain={onCheckAgain}
            onPublished={onPublished}
          />
        )
      )}
      {found.changeCount > 0 && <Changes found={found} />}
    </>
  )
}

/** What is to be mended, each with its line, its place and what to do. */
export function Problems({
  problems,
  onLine,
}: {
  problems: CheckReply['problems']
  onLine: (line: number) => void
}) {
  const w = useWords(screenWords)
  return (
    <>
      <Notice tone="no" title={w.problems(problems.length)} urgent>
        <p>{w.nothingChanged}</p>
      </Notice>
      <ListTable
        columns={[w.line, w.place, w.wrong, w.cure]}
        rows={problems.map(({ line, path, rule, wrong, cure }, at) => ({
          key: `${at} ${line} ${path} ${rule}`,
          cells: [
            <UnstyledButton
              key="line"
              td="underline"
              aria-label={w.toLine(line)}
              onClick={() => onLine(line)}
            >
              {w.lineNo(line)}
            </UnstyledButton>,
            path || w.wholeFile,
            wrong,
            cure,
          ],
        }))}
      />
    </>
  )
}

/** Says in sentences what publishing brings. */
export function Brings({ found: { brings } }: { found: CheckReply }) {
  const w = useWords(screenWords)
  const shell = useShell()
  const end = (at: string | null) => (at === null ? w.noEnd : sayWhen(at, shell))
  const moves = (brings?.moves ?? []).filter(({ people }) => people > 0)
  const moved = moves.length > 0 || (brings?.changeFaculty ?? 0) > 0
  return (
    <ul className="programme-brings">
      {moves.map(({ edition, editionName, people, from, to, earlier }) => (
        <li key={edition}>
          <Verdict
            tone={earlier ? 'warn' : 'info'}
            word={w.move(people, editionName, end(from), end(to), earlier)}
          />
        </li>
      ))}
      {brings && brings.changeFaculty > 0 && (
        <li>
          <Verdict tone="warn" word={w.changeFaculty(brings.changeFaculty)} />
        </li>
      )}
      {brings && moved && (
        <li>{w.doors(sayWhen(brings.doorsLearnFrom, shell), sayWhen(brings.doorsLearnBy, shell))}</li>
      )}
      {moves.length === 0 && <li>{w.noneConcerned}</li>}
      <li>{w.bringsRule}</li>
    </ul>
  )
}

/** Where a second person publishes, the text becomes a draft that is proposed at once. */
function Propose({
  found,
  source,
  onCheckAgain,
}: Pick<Parameters<typeof Publish>[0], 'found' | 'source' | 'onCheckAgain'>) {
  const w = useWords(editorWords)
  const screen = useWords(screenWords)
  const api = useApi()
  const navigate = useNavigate()
  const [refused, setRefused] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  async function propose(): Promise<void> {
    setPending(true)
    const { comparedWith } = found
    const body = { name: screen.newText, source, comparedWith }
    const begun = await api.post<{ draftId: number }>('/programme/drafts', body)
    const answer = begun.ok
      ? await api.post<{ proposalId: number }>(`/programme/drafts/${begun.value.draftId}/proposals`, {
          revision: 1,
          note: '',
        })
      : begun
    setPending(false)
    if (answer.ok) await navigate({ to: `/programme/proposals/${answer.value.proposalId}` })
    else setRefused(answer.message)
  }
  return (
    <Panel title={screen.brings}>
      <Brings found={found} />
      <p className="dim">{w.proposeNext}</p>
      {refused !== null && (
        <Notice tone="no" title={screen.notDone} urgent>
          <p>{refused}</p>
          <Button variant="default" onClick={onCheckAgain}>
            {screen.checkAgain}
          </Button>
        </Notice>
      )}
      <Button size="lg" disabled={pending} onClick={() => void propose()}>
        {w.proposeThis}
      </Button>
    </Panel>
  )
}

const PublishOrPropose = (props: Parameters<typeof Publish>[0]) =>
  props.found.secondPerson ? <Propose {...props} /> : <Publish {...props} />

/** What publishing brings, before the button that does it. */
function Publish({
  found,
  source,
  onCheckAgain,
  onPublished,
}: {
  found: CheckReply
  source: string
  onCheckAgain: () => void
  onPublished: (version: number) => void
}) {
  const w = useWords(screenWords)
  const busy = useId()
  const { comparedWith, seal } = found
  const act = useAct<{ source: string; comparedWith: number | null; seal: string }, { version: number }>(
    '/programme/versions',
    { refresh: ['/programme'] },
  )
  const [refused, setRefused] = useState<string | null>(null)
  async function publish(): Promise<void> {
    setRefused(null)
    const answer = await act.mutateAsync({ source, comparedWith, seal: seal ?? '' })
    if (answer.ok) onPublished(answer.value.version)
    else setRefused(answer.message)
  }
  return (
    <Panel title={w.brings}>
      <Brings found={found} />
      <p className="dim">{w.final}</p>
      {refused !== null && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
          <Button variant="default" onClick={onCheckAgain}>
            {w.checkAgain}
          </Button>
        </Notice>
      )}
      {act.isPending ? (
        <div className="progress" role="status">
          <label htmlFor={busy}>{w.publishing}</label>
          <progress id={busy} />
        </div>
      ) : (
        <Button size="lg" onClick={() => void publish()}>
          {w.publish}
        </Button>
      )}
    </Panel>
  )
}
