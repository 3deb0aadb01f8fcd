import { Anchor, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount, sayWhen } from '../web/when.ts'
import type { Controllers } from './shapes.ts'
import { words } from './words.ts'

/** The door controllers: the silent ones first, then by building as they are numbered. */
export function ControllerTable({ controllers }: { controllers: Controllers['controllers'] }) {
  const w = useWords(words)
  const shell = useShell()
  const { language } = shell
  const silentFirst = controllers.toSorted(
    (a, b) => Number(a.silentSince === null) - Number(b.silentSince === null) || a.id - b.id,
  )
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.building}</Table.Th>
            <Table.Th>{w.condition}</Table.Th>
            <Table.Th>{w.held}</Table.Th>
            <Table.Th>{w.capacity}</Table.Th>
            <Table.Th>{w.open}</Table.Th>
            <Table.Th>{w.address}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {silentFirst.map(controller => (
            <Table.Tr key={controller.id}>
              <Table.Td>
                <Anchor component={Link} to={`/doors/${controller.id}`} underline="always">
                  {controller.building[language]} {controller.id}
                </Anchor>
              </Table.Td>
              <Table.Td>
                {controller.isStrange ? (
                  <Verdict tone="no" word={w.isStrange} />
                ) : controller.silentSince === null ? (
                  <Verdict
                    tone={controller.clockUnset || controller.isHeld ? 'warn' : 'yes'}
                    word={controller.isHeld ? w.isHeld : controller.clockUnset ? w.clockUnset : w.answers}
                  />
                ) : (
                  <Verdict tone="no" word={w.silentSince(sayWhen(controller.silentSince, shell))} />
                )}
              </Table.Td>
              <Table.Td className="figures">{sayCount(controller.held, language)}</Table.Td>
              <Table.Td className="figures">{sayCount(controller.capacity, language)}</Table.Td>
              <Table.Td className="figures">{sayCount(controller.open, language)}</Table.Td>
              <Table.Td className="figures">
                {controller.host === null ? controller.folder : `${controller.host}:${controller.port}`}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
