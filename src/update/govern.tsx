import { Button, Group, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { Language } from '../lib/words.ts'
import { Notice, Panel } from '../web/panel.tsx'
import { Focused } from '../web/staff/focused.tsx'
import { useAct } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { DryRunPanel } from './dry-run.tsx'
import type { Controlled } from './govern-shapes.ts'
import { governWords } from './govern-words.ts'
import { GuardsPanel } from './guards.tsx'
import { HoldsPanel } from './holds.tsx'
import { ReasonForm } from './reason-form.tsx'
import type { Controllers } from './shapes.ts'
import { NoticesOfUpdates } from './staff-notices.tsx'

type Controller = Controllers['controllers'][number]

/** Places that can be chosen: everything, each building, and each controller of a building that has several. */
function placesOf(controllers: readonly Controller[], language: Language, everywhere: string) {
  const buildings = [...Map.groupBy(controllers, each => each.building.en).values()]
  return [
    { value: 'all', label: everywhere, ids: null as number[] | null },
    ...buildings.flatMap(own => {
      const label = own[0]!.building[language]
      const ids = own.map(({ id }) => id)
      const single =
        own.length > 1 ? own.map(({ id }) => ({ value: `${id}`, label: `${label} ${id}`, ids: [id] })) : []
      return [{ value: `b${ids[0]}`, label, ids }, ...single]
    }),
  ]
}

/** What waits for somebody: what updates left undone, and what a second person decides. */
export function Attention() {
  const { reader } = useShell()
  const mayAnswer = reader?.roles.some(role => role === 'access' || role === 'office') ?? false
  return (
    <>
      <NoticesOfUpdates mayAnswer={mayAnswer} />
      <GuardsPanel mayAnswer={mayAnswer} />
    </>
  )
}

/** The buttons that govern updates, and what they opened: run now, hold a building, dry run. */
export function Govern({ controllers }: { controllers: readonly Controller[] }) {
  const w = useWords(governWords)
  const [opened, setOpened] = useState<'run' | 'hold' | 'dry' | null>(null)
  const [done, setDone] = useState<string | null>(null)
  // Whoever goes back from what a button opened is at that button again.
  const [left, setLeft] = useState<typeof opened>(null)
  const { reader } = useShell()
  const keeps = reader?.roles.includes('access') ?? false
  const open = (which: typeof opened) => {
    setDone(null)
    setLeft(opened)
    setOpened(which)
  }
  const finished = (said: string) => {
    setLeft(null)
    setOpened(null)
    setDone(said)
  }
  return (
    <>
      <div role="status">
        {done !== null && (
          <Focused key={done}>
            <Notice tone="yes">
              <p>{done}</p>
            </Notice>
          </Focused>
        )}
      </div>
      <HoldsPanel keeps={keeps} onDone={finished} />
      {opened === null && (
        <Group mb="lg">
          {keeps && (
            <Button variant="default" autoFocus={left === 'run'} onClick={() => open('run')}>
              {w.runNow}
            </Button>
          )}
          {keeps && (
            <Button variant="default" autoFocus={left === 'hold'} onClick={() => open('hold')}>
              {w.hold}
            </Button>
          )}
          <Button variant="default" autoFocus={left === 'dry'} onClick={() => open('dry')}>
            {w.dryRun}
          </Button>
        </Group>
      )}
      {opened === 'run' && (
        <WhereAndWhy
          title={w.runNow}
          about={w.runAbout}
          path="/windows/run-now"
          controllers={controllers}
          say={answer => w.runDone(answer.numbers ?? 0)}
          onDone={finished}
          onBack={() => open(null)}
        />
      )}
      {opened === 'hold' && (
        <WhereAndWhy
          title={w.hold}
          about={w.holdAbout}
          path="/holds"
          choose
          controllers={controllers}
          say={() => w.holdDone}
          onDone={finished}
          onBack={() => open(null)}
        />
      )}
      {opened === 'dry' && <DryRunPanel onClose={() => open(null)} />}
    </>
  )
}

function WhereAndWhy({
  title,
  about,
  path,
  choose = false,
  controllers,
  say,
  onDone,
  onBack,
}: {
  title: string
  about: string
  path: string
  /** Where must be said; else it is everywhere until somebody says otherwise. */
  choose?: boolean
  controllers: readonly Controller[]
  say: (answer: { numbers?: number }) => string
  onDone: (said: string) => void
  onBack: () => void
}) {
  const w = useWords(governWords)
  const { language } = useShell()
  const [place, setPlace] = useState(choose ? '' : 'all')
  const [refused, setRefused] = useState<string | null>(null)
  const act = useAct<Controlled, { numbers?: number }>(path, {
    refresh: ['/holds', '/windows', '/controllers'],
  })
  const places = placesOf(controllers, language, w.everywhere)
  async function go(reason: string) {
    setRefused(null)
    const chosen = places.find(each => each.value === place)
    const answered = await act.mutateAsync({ controllers: chosen?.ids ?? null, reason })
    if (answered.ok) onDone(say(answered.value))
    else setRefused(answered.message)
  }
  return (
    <Panel title={title}>
      <p className="dim">{about}</p>
      <ReasonForm
        go={w.go}
        ready={place !== ''}
        pending={act.isPending}
        refused={refused}
        onGo={reason => void go(reason)}
        onBack={onBack}
      >
        <NativeSelect
          label={w.where}
          mb="sm"
          value={place}
          required
          autoFocus
          data={[
            ...(choose ? [{ value: '', label: w.choose }] : []),
            ...places.map(({ value, label }) => ({ value, label })),
          ]}
          onChange={event => setPlace(event.currentTarget.value)}
        />
      </ReasonForm>
    </Panel>
  )
}
