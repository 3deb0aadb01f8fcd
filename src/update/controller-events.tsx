import { Button, Group, NativeSelect } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { FirstAndMore } from '../web/staff/first-and-more.tsx'
import { Focused } from '../web/staff/focused.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayDate, sayWhen } from '../web/when.ts'
import type { ControllerEvents } from './events-routes.ts'
import { eventsWords } from './events-words.ts'

type Event = ControllerEvents['events'][number]

/** What happened at a controller's doors; opened by hand, because who looks at whom is written down. */
export function EventsPanel({ serial, isFile }: { serial: string; isFile: boolean }) {
  const w = useWords(eventsWords)
  const [looks, setLooks] = useState(false)
  return (
    <Panel title={w.title}>
      <p className="dim">{isFile ? w.fileNone : w.about}</p>
      {!isFile && !looks && (
        <>
          <p>{w.personal}</p>
          <Button variant="default" onClick={() => setLooks(true)}>
            {w.look}
          </Button>
        </>
      )}
      {looks && (
        <Focused>
          <Events serial={serial} />
        </Focused>
      )}
    </Panel>
  )
}

function Events({ serial }: { serial: string }) {
  const w = useWords(eventsWords)
  const shell = useShell()
  const [month, setMonth] = useState('')
  const [before, setBefore] = useState<string | null>(null)
  const query = new URLSearchParams({ ...(month && { month }), ...(before && { before }) }).toString()
  const page = useGet<ControllerEvents>(`/controllers/${serial}/events${query && `?${query}`}`)
  if (page.data === undefined) return <p role="status">{w.looking}</p>
  if (!page.data.ok)
    return (
      <Notice tone="no" title={w.refused} urgent>
        <p>{page.data.message}</p>
      </Notice>
    )
  const { events, months, readAt, before: older } = page.data.value
  return (
    <>
      <Group align="flex-end" mb="md">
        <NativeSelect
          label={w.month}
          value={month}
          data={[{ value: '', label: w.anyMonth }, ...months.map(each => ({ value: each, label: each }))]}
          onChange={event => {
            setBefore(null)
            setMonth(event.currentTarget.value)
          }}
        />
        <p className="dim" role="status">
          {readAt === null ? w.neverRead : w.readAt(sayWhen(readAt, shell))}
        </p>
      </Group>
      {events.length > 0 && (
        <ExportList path={`/controllers/${serial}/events`} query={month === '' ? {} : { month }} />
      )}
      {events.length === 0 ? (
        <EmptyState title={w.none}>{month === '' ? w.noneNext : w.noneOfMonth}</EmptyState>
      ) : (
        <EventTable events={events} />
      )}
      <FirstAndMore
        mt="md"
        after={before}
        next={older}
        onTurn={setBefore}
        words={{ first: w.first, more: w.older }}
      />
    </>
  )
}

function EventTable({ events }: { events: readonly Event[] }) {
  const w = useWords(eventsWords)
  const newest = events[0]!.epoch
  return (
    <>
      {newest > 1 && <p className="dim">{w.epochNow(newest - 1)}</p>}
      <ListTable
        columns={[w.when, w.verdict, w.who, w.door, w.card, w.index]}
        rows={events.flatMap((event, at) => {
          const begins = at > 0 && events[at - 1]!.epoch !== event.epoch
          const { epoch, index, lost } = event
          return [
            ...(begins ? [{ key: `epoch ${epoch}`, cells: [<Dim key="epoch">{w.epoch(epoch)}</Dim>] }] : []),
            {
              key: `${epoch} ${index}`,
              cells:
                lost === null
                  ? happened(event)
                  : [<Verdict key="lost" tone="warn" word={w.lost(lost, index, index + lost - 1)} />],
            },
          ]
        })}
      />
    </>
  )
}

const Dim = ({ children }: { children: ReactNode }) => <span className="dim">{children}</span>

/** A wall time of the controller's own clock, with its seconds: it has no zone to be converted from. */
function Wall({ at }: { at: string }) {
  const shell = useShell()
  const [day = '', time = ''] = at.split('T')
  return (
    <time className="when" dateTime={at}>
      {sayDate(day, shell)}
      {shell.language === 'en' ? ' ' : ''}
      {time}
    </time>
  )
}

/** An event's cells, in the order of the columns. */
const happened = (event: Event): ReactNode[] => [
  <HappenedAt key="when" event={event} />,
  <Said key="said" event={event} />,
  <Who key="who" event={event} />,
  <Door key="door" event={event} />,
  <CardNumber key="card" event={event} />,
  event.index,
]

interface Of {
  event: Event
}

function HappenedAt({ event: { happenedAt } }: Of) {
  const w = useWords(eventsWords)
  return happenedAt === null ? <Dim>{w.unknownTime}</Dim> : <Wall at={happenedAt} />
}

function Said({ event: { type, granted, reason } }: Of) {
  const w = useWords(eventsWords)
  const { language } = useShell()
  if (type !== 1) return w.reason(reason ?? 0)
  const why = granted && reason === 1 ? '' : `${language === 'en' ? ': ' : '：'}${w.reason(reason ?? 0)}`
  return <Verdict tone={granted ? 'yes' : 'no'} word={`${granted ? w.granted : w.denied}${why}`} />
}

function Who({ event: { person, number, card } }: Of) {
  const w = useWords(eventsWords)
  const { language } = useShell()
  if (person) return `${person.studentNumber} ${person.name[language]}`
  return number === null ? null : <Dim>{card ? w.notGiven : w.notRegistered}</Dim>
}

function Door({ event: { door, doorName, direction, type } }: Of) {
  const w = useWords(eventsWords)
  const { language } = useShell()
  return (
    <>
      {doorName?.[language] ?? (door ? w.doorNumber(door) : '')}{' '}
      {type === 1 && <small className="dim">{direction === 2 ? w.out : direction === 1 ? w.in : ''}</small>}
    </>
  )
}

function CardNumber({ event: { number, card } }: Of) {
  const w = useWords(eventsWords)
  return (
    <>
      {number} {card && <small className="dim">{w.ending(card.chip)}</small>}
    </>
  )
}
