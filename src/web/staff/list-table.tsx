import './list-table.css'
import { Table } from '@mantine/core'
import { Fragment, type Key, type ReactNode } from 'react'

/**
 * One row: a value for each column (null where there is none), or one for all of them; and what stands beneath it, over
 * all columns.
 */
export interface ListRow {
  key: Key
  cells: readonly ReactNode[]
  beneath?: ReactNode
}

/**
 * A list as a table, which on a narrow screen becomes a card for each row, headed by its first value, with the columns'
 * names beside the others: nothing is cut off and nothing has to be scrolled sideways. Roles are written out, since
 * browsers take away a table's own when it is laid out otherwise.
 */
export function ListTable({
  columns,
  rows,
  onlyWide = [],
  counts = false,
}: {
  columns: readonly string[]
  rows: readonly ListRow[]
  /** Columns that a narrow screen leaves out: what they say stands on the row's own page, too. */
  onlyWide?: readonly string[]
  /** The values are short counts: on a narrow screen the room is the names'. */
  counts?: boolean
}) {
  return (
    <Table className={counts ? 'list-table counts' : 'list-table'} verticalSpacing={6} role="table" mb="sm">
      <Table.Thead role="rowgroup">
        <Table.Tr role="row">
          {columns.map(column => (
            <Table.Th key={column} role="columnheader" scope="col">
              {column}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody role="rowgroup">
        {rows.map(({ key, cells, beneath }) => (
          <Fragment key={key}>
            <Table.Tr role="row">
              {cells.length === 1 ? (
                <Table.Td role="cell" colSpan={columns.length}>
                  {cells[0]}
                </Table.Td>
              ) : (
                cells.map((cell, at) => (
                  <Table.Td
                    key={columns[at]}
                    role="cell"
                    data-column={columns[at]}
                    data-empty={cell === null || onlyWide.includes(columns[at]!) || undefined}
                  >
                    {/* One box, so that a value of several parts is not laid out apart. */}
                    <div>{cell ?? '–'}</div>
                  </Table.Td>
                ))
              )}
            </Table.Tr>
            {beneath && (
              <Table.Tr role="row" className="beneath">
                <Table.Td role="cell" colSpan={columns.length}>
                  {beneath}
                </Table.Td>
              </Table.Tr>
            )}
          </Fragment>
        ))}
      </Table.Tbody>
    </Table>
  )
}
