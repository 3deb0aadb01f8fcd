import { Badge, Button, Group, Modal, Select, Table, Tabs, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { samples } from '../gallery-words.ts'
import { When } from '../moment.tsx'
import { Notice, Panel } from '../panel.tsx'
import { ProgressBar } from '../progress.tsx'
import { useShell } from '../surroundings.tsx'
import { Verdict } from '../verdict.tsx'

/** Mantine's commonest components beside ours, with invented words: what the browser tests look at. */
export function StaffGallery() {
  const { language } = useShell()
  const s = samples[language]
  const [opened, dialog] = useDisclosure(false)
  return (
    <>
      <h1>{s.title}</h1>
      <Notice tone="warn" title={s.warnTitle}>
        <p>{s.warn}</p>
      </Notice>
      <Group mb="md">
        <Button onClick={dialog.open}>{s.activate}</Button>
        <Button variant="default">{s.cannotFind}</Button>
        <Button variant="light">{s.emptyAction}</Button>
        <Button variant="outline">{s.refund}</Button>
        <Button variant="subtle">{s.app}</Button>
        <Button disabled>{s.report}</Button>
        <Badge>{s.newCard}</Badge>
      </Group>
      <Group mb="md" align="flex-end">
        <TextInput label={s.field} description={s.fieldHint} error={s.fieldError} defaultValue="3F7" />
        <Select label={s.choose} data={[s.oldCard, s.app]} defaultValue={s.app} allowDeselect={false} />
      </Group>
      <Tabs defaultValue="windows" mb="md">
        <Tabs.List>
          <Tabs.Tab value="windows">{s.windows}</Tabs.Tab>
          <Tabs.Tab value="progress">{s.progress}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="windows">
          <Table.ScrollContainer minWidth={480}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{s.window}</Table.Th>
                  <Table.Th>{s.changes}</Table.Th>
                  <Table.Th>{s.state}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                <Table.Tr>
                  <Table.Td>
                    <When at="2024-02-29T02:00:00Z" />
                  </Table.Td>
                  <Table.Td>312</Table.Td>
                  <Table.Td>
                    <Verdict tone="yes" word={s.finished} />
                  </Table.Td>
                </Table.Tr>
                <Table.Tr>
                  <Table.Td>
                    <When at="2024-02-29T17:00:00Z" />
                  </Table.Td>
                  <Table.Td>417</Table.Td>
                  <Table.Td>
                    <Verdict tone="wait" word={s.notYet} />
                  </Table.Td>
                </Table.Tr>
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Tabs.Panel>
        <Tabs.Panel value="progress">
          <Panel title={s.progress}>
            <ProgressBar label={s.progress} value={312} of={417} note={s.progressNote} />
          </Panel>
        </Tabs.Panel>
      </Tabs>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={s.activate}
        closeButtonProps={{ 'aria-label': s.stops }}
      >
        <p>{s.carry}</p>
        <Button onClick={dialog.close}>{s.activate}</Button>
      </Modal>
    </>
  )
}
