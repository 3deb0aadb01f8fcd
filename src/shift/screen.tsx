import { ExportList } from '../web/staff/export-list.tsx'
import './shift.css'
import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useKept } from '../desk/side.tsx'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice } from '../web/panel.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { ComparedReply, CountBody, ShiftCardReply, ShiftReply } from './api.ts'
import { shiftWords } from './words.ts'

/** Cards with what happened to them. */
function Cards({ title, cards }: { title: string; cards: readonly ShiftCardReply[] }) {
  const w = useWords(shiftWords)
  const { language } = useShell()
  if (cards.length === 0) return null
  return (
    <div className="shift-table">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{w.card}</th>
            <th scope="col">{w.whose}</th>
            <th scope="col">{w.box}</th>
            <th scope="col">{w.what}</th>
          </tr>
        </thead>
        <tbody>
          {cards.map(card => (
            <tr key={card.cardId}>
              <td className="figures">{card.ending ?? '—'}</td>
              <td>
                {card.name?.[language] ?? w.nobody} <span className="figures dim">{card.studentNumber}</span>
              </td>
              <td className="figures">{card.box ?? '—'}</td>
              <td>{w.events[card.what]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** How a count compares, and the cards that a difference could be. */
function Comparison({ compared }: { compared: ComparedReply }) {
  const w = useWords(shiftWords)
  const { expected, counted, missing, surplus, unknown, exact } = compared
  const by = counted - expected
  const agrees = by === 0 && missing.length === 0 && surplus.length === 0 && unknown === 0
  const said = () => {
    if (agrees) return w.right(counted)
    if (by === 0) return w.exchanged
    return by < 0 ? w.short(-by, expected, counted) : w.over(by, expected, counted)
  }
  const named = missing.length + surplus.length > 0
  return (
    <>
      <div role="status">
        <Notice tone={agrees ? 'yes' : 'warn'} title={said()}>
          {!agrees && <p>{named || exact ? w.next : w.noHint}</p>}
          {unknown > 0 && <p>{w.unknown(unknown)}</p>}
        </Notice>
      </div>
      <Cards title={exact ? w.missing : w.couldBeMissing} cards={missing} />
      <Cards title={exact ? w.surplus : w.couldBeOver} cards={surplus} />
    </>
  )
}

/** A number that was counted, or every card scanned. */
function Counting({ counter, onCompared }: { counter: string; onCompared: (reply: ComparedReply) => void }) {
  const w = useWords(shiftWords)
  const [reader] = useKept('desk.reader', 'le-dec-10')
  const [counted, setCounted] = useState<string | number>('')
  const [scanned, setScanned] = useState<readonly string[]>([])
  const [said, setSaid] = useState<string | null>(null)
  const act = useAct<CountBody, ComparedReply>('/shift/counts', { refresh: ['/shift'] })
  function scan(event: KeyboardEvent<HTMLInputElement>) {
    const text = event.currentTarget.value.trim()
    if (event.key !== 'Enter' || text === '' || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.currentTarget.value = ''
    if (scanned.includes(text)) return setSaid(w.twice)
    setSaid(null)
    setScanned([...scanned, text])
  }
  async function keep(event: FormEvent) {
    event.preventDefault()
    const byScan = scanned.length > 0
    const answer = await act.mutateAsync({
      counter,
      counted: byScan ? null : Number(counted),
      scanned: [...scanned],
      readerFormat: reader,
    })
    if (!answer.ok) return setSaid(answer.message)
    setSaid(null)
    setScanned([])
    setCounted('')
    onCompared(answer.value)
  }
  return (
    <form className="panel shift-count" onSubmit={event => void keep(event)}>
      <h2>{w.count}</h2>
      <p className="dim">{w.countAbout}</p>
      <div className="shift-fields">
        <NumberInput
          label={w.counted}
          value={counted}
          onChange={setCounted}
          min={0}
          max={100_000}
          allowDecimal={false}
          disabled={scanned.length > 0}
          hideControls
        />
        <TextInput label={w.scan} onKeyDown={scan} autoComplete="off" maxLength={256} />
      </div>
      {scanned.length > 0 && (
        <p>
          {w.scanned(scanned.length)}{' '}
          <Button variant="subtle" size="compact-md" onClick={() => setScanned([])}>
            {w.startOver}
          </Button>
        </p>
      )}
      <div role="status">{said && <p>{said}</p>}</div>
      <Button type="submit" loading={act.isPending} disabled={scanned.length === 0 && counted === ''}>
        {w.keep}
      </Button>
    </form>
  )
}

/** The sum in its order, each with its sign. */
const sum = [
  ['', 'morning'],
  ['+', 'stocked'],
  ['+', 'movedIn'],
  ['+', 'returned'],
  ['+', 'undone'],
  ['+', 'broughtBack'],
  ['−', 'handedOver'],
  ['−', 'movedOut'],
  ['−', 'retired'],
  ['−', 'lent'],
  ['=', 'expected'],
  ['', 'spoilt'],
] as const
const shownAlways: readonly string[] = ['morning', 'handedOver', 'expected']

/** The end of a shift: what should lie at the counter, the count, the fees; one page to print. */
export function Shift() {
  const w = useWords(shiftWords)
  const { language } = useShell()
  const [chosen, setChosen] = useState('')
  const [compared, setCompared] = useState<ComparedReply | null>(null)
  const { data: answer, refetch } = useGet<ShiftReply>(
    chosen === '' ? '/shift' : `/shift?counter=${encodeURIComponent(chosen)}`,
  )
  if (!answer)
    return (
      <>
        <h1>{w.title}</h1>
        <p className="waits">{w.loading}</p>
      </>
    )
  if (!answer.ok)
    return (
      <>
        <h1>{w.title}</h1>
        <Notice tone="no" urgent>
          <p>{answer.message}</p>
          <Button variant="default" onClick={() => void refetch()}>
            {w.retry}
          </Button>
        </Notice>
      </>
    )
  const { counter, counters, counts, cards, fees, counted, now } = answer.value
  const numbers = counts
    ? sum
        .filter(([, each]) => shownAlways.includes(each) || counts[each] > 0)
        .map(([sign, each]) => ({
          name: w.counts[each],
          value: (
            <span className="figures">
              {sign} {counts[each]}
            </span>
          ),
        }))
    : []
  return (
    <div className="shift">
      <h1>{w.title}</h1>
      <p className="dim">
        {counter?.name[language]} · <When at={now} />
      </p>
      <p className="dim shift-screen">{w.about}</p>
      {counters.length > 0 && (
        <NativeSelect
          className="shift-screen"
          label={w.counter}
          value={chosen}
          data={[
            { value: '', label: w.choose },
            ...counters.map(({ id, name }) => ({ value: id, label: name[language] })),
          ]}
          onChange={event => {
            setCompared(null)
            setChosen(event.currentTarget.value)
          }}
        />
      )}
      {counter === null && <EmptyState title={w.choose}>{w.chooseNext}</EmptyState>}
      {counter && counts && (
        <>
          <section className="panel">
            <h2>{w.numbers}</h2>
            <Facts facts={numbers} />
            <p className="dim">{w.adds}</p>
          </section>
          {fees && (
            <section className="panel">
              <h2>{w.fees}</h2>
              <p>{w.feesSaid(fees.taken, fees.said, fees.receipts)}</p>
              {fees.receipts < fees.taken && <p>{w.feesDiffer}</p>}
            </section>
          )}
          <Counting key={counter.id} counter={counter.id} onCompared={setCompared} />
          {compared && <Comparison compared={compared} />}
          {counted.length > 0 && (
            <div className="shift-table">
              <table>
                <caption>{w.earlier}</caption>
                <thead>
                  <tr>
                    <th scope="col">{w.when}</th>
                    <th scope="col">{w.by}</th>
                    <th scope="col">{w.expectedShort}</th>
                    <th scope="col">{w.countedShort}</th>
                  </tr>
                </thead>
                <tbody>
                  {counted.map(each => (
                    <tr key={each.id}>
                      <td>
                        <When at={each.at} />
                      </td>
                      <td>{each.by[language]}</td>
                      <td className="figures">{each.expected}</td>
                      <td className="figures">{each.counted}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {cards.length > 0 && (
            <div className="shift-screen">
              <ExportList path="/shift" query={{ counter: counter.id }} these="cards" />
            </div>
          )}
          <Cards title={w.happened} cards={cards} />
          {cards.length === 0 && <p className="dim">{w.nothing}</p>}
          <p className="shift-signed">{w.signed}</p>
          <Button className="shift-screen" variant="default" onClick={() => window.print()}>
            {w.print}
          </Button>
        </>
      )}
    </div>
  )
}
