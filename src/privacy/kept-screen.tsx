import { Day } from '../web/moment.tsx'
import { Notice } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { dateOf, sayDate } from '../web/when.ts'
import { keptScreenWords } from './kept-screen-words.ts'
import type { KeptOfPeople } from './routes.ts'

type Kept = KeptOfPeople['kept'][number]

/** What is kept of people and for how long; what went last, and what is late. */
export function KeptScreen() {
  const w = useWords(keptScreenWords)
  const found = useGet<KeptOfPeople>('/retention/people')
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Loaded from={found}>{reply => <All reply={reply} />}</Loaded>
    </>
  )
}

function All({ reply: { due, kept } }: { reply: KeptOfPeople }) {
  const w = useWords(keptScreenWords)
  const shell = useShell()
  const night = sayDate(due, shell)
  const late = kept.filter(({ state }) => state === 'late')
  const inTime = kept.filter(({ state }) => state !== 'late')
  const isDone = kept.some(({ state }) => state === 'done')
  return (
    <>
      {late.length > 0 && (
        <Notice tone="no" title={w.late(late.length)}>
          <p>{w.lateNext(night)}</p>
        </Notice>
      )}
      {late.length === 0 && isDone && <Notice tone="yes" title={w.allDone(night)} />}
      <ListTable
        columns={[w.what, w.length, w.last, w.state]}
        rows={[...late, ...inTime].map(each => ({
          key: each.what,
          cells: [
            each.name[shell.language],
            w.units[each.unit](each.length),
            each.last && <LastGone key="last" last={each.last} />,
            <Verdict key="state" tone={tones[each.state]} word={w.states[each.state]} />,
          ],
        }))}
      />
    </>
  )
}

const tones: Readonly<Record<Kept['state'], Tone>> = {
  never: 'info',
  late: 'no',
  'under-way': 'info',
  done: 'yes',
  'by-date': 'info',
}

function LastGone({ last: { on, before, gone, counted, endedAt } }: { last: NonNullable<Kept['last']> }) {
  const w = useWords(keptScreenWords)
  const shell = useShell()
  return (
    <>
      <Day on={on} />
      {shell.language === 'en' ? ': ' : '：'}
      {gone > 0 ? w.counted[counted](gone) : endedAt === null ? w.notOver : w.nothing}
      {before && <div className="dim">{w.before(sayDate(dateOf(before, shell.zone), shell))}</div>}
    </>
  )
}
