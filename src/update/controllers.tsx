import { ExportList } from '../web/staff/export-list.tsx'
import './windows.css'
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { Facts } from '../web/facts.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { ProgressBar } from '../web/progress.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayCount } from '../web/when.ts'
import { RestoredPanel } from './restored.tsx'
import { StrangersPanel } from './strangers.tsx'
import { ControllerCards } from './survey-cards.tsx'
import type { SurveyAsked, Surveys } from './survey-shapes.ts'
import { SurveyTable } from './survey-table.tsx'
import { surveyWords } from './survey-words.ts'

/** How often the screen asks: every second while a list is read, so that its bar moves. */
const whileReadingMs = 1_000
const otherwiseMs = 4_000

/** What really stands on the controllers: ours, others', left over, missing; read on demand, adopted with a preview. */
export function Controllers() {
  const w = useWords(surveyWords)
  const { language, reader } = useShell()
  const [everyMs, setEveryMs] = useState(whileReadingMs)
  const [shown, setShown] = useState<number | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const { data, refetch } = useGet<Surveys>('/surveys', { everyMs })
  const asking = useAct<SurveyAsked, { asked: number }>('/surveys', { refresh: ['/surveys'] })
  if (data?.ok === false)
    return (
      <>
        <h1>{w.title}</h1>
        <Notice tone="no" title={w.refused} urgent>
          <p>{data.message}</p>
          <Button onClick={() => void refetch()}>{w.tryAgain}</Button>
        </Notice>
      </>
    )
  const surveys = data?.value
  const wish = surveys && surveys.sum.reading > 0 ? whileReadingMs : otherwiseMs
  if (surveys && wish !== everyMs) setEveryMs(wish)
  const keeps = reader?.roles.includes('access') ?? false

  async function ask(controllers: number[]): Promise<void> {
    setRefused(null)
    const answer = await asking.mutateAsync({ controllers })
    if (!answer.ok) setRefused(answer.message)
  }

  const controllers = surveys?.controllers ?? []
  const idle = controllers.filter(({ reading }) => !isReading(reading))
  const chosen = controllers.find(({ controllerId }) => controllerId === shown)
  return (
    <div className="updates">
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <RestoredPanel keeps={keeps} />
      <StrangersPanel keeps={keeps} />
      {refused !== null && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
        </Notice>
      )}
      {surveys && (
        <Panel title={w.sum}>
          <Facts
            facts={[
              { name: w.controllers, value: w.ofAll(surveys.sum.read, surveys.sum.controllers) },
              ...sums.map(name => ({
                name: w[name],
                value: surveys.sum.read === 0 ? '–' : sayCount(surveys.sum[name], language),
              })),
            ]}
          />
          {surveys.sum.taken > 0 && (
            <Notice tone="warn" title={w.taken}>
              <p>{w.takenAbout}</p>
            </Notice>
          )}
          {keeps && (
            <>
              <Group>
                <Button
                  variant="default"
                  disabled={idle.length === 0 || asking.isPending}
                  onClick={() => void ask(idle.map(each => each.controllerId))}
                >
                  {w.readAll}
                </Button>
              </Group>
              <p className="dim">{w.readAllAbout}</p>
            </>
          )}
          <Readings controllers={controllers} />
        </Panel>
      )}
      {surveys && (
        <Panel>
          <ExportList path="/surveys" />
          <SurveyTable
            controllers={controllers}
            shown={shown}
            onShow={setShown}
            onRead={keeps ? id => void ask([id]) : null}
          />
        </Panel>
      )}
      {chosen && (
        <ControllerCards
          key={`${chosen.controllerId} ${chosen.found?.readAt}`}
          controller={chosen}
          keeps={keeps}
          onClose={() => setShown(null)}
        />
      )}
    </div>
  )
}

type Shown = Surveys['controllers'][number]

/** Whether a list is asked for or being read. */
export const isReading = (reading: Shown['reading']): boolean => reading !== null && reading.endedAt === null

const sums = ['ours', 'different', 'missing', 'leftOver', 'others', 'taken'] as const

/** The lists being read, each with how far it has come. */
function Readings({ controllers }: { controllers: readonly Shown[] }) {
  const w = useWords(surveyWords)
  const { language } = useShell()
  const under = controllers.filter(({ reading }) => isReading(reading))
  if (under.length === 0) return null
  return (
    <>
      <p className="unseen" role="status">
        {w.reading}
      </p>
      <div className="lanes">
        {under.map(({ controllerId, building, capacity, reading }) => (
          <ProgressBar
            key={controllerId}
            label={building[language]}
            value={reading!.placesRead}
            of={capacity}
            note={reading!.beganAt === null ? w.waits : w.places}
          />
        ))}
      </div>
    </>
  )
}
