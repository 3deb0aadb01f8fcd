import { Button, Group, Table } from '@mantine/core'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount, sayWhen } from '../web/when.ts'
import type { Surveys } from './survey-shapes.ts'
import { surveyWords } from './survey-words.ts'

type Shown = Surveys['controllers'][number]

const columns = ['ours', 'different', 'missing', 'leftOver', 'others'] as const

/** Every controller: how its list was read, and what stands there. */
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
    <Table.ScrollContainer minWidth={860}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.building}</Table.Th>
            <Table.Th>{w.list}</Table.Th>
            {columns.map(column => (
              <Table.Th key={column}>{w[column]}</Table.Th>
            ))}
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {controllers.map(controller => (
            <Table.Tr key={controller.controllerId}>
              <Table.Td>
                {controller.building[language]} <small className="dim">{controller.controllerId}</small>
              </Table.Td>
              <Table.Td>
                <ListState controller={controller} />
              </Table.Td>
              {columns.map(column => (
                <Table.Td key={column} className="figures">
                  {controller.found ? sayCount(controller.found[column], language) : '–'}
                </Table.Td>
              ))}
              <Table.Td>
                <Group gap="xs" wrap="nowrap">
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
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
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
  const wrong = reading.wrongPlace === null ? '' : ` (${w.atPlace(reading.wrongPlace)})`
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
