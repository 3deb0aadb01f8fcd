import { Button, Group, NativeSelect, Table } from '@mantine/core'
import { useState } from 'react'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayDate, sayWhen } from '../web/when.ts'
import type { ControllerEvents } from './events-routes.ts'
import { eventsWords } from './events-words.ts'
import { FirstAndMore } from './first-and-more.tsx'

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
      {looks && <Events serial={serial} />}
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
      {events.length === 0 ? (
        <EmptyState title={w.none}>{month === '' ? w.noneNext : w.noneOfMonth}</EmptyState>
      ) : (
        <EventTable events={events} />
      )}
      <FirstAndMore
        mt="md"
        after={before}
        last={older}
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
      <Table.ScrollContainer minWidth={780}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w.when}</Table.Th>
              <Table.Th>{w.verdict}</Table.Th>
              <Table.Th>{w.who}</Table.Th>
              <Table.Th>{w.door}</Table.Th>
              <Table.Th>{w.card}</Table.Th>
              <Table.Th>{w.index}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {events.map((event, at) => (
              <EventRows
                key={`${event.epoch} ${event.index}`}
                event={event}
                begins={at > 0 && events[at - 1]!.epoch !== event.epoch}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}

function EventRows({ event, begins }: { event: Event; begins: boolean }) {
  const w = useWords(eventsWords)
  const { epoch, index, lost } = event
  return (
    <>
      {begins && (
        <Table.Tr>
          <Table.Td colSpan={6} className="dim">
            {w.epoch(epoch)}
          </Table.Td>
        </Table.Tr>
      )}
      {lost === null ? (
        <Happened event={event} />
      ) : (
        <Table.Tr>
          <Table.Td colSpan={6}>
            <Verdict tone="warn" word={w.lost(lost, index, index + lost - 1)} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  )
}

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

function Happened({ event }: { event: Event }) {
  const w = useWords(eventsWords)
  const { language } = useShell()
  const { index, happenedAt, door, doorName, direction, person, card, number, granted, reason, type } = event
  const place = doorName?.[language] ?? (door ? w.doorNumber(door) : '')
  return (
    <Table.Tr>
      <Table.Td className="figures">
        {happenedAt === null ? <span className="dim">{w.unknownTime}</span> : <Wall at={happenedAt} />}
      </Table.Td>
      <Table.Td>
        {type === 1 ? (
          <Verdict
            tone={granted ? 'yes' : 'no'}
            word={`${granted ? w.granted : w.denied}${granted && reason === 1 ? '' : `${language === 'en' ? ': ' : '：'}${w.reason(reason ?? 0)}`}`}
          />
        ) : (
          w.reason(reason ?? 0)
        )}
      </Table.Td>
      <Table.Td>
        {person ? (
          <>
            <span className="figures">{person.studentNumber}</span> {person.name[language]}
          </>
        ) : (
          number !== null && <span className="dim">{card ? w.notGiven : w.notRegistered}</span>
        )}
      </Table.Td>
      <Table.Td>
        {place}{' '}
        {type === 1 && <small className="dim">{direction === 2 ? w.out : direction === 1 ? w.in : ''}</small>}
      </Table.Td>
      <Table.Td className="figures">
        {number} {card && <small className="dim">{w.ending(card.chip)}</small>}
      </Table.Td>
      <Table.Td className="figures">{index}</Table.Td>
    </Table.Tr>
  )
}
