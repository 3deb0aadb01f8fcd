import { Button, Checkbox, Group, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { When } from '../web/moment.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { makeReasonNames } from './list-words.ts'
import type { Narrow } from './production.tsx'
import type { OrderBody, OrderReply, ToMakeReply } from './production-api.ts'
import type { MakeList } from './rules.ts'
import { screenWords } from './screen-words.ts'

/** Whom somebody leaves out of a batch, and whether they have a photo. */
type Except = ReadonlyMap<number, boolean>

/** A list of people who need a card: who is left out, and the button that orders for the others. */
export function OrderCards({
  list,
  narrow,
  counts,
  photoRequired,
  most,
}: {
  list: MakeList
  narrow: Narrow
  counts: { people: number; withoutPhoto: number }
  photoRequired: boolean
  most: number
}) {
  const w = useWords(screenWords)
  const navigate = useNavigate()
  const [leaveOut, setLeaveOut] = useState(photoRequired)
  const [maker, setMaker] = useState('')
  const [except, setExcept] = useState<Except>(new Map())
  const [shown, setShown] = useState(false)
  const order = useAct<OrderBody, OrderReply>('/production/batches', { refresh: ['/production'] })
  const exceptWithoutPhoto = [...except.values()].filter(has => !has).length
  const noPhoto = leaveOut ? counts.withoutPhoto - exceptWithoutPhoto : 0
  const cards = Math.min(most, counts.people - except.size - noPhoto)
  async function send() {
    const { entryYear, kind, ...department } = narrow
    const answer = await order.mutateAsync({
      list,
      ...department,
      ...(kind === undefined ? {} : { kind: kind as NonNullable<OrderBody['kind']> }),
      ...(entryYear === undefined ? {} : { entryYear: Number(entryYear) }),
      seen: counts.people,
      except: [...except.keys()],
      leaveOutWithoutPhoto: leaveOut,
      ...(maker.trim() === '' ? {} : { maker: maker.trim() }),
    })
    if (answer.ok) void navigate({ to: `/production/${answer.value.batchId}` })
  }
  return (
    <Panel title={w.orderTitle}>
      <p>{w.sentence(counts.people, counts.withoutPhoto)}</p>
      {counts.people > most && <p className="dim">{w.first(most)}</p>}
      {counts.withoutPhoto > 0 && (
        <Checkbox
          label={w.leaveOut}
          description={photoRequired ? w.photoRequired : undefined}
          checked={leaveOut}
          disabled={photoRequired}
          onChange={event => setLeaveOut(event.currentTarget.checked)}
        />
      )}
      {shown ? (
        <People list={list} narrow={narrow} people={counts.people} except={except} onExcept={setExcept} />
      ) : (
        <>
          <p className="dim">{w.personal}</p>
          <Button variant="default" onClick={() => setShown(true)}>
            {w.show}
          </Button>
        </>
      )}
      <div className="production-fields">
        <TextInput
          label={w.maker}
          value={maker}
          maxLength={60}
          onChange={event => setMaker(event.currentTarget.value)}
        />
      </div>
      {order.data && !order.data.ok && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{order.data.message}</p>
        </Notice>
      )}
      <p className="dim">{w.ordered}</p>
      <Button disabled={cards <= 0} loading={order.isPending} onClick={() => void send()}>
        {w.order(cards)}
      </Button>
    </Panel>
  )
}

function People({
  list,
  narrow,
  people,
  except,
  onExcept,
}: {
  list: MakeList
  narrow: Narrow
  people: number
  except: Except
  onExcept: (except: Except) => void
}) {
  const w = useWords(screenWords)
  const { language } = useShell()
  const [page, setPage] = useState(0)
  const asked = new URLSearchParams({ list, ...narrow, page: String(page) })
  const found = useGet<ToMakeReply>(`/production/to-make?${asked}`)
  const toggle = (personId: number, hasPhoto: boolean) => {
    const next = new Map(except)
    if (!next.delete(personId)) next.set(personId, hasPhoto)
    onExcept(next)
  }
  return (
    <Loaded from={found}>
      {reply => {
        const pages = Math.max(1, Math.ceil(people / reply.aPage))
        return (
          <>
            <ListTable
              columns={[w.student, w.name, w.department, w.why, w.since, w.photo, w.except]}
              rows={reply.people.map(person => ({
                key: person.personId,
                cells: [
                  person.studentNumber,
                  person.name[language],
                  person.department[language],
                  makeReasonNames[person.because][language],
                  person.since ? <When key="since" at={person.since} /> : null,
                  person.hasPhoto ? w.has : w.hasNone,
                  <Checkbox
                    key="except"
                    aria-label={w.exceptOf(person.studentNumber)}
                    checked={except.has(person.personId)}
                    onChange={() => toggle(person.personId, person.hasPhoto)}
                  />,
                ],
              }))}
            />
            {pages > 1 && (
              <Group>
                <Button variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>
                  {w.previous}
                </Button>
                <span className="figures">{w.page(page + 1, pages)}</span>
                <Button variant="default" disabled={page + 1 >= pages} onClick={() => setPage(page + 1)}>
                  {w.following}
                </Button>
              </Group>
            )}
          </>
        )
      }}
    </Loaded>
  )
}
