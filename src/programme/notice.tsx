import { Page } from '../web/layout.tsx'
import { When } from '../web/moment.tsx'
import { EmptyState } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayCount } from '../web/when.ts'
import { CounterCard } from './counter.tsx'
import type { noticeOf } from './notice.ts'
import { words } from './notice-words.ts'
import { Pieces, Unconfirmed, UnconfirmedNote } from './pieces.tsx'

type Notice = ReturnType<typeof noticeOf>

/** The public notice, from the programme in force: the same rows that promise and that the doors obey. */
export function NoticePage({ notice, views }: { notice: Notice | null; views: number }) {
  const w = useWords(words)
  const { language } = useShell()
  if (notice === null)
    return (
      <Page title={w.notPublished}>
        <EmptyState title={w.notPublished}>{w.notPublishedNext}</EmptyState>
      </Page>
    )
  return (
    <Page title={notice.title} indexed wide>
      <div className="notice-page">
        <p className="views">{w.views(sayCount(views, language))}</p>
        <h1>{notice.title}</h1>
        <Boards notice={notice} />
        <ol className="points" aria-label={w.points}>
          {notice.points.map(point => (
            <li key={point.id} id={point.id}>
              <p>
                <Pieces pieces={point.pieces} />
              </p>
            </li>
          ))}
        </ol>
        <Timetable notice={notice} />
        <h2 id="counters">{w.counters}</h2>
        <div className="counters">
          {notice.counters.map(counter => (
            <CounterCard key={counter.id} counter={counter} />
          ))}
        </div>
        {notice.passes.map(pass => (
          <Refund key={pass.id} pass={pass} />
        ))}
        <h2>{w.questions}</h2>
        <ul className="questions">
          {notice.questions.map(({ id, question }) => (
            <li key={id}>
              <a href={`/faq#${id}`}>{question}</a>
            </li>
          ))}
        </ul>
        <UnconfirmedNote />
      </div>
    </Page>
  )
}

/** What everybody comes to look up, like the boards above a platform: the deadline, and the next update. */
function Boards({ notice }: { notice: Notice }) {
  const w = useWords(words)
  const { deadline, running, next } = notice
  return (
    <dl className="boards">
      <div className="board">
        <dt>{w.deadline}</dt>
        <dd>
          <strong>{deadline.said}</strong>{' '}
          <span>{deadline.passed ? w.deadlinePassed : w.deadlineDays(deadline.days)}</span>
        </dd>
      </div>
      <div className="board">
        <dt>{running ? w.running : w.nextUpdate}</dt>
        <dd>
          {running ? (
            <>
              <strong>
                <When at={running.endsBy} />
              </strong>{' '}
              <span>{w.latest}</span>
            </>
          ) : (
            <>
              <strong>
                <When at={next.startsAt} />
              </strong>{' '}
              <span>
                {w.latest} <When at={next.endsBy} />
              </span>
            </>
          )}
        </dd>
      </div>
    </dl>
  )
}

function Timetable({ notice }: { notice: Notice }) {
  const w = useWords(words)
  return (
    <>
      <h2 id="timetable">{w.timetable}</h2>
      <table className="timetable">
        <caption>{w.timetableNote}</caption>
        <thead>
          <tr>
            <th scope="col">{w.starts}</th>
            <th scope="col">{w.usually}</th>
            <th scope="col">{w.latestHead}</th>
          </tr>
        </thead>
        <tbody>
          {notice.windows.map(window => (
            <tr key={window.at}>
              <th scope="row">{window.at}</th>
              <td>{window.usually}</td>
              <td>{window.latest}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Refund({ pass }: { pass: Notice['passes'][number] }) {
  const w = useWords(words)
  return (
    <>
      <h2 id={pass.id}>{w.refund(pass.name)}</h2>
      <p>{pass.advice}</p>
      <table className="timetable">
        <caption>
          {w.refundPrice(pass.price)} · {pass.owner}
          {pass.unconfirmed && <Unconfirmed />}
        </caption>
        <thead>
          <tr>
            <th scope="col">{w.refundDay}</th>
            <th scope="col">{w.refundAmount}</th>
          </tr>
        </thead>
        <tbody>
          {pass.rows.map(row => (
            <tr key={row.day}>
              <th scope="row">{w.refundNth(row.day)}</th>
              <td>{row.amount === 0 ? w.nothing : row.said}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
