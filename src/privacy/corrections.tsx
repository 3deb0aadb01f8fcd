import { Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ownHeadings } from '../lib/own-headings.ts'
import { Day, When } from '../web/moment.tsx'
import { EmptyState } from '../web/panel.tsx'
import { ActDialog } from '../web/staff/act-dialog.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { CorrectionsReply } from './correction-routes.ts'
import { correctionsWords } from './corrections-words.ts'

type Listed = CorrectionsReply['waiting'][number]

const refresh = ['/corrections', '/overview']

/** Corrections that people asked for: what waits, the nearest last day first, with the office's answers; and what ended lately. */
export function Corrections() {
  const w = useWords(correctionsWords)
  const answers = useAnswers()
  const list = useGet<CorrectionsReply>('/corrections')
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{answers ? w.about : w.aboutReading}</p>
      <Loaded from={list}>
        {({ waiting, ended, most }) => (
          <>
            <h2>{w.waiting(waiting.length)}</h2>
            {waiting.length === 0 ? (
              <EmptyState title={w.none}>{w.noneNext}</EmptyState>
            ) : (
              <Waiting rows={waiting} />
            )}
            {ended.length > 0 && <Ended rows={ended} />}
            {(waiting.length >= most || ended.length >= most) && <p className="dim">{w.first(most)}</p>}
          </>
        )}
      </Loaded>
    </>
  )
}

/** Whether the reader answers: the office does, an auditor reads. */
const useAnswers = (): boolean => useShell().reader?.roles.includes('office') ?? false

/** Who asked, which leads to everything of them. */
function Who({ row: { personId, studentNumber, name } }: { row: Listed }) {
  const { language } = useShell()
  return (
    <Link to={`/people/${personId}`}>
      {studentNumber} {name[language]}
    </Link>
  )
}

function Waiting({ rows }: { rows: readonly Listed[] }) {
  const w = useWords(correctionsWords)
  const { language } = useShell()
  const answers = useAnswers()
  return (
    <ListTable
      columns={[w.who, w.part, w.wrong, w.askedAt, w.due, ...(answers ? [w.acts] : [])]}
      rows={rows.map(row => ({
        key: row.id,
        cells: [
          <Who key="who" row={row} />,
          ownHeadings[row.part][language],
          row.wrong,
          <When key="asked" at={row.askedAt} />,
          <span key="due">
            <Day on={row.dueOn} />
            {row.prolongedBecause !== null && <div className="dim">{w.prolonged(row.prolongedBecause)}</div>}
            {row.overdue && (
              <>
                {' '}
                <strong>{w.overdue}</strong>
              </>
            )}
          </span>,
          ...(answers ? [<Answers key="acts" row={row} />] : []),
        ],
      }))}
    />
  )
}

function Answers({ row }: { row: Listed }) {
  const w = useWords(correctionsWords)
  const { language } = useShell()
  const who = row.name[language]
  const shared = { path: `/corrections/${row.id}/answer`, refresh, confirm: w.answer }
  const mayProlong = row.prolongedBecause === null && !row.overdue
  return (
    <Group gap="xs">
      <ActDialog
        {...shared}
        label={w.corrected}
        title={w.correctedTitle}
        about={w.correctedAbout(who)}
        reason="optional"
        body={({ reason }) => ({ answer: 'corrected', reason })}
      />
      <ActDialog
        {...shared}
        label={w.passedOn}
        title={w.passedOnTitle}
        about={w.passedOnAbout(who)}
        fields={[{ name: 'whom', label: w.passedOnTo }]}
        body={({ fields }) => ({ answer: 'passed-on', reason: fields.whom ?? '' })}
      />
      <ActDialog
        {...shared}
        label={w.notChanged}
        title={w.notChangedTitle}
        about={w.notChangedAbout(who)}
        reason="needed"
        body={({ reason }) => ({ answer: 'not-changed', reason })}
      />
      {mayProlong && (
        <ActDialog
          path={`/corrections/${row.id}/prolongation`}
          refresh={refresh}
          confirm={w.prolong}
          label={w.prolong}
          title={w.prolongTitle}
          about={w.prolongAbout(who)}
          fields={[{ name: 'days', label: w.daysLonger, whole: true }]}
          reason="needed"
          body={({ reason, fields }) => ({ days: Number(fields.days), reason })}
        />
      )}
    </Group>
  )
}

function Ended({ rows }: { rows: readonly Listed[] }) {
  const w = useWords(correctionsWords)
  const { language } = useShell()
  return (
    <>
      <h2>{w.ended}</h2>
      <ListTable
        columns={[w.who, w.part, w.wrong, w.outcome, w.answeredBy, w.reason]}
        rows={rows.map(row => ({
          key: row.id,
          cells: [
            <Who key="who" row={row} />,
            ownHeadings[row.part][language],
            row.wrong,
            row.answer && w.outcomes[row.answer],
            <span key="answered">
              {row.answeredBy?.[language]} {row.answeredAt && <When at={row.answeredAt} />}
            </span>,
            row.reason,
          ],
        }))}
      />
    </>
  )
}
