import './overview.css'
import { Anchor, Button, Checkbox, Group, Select, Textarea, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Day, When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useAct, useSearch } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayCount, sayDate } from '../web/when.ts'
import { ToPerson } from './to-person.tsx'
import type { RetiringBody, RetiringReply, UncollectedReply } from './uncollected-routes.ts'
import { uncollectedWords } from './uncollected-words.ts'
import { words } from './words.ts'

/** Cards that nobody collected, by counter and box; after the deadline a selection of them is retired in one act. */
export function Uncollected() {
  const w = useWords(uncollectedWords)
  const shell = useShell()
  const { language } = shell
  const [counter, setCounter] = useState<string | null>(null)
  const [page, setPage] = useState(0)
  const { data: answer } = useSearch<UncollectedReply>('/overview/uncollected', {
    ...(counter === null ? {} : { counter }),
    page,
  })
  const reply = answer?.ok ? answer.value : null
  const counters = new Map(
    reply?.boxes.flatMap(box => (box.counter ? [[box.counter, box.name![language]]] : [])),
  )
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      {!answer && <p className="waits">{w.loading}</p>}
      {answer && !answer.ok && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{answer.message}</p>
        </Notice>
      )}
      {reply && (
        <Notice tone="info">
          <p>{reply.over ? w.todo[reply.todo] : w.before(sayDate(reply.deadlineOn, shell))}</p>
          <p>
            <Anchor component={Link} to={'/overview/not-collected'} underline="always">
              {w.people}
            </Anchor>
          </p>
        </Notice>
      )}
      {reply?.boxes.length === 0 && <EmptyState title={w.none}>{w.noneNext}</EmptyState>}
      {reply && reply.boxes.length > 0 && (
        <>
          <Boxes reply={reply} />
          <Select
            label={w.counter}
            placeholder={w.everywhere}
            data={[...counters].map(([value, label]) => ({ value: value, label: label }))}
            value={counter}
            onChange={next => {
              setCounter(next)
              setPage(0)
            }}
            clearable
            clearButtonProps={{ 'aria-label': w.everywhere }}
            maw="24rem"
            mb="md"
          />
          <Group mb="md">
            <ExportList path="/overview/uncollected" query={counter === null ? {} : { counter }} />
          </Group>
          <Cards key={`${counter} ${page}`} reply={reply} />
          <Pages reply={reply} counter={counter} page={page} onPage={setPage} />
        </>
      )}
    </>
  )
}

function Pages({
  reply,
  counter,
  page,
  onPage,
}: {
  reply: UncollectedReply
  counter: string | null
  page: number
  onPage: (page: number) => void
}) {
  const w = useWords(words)
  const here = reply.boxes.filter(box => counter === null || box.counter === counter)
  const pages = Math.max(1, Math.ceil(here.reduce((sum, { cards }) => sum + cards, 0) / reply.aPage))
  return (
    <Group>
      <Button variant="default" disabled={page === 0} onClick={() => onPage(page - 1)}>
        {w.previous}
      </Button>
      <span className="figures">{w.page(page + 1, pages)}</span>
      <Button variant="default" disabled={page + 1 >= pages} onClick={() => onPage(page + 1)}>
        {w.following}
      </Button>
    </Group>
  )
}

function Boxes({ reply }: { reply: UncollectedReply }) {
  const w = useWords(uncollectedWords)
  const { language } = useShell()
  return (
    <Panel>
      <ListTable
        columns={[w.counter, w.box, w.cards, w.since]}
        rows={reply.boxes.map(box => ({
          key: `${box.counter} ${box.box}`,
          cells: [
            box.name?.[language] ?? '–',
            box.box,
            sayCount(box.cards, language),
            <When key="since" at={box.since} />,
          ],
        }))}
      />
    </Panel>
  )
}

function Cards({ reply }: { reply: UncollectedReply }) {
  const w = useWords(uncollectedWords)
  const { language, reader } = useShell()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const acts = reply.mayRetire && reader?.roles.includes('office') === true
  const all = reply.cards.every(({ cardId }) => chosen.has(cardId))
  const toggle = (cardId: number) => {
    const next = new Set(chosen)
    if (!next.delete(cardId)) next.add(cardId)
    setChosen(next)
  }
  return (
    <>
      {acts && (
        <>
          <Retire chosen={[...chosen]} onDone={() => setChosen(new Set())} />
          <Checkbox
            label={w.chooseAll}
            checked={all}
            mb="sm"
            onChange={() => setChosen(all ? new Set() : new Set(reply.cards.map(({ cardId }) => cardId)))}
          />
        </>
      )}
      <ListTable
        columns={[w.student, w.name, w.counter, w.box, w.ending, w.inStock, ...(acts ? [w.choose] : [])]}
        rows={reply.cards.map(card => ({
          key: card.cardId,
          cells: [
            card.personId && (
              <ToPerson key="number" personId={card.personId} studentNumber={card.studentNumber} />
            ),
            card.name[language],
            card.counter?.[language] ?? null,
            card.box,
            card.ending,
            <Day key="since" on={card.sinceOn} />,
            ...(acts
              ? [
                  <Checkbox
                    key="choose"
                    aria-label={w.chooseCard(card.studentNumber)}
                    checked={chosen.has(card.cardId)}
                    onChange={() => toggle(card.cardId)}
                  />,
                ]
              : []),
          ],
        }))}
      />
    </>
  )
}

function Retire({ chosen, onDone }: { chosen: readonly number[]; onDone: () => void }) {
  const w = useWords(uncollectedWords)
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const retire = useAct<RetiringBody, RetiringReply>('/overview/uncollected/retirement', {
    refresh: ['/overview'],
  })
  const answer = retire.data
  async function submit(event: FormEvent) {
    event.preventDefault()
    const done = await retire.mutateAsync({ cards: [...chosen], count: Number(typed), reason: reason.trim() })
    if (!done.ok) return
    setTyped('')
    onDone()
  }
  return (
    <Panel>
      <form onSubmit={event => void submit(event)}>
        <Textarea
          label={w.reason}
          required
          maxLength={200}
          value={reason}
          onChange={event => setReason(event.currentTarget.value)}
        />
        <TextInput
          label={w.count(chosen.length)}
          required
          inputMode="numeric"
          pattern="[0-9]+"
          maxLength={5}
          maw="24rem"
          my="sm"
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" color="red" disabled={chosen.length === 0} loading={retire.isPending}>
          {w.retire(chosen.length)}
        </Button>
      </form>
      {answer && !answer.ok && (
        <Notice tone="no" urgent>
          <p>{answer.message}</p>
        </Notice>
      )}
      {answer?.ok && (
        <Notice tone={answer.value.retired === answer.value.rows.length ? 'yes' : 'warn'} urgent>
          <p>{w.retired(answer.value.retired, answer.value.rows.length)}</p>
          <ul>
            {answer.value.rows.flatMap(row =>
              row.message === null ? [] : [<li key={row.cardId}>{row.message}</li>],
            )}
          </ul>
        </Notice>
      )}
    </Panel>
  )
}
