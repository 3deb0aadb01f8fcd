import { Table } from '@mantine/core'
import { Panel } from '../web/panel.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { CheckReply } from './publish-api.ts'
import { screenWords } from './screen-words.ts'

/** What differs between two programmes, setting by setting; `before` and `after` say whose values the columns hold. */
export function ChangesTable({
  title,
  before: headBefore,
  after: headAfter,
  changes,
  changeCount,
}: {
  title: string
  before: string
  after: string
} & Pick<CheckReply, 'changes' | 'changeCount'>) {
  const w = useWords(screenWords)
  return (
    <Panel title={title}>
      {changeCount > changes.length && <p className="dim">{w.firstOf(changes.length, changeCount)}</p>}
      <Table className="programme-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.what}</Table.Th>
            <Table.Th>{w.kind}</Table.Th>
            <Table.Th>{headBefore}</Table.Th>
            <Table.Th>{headAfter}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ path, where, kind, before, after }) => (
            <Table.Tr key={`${kind} ${path}`}>
              <Table.Td data-label={w.what}>
                {where}
                <span className="programme-path">{path}</span>
              </Table.Td>
              <Table.Td data-label={w.kind}>{w.kinds[kind]}</Table.Td>
              <Table.Td data-label={headBefore}>{before || w.nothing}</Table.Td>
              <Table.Td data-label={headAfter}>{after || w.nothing}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

/** What differs from what is in force. */
export function Changes({ found }: { found: CheckReply }) {
  const w = useWords(screenWords)
  return (
    <ChangesTable
      {...found}
      title={w.changes(found.changeCount, found.comparedWith)}
      before={w.before}
      after={w.after}
    />
  )
}
