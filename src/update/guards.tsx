import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { besideEachOther } from '../lib/both.ts'
import { When } from '../web/moment.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { Focused } from '../web/staff/focused.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { DryRun, GuardAnswered, Guards } from './govern-shapes.ts'
import { governWords } from './govern-words.ts'
import { LosingList } from './losing-list.tsx'
import { ReasonForm } from './reason-form.tsx'
import { words } from './words.ts'

type Guard = Guards['guards'][number]

const lookAgainMs = 3_000

/** Where there are too many, and how many would have passed. */
export function Limits({ limits }: { limits: DryRun['guard']['limits'] }) {
  const w = useWords(governWords)
  const { language } = useShell()
  return (
    <ul>
      {limits.map(limit => (
        <li key={limit.controllerId ?? 0}>
          {w.limit(
            limit.building?.[language] ??
              (limit.controllerId === null ? w.campus : String(limit.controllerId)),
            limit.people,
            limit.of,
            limit.most,
          )}
        </li>
      ))}
    </ul>
  )
}

/** Whose acts caused it, by their names. */
export function Causers({ causedBy }: { causedBy: DryRun['guard']['causedBy'] }) {
  const w = useWords(governWords)
  const { language } = useShell()
  const names = causedBy.map(({ actor, name }) => name?.[language] ?? actor)
  return (
    <p>
      {w.causedBy}
      {language === 'en' ? ': ' : '：'}
      {names.length === 0 ? w.byDate : besideEachOther(names, language)}
    </p>
  )
}

/** What waits for a second person, or was refused and is not repaired yet; with the two answers. */
export function GuardsPanel({ mayAnswer }: { mayAnswer: boolean }) {
  const [done, setDone] = useState<string | null>(null)
  const guards = useGet<Guards>('/guards', { everyMs: lookAgainMs })
  const open = guards.data?.ok ? guards.data.value.guards : []
  return (
    <>
      <div role="status">
        {done !== null && (
          <Focused>
            <Notice tone="yes">
              <p>{done}</p>
            </Notice>
          </Focused>
        )}
      </div>
      {open.map(guard => (
        <OneGuard key={guard.id} guard={guard} mayAnswer={mayAnswer} onDone={setDone} />
      ))}
    </>
  )
}

function OneGuard({
  guard,
  mayAnswer,
  onDone,
}: {
  guard: Guard
  mayAnswer: boolean
  onDone: (said: string) => void
}) {
  const w = useWords(governWords)
  const causes = useWords(words).causes
  const { language } = useShell()
  const [shows, setShows] = useState(false)
  const [answering, setAnswering] = useState<GuardAnswered['answer'] | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const act = useAct<GuardAnswered, { numbers: number }>(`/guards/${guard.id}/answer`, {
    refresh: ['/guards', '/windows', '/staff-notices', '/controllers'],
  })
  async function answer(body: GuardAnswered) {
    setRefused(null)
    const answered = await act.mutateAsync(body)
    if (!answered.ok) return setRefused(answered.message)
    onDone(body.answer === 'let-go' ? w.letGoDone(answered.value.numbers) : w.refusedDone)
    setAnswering(null)
  }
  const wasRefused = guard.answer === 'refused'
  const [colon, comma] = language === 'en' ? [': ', ', '] : ['：', '、']
  return (
    <Panel
      title={
        <>
          {wasRefused ? w.refusedTitle : w.guard}
          {colon}
          <When at={guard.startsAt} />
        </>
      }
    >
      <Notice tone={wasRefused ? 'info' : 'warn'}>
        <p>
          {wasRefused
            ? w.refusedAbout(
                guard.answeredBy?.name?.[language] ?? guard.answeredBy?.actor ?? '',
                guard.reason ?? '',
              )
            : w.guardAbout(guard.people)}
        </p>
      </Notice>
      <Limits limits={guard.limits} />
      <Causers causedBy={guard.causedBy} />
      <p>
        {w.causes}
        {colon}
        {guard.causes.map(cause => causes[cause]).join(comma)}
      </p>
      {shows && (
        <Focused>
          <LosingList path={`/guards/${guard.id}/people`} />
        </Focused>
      )}
      {mayAnswer && !guard.mayAnswer && <p>{w.ownAct}</p>}
      {answering === null ? (
        <Group>
          {guard.mayAnswer && <Button onClick={() => setAnswering('let-go')}>{w.letGo}</Button>}
          {guard.mayAnswer && !wasRefused && (
            <Button variant="default" onClick={() => setAnswering('refused')}>
              {w.refuse}
            </Button>
          )}
          {!shows && (
            <Button variant="default" onClick={() => setShows(true)}>
              {w.who}
            </Button>
          )}
        </Group>
      ) : (
        <ReasonForm
          go={answering === 'let-go' ? w.letGo : w.refuse}
          pending={act.isPending}
          refused={refused}
          onGo={reason => void answer({ answer: answering, reason })}
          onBack={() => setAnswering(null)}
        />
      )}
    </Panel>
  )
}
