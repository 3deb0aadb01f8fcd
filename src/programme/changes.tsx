import { Panel } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
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
      <ListTable
        columns={[w.what, w.kind, headBefore, headAfter]}
        rows={changes.map(({ path, where, kind, before, after }) => ({
          key: `${kind} ${path}`,
          cells: [
            <>
              {where}
              <span className="programme-path">{path}</span>
            </>,
            w.kinds[kind],
            before || w.nothing,
            after || w.nothing,
          ],
        }))}
      />
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
