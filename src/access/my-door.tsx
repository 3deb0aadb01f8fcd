import { Anchor, Button, Group } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { besideEachOther } from '../lib/both.ts'
import { When } from '../web/moment.tsx'
import { EmptyState, Panel } from '../web/panel.tsx'
import { ActDialog } from '../web/staff/act-dialog.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { MyDoorReply } from './my-doors-routes.ts'
import { myDoorsWords } from './my-doors-words.ts'
import type { GrantsList } from './replies.ts'

const refresh = ['/doors/', '/my-doors', '/door-tasks']

/** One door that the reader looks after: which groups open it, and the cards it is granted to, each of which can be ended. */
export function MyDoor() {
  const w = useWords(myDoorsWords)
  const { language } = useShell()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const door = useGet<MyDoorReply>(`/my-doors/${id}`)
  return (
    <>
      <p>
        <Anchor component={Link} to="/my-doors" underline="always">
          {w.back}
        </Anchor>
      </p>
      <Loaded from={door}>
        {({ name, building, groups }) => (
          <>
            <h1>{name[language]}</h1>
            <p className="dim">{building[language]}</p>
            <Panel title={w.groups}>
              <p>
                {besideEachOther(
                  groups.map(group => group[language]),
                  language,
                ) || w.nobody}
              </p>
            </Panel>
            <Grants id={id} />
          </>
        )}
      </Loaded>
    </>
  )
}

function Grants({ id }: { id: string }) {
  const w = useWords(myDoorsWords)
  const { language } = useShell()
  const navigate = useNavigate()
  const { after } = useSearch({ strict: false }) as { after?: number }
  const page = after === undefined ? '' : `?after=${after}`
  const list = useGet<GrantsList>(`/doors/${id}/grants${page}`, { journalled: true })
  const show = (next?: number) =>
    void navigate({ to: `/my-doors/${id}`, search: next === undefined ? {} : { after: next } })
  return (
    <Panel title={w.grants}>
      <p className="dim">{w.grantsAbout}</p>
      <Group mb="sm">
        <ActDialog
          label={w.grant}
          title={w.grant}
          about={w.grantAbout}
          path={`/doors/${id}/grants`}
          refresh={refresh}
          confirm={w.confirmGrant}
          fields={[{ name: 'studentNumber', label: w.student }]}
          body={({ fields }) => ({ studentNumber: fields.studentNumber!.trim() })}
        />
        <ExportList path={`/doors/${id}/grants`} />
      </Group>
      <Loaded from={list}>
        {({ grants, more }) =>
          grants.length === 0 ? (
            <EmptyState title={w.emptyTitle}>{w.emptyNext}</EmptyState>
          ) : (
            <>
              <ListTable
                columns={[w.student, w.card, w.owner, w.since, w.state, w.end]}
                rows={grants.map(grant => ({
                  key: grant.id,
                  cells: [
                    <span key="student" className="figures">
                      {grant.studentNumber}
                    </span>,
                    grant.printedNumber,
                    grant.owner[language],
                    <When key="since" at={grant.grantedAt} />,
                    <Verdict
                      key="state"
                      tone={grant.opens ? 'yes' : 'warn'}
                      word={grant.opens ? w.opens : grant.movedOn ? w.movedOn : w.closed}
                    />,
                    <ActDialog
                      key="end"
                      label={w.end}
                      title={w.endTitle(grant.studentNumber)}
                      about={w.endAbout}
                      path={`/doors/${id}/grants/${grant.id}`}
                      method="delete"
                      refresh={refresh}
                      confirm={w.end}
                    />,
                  ],
                }))}
              />
              <Group>
                {after !== undefined && (
                  <Button variant="default" onClick={() => show()}>
                    {w.first}
                  </Button>
                )}
                {more && (
                  <Button variant="default" onClick={() => show(grants.at(-1)!.id)}>
                    {w.more}
                  </Button>
                )}
              </Group>
            </>
          )
        }
      </Loaded>
    </Panel>
  )
}
