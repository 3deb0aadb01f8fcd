import { Button, Group } from '@mantine/core'
import { inBrackets } from '../lib/both.ts'
import { ListTable } from '../web/staff/list-table.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount, sayWhen } from '../web/when.ts'
import type { Surveys } from './survey-shapes.ts'
import { surveyWords } from './survey-words.ts'

type Shown = Surveys['controllers'][number]

const columns = ['ours', 'different', 'missing', 'leftOver', 'others'] as const

/** Whether the list could not be read, or what stands there is not what should. */
const needsALook = ({ reading, found, taken }: Shown): boolean =>
  (reading?.outcome ?? 'complete') !== 'complete' ||
  taken > 0 ||
  (found !== null && found.different + found.missing + found.leftOver > 0)

/** Every controller, those that need a look first: how its list was read, and what stands there. */
export function SurveyTable({
  controllers,
  shown,
  onShow,
  onRead,
}: {
  controllers: Surveys['controllers']
  shown: number | null
  onShow: (controllerId: number) => void
  /** Null for those who may only look. */
  onRead: ((controllerId: number) => void) | null
}) {
  const w = useWords(surveyWords)
  const { language } = useShell()
  return (
    <ListTable
      columns={[w.building, w.list, ...columns.map(column => w[column]), w.acts]}
      rows={controllers
        .toSorted((a, b) => Number(needsALook(b)) - Number(needsALook(a)) || a.controllerId - b.controllerId)
        .map(controller => ({
          key: controller.controllerId,
          cells: [
            <span key="building">
              {controller.building[language]} <small className="dim">{controller.controllerId}</small>
            </span>,
            <ListState key="list" controller={controller} />,
            ...columns.map(column => controller.found && sayCount(controller.found[column], language)),
            <Group key="acts" gap="xs">
              {controller.found && (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={w.showOf(controller.building[language])}
                  aria-expanded={shown === controller.controllerId}
                  onClick={() => onShow(controller.controllerId)}
                >
                  {w.show}
                </Button>
              )}
              {onRead && (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={w.readOf(controller.building[language])}
                  disabled={controller.reading !== null && controller.reading.endedAt === null}
                  onClick={() => onRead(controller.controllerId)}
                >
                  {w.read}
                </Button>
              )}
            </Group>,
          ],
        }))}
    />
  )
}

/** How the newest reading stands, and when the last complete one was. */
function ListState({ controller: { reading, found, taken } }: { controller: Shown }) {
  const w = useWords(surveyWords)
  const shell = useShell()
  if (reading === null) return <span className="dim">{w.notRead}</span>
  const readAt = found && (
    <small className="dim">
      {w.readAt} {sayWhen(found.readAt, shell)}
    </small>
  )
  if (reading.outcome === null)
    return (
      <>
        <Verdict tone="info" word={reading.beganAt === null ? w.waits : w.reading} /> {readAt}
      </>
    )
  const wrong = reading.wrongPlace === null ? '' : inBrackets(w.atPlace(reading.wrongPlace), shell.language)
  return (
    <>
      {reading.outcome !== 'complete' ? (
        <>
          <Verdict tone="no" word={`${w.outcome[reading.outcome]}${wrong}`} />
          <br />
          <small>{w.outcomeNext[reading.outcome]}</small>
          <br />
        </>
      ) : (
        taken > 0 && (
          <>
            <Verdict tone="warn" word={w.taken} /> <br />
          </>
        )
      )}
      {readAt ?? <small className="dim">{w.notRead}</small>}
    </>
  )
}
