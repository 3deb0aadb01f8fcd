import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { Facts } from '../web/facts.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { useApi, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import type { CountersReply, FoundCardReply, FoundReply } from './card-api.ts'
import { ChangeCard } from './change-card.tsx'
import { stockWords } from './stock-words.ts'
import { words as cardWords } from './words.ts'

const tones: Readonly<Record<FoundCardReply['state'], Tone>> = {
  waits: 'wait',
  'on-its-way': 'wait',
  'handed-over': 'yes',
  lost: 'no',
  retired: 'no',
}

/** What most keyboard readers send; the desk's own setting stays with the desk's computer. */
const usualReader = 'le-dec-10'

/** Finds a card by a tap or a number, and says what it is; what waits can be retired or put elsewhere. */
export function CardFinder() {
  const w = useWords(stockWords)
  const api = useApi()
  const field = useRef<HTMLInputElement>(null)
  const [reader, setReader] = useState(usualReader)
  const [asked, setAsked] = useState<string | null>(null)
  const [looking, setLooking] = useState(false)
  const [cards, setCards] = useState<readonly FoundCardReply[]>([])
  const [said, setSaid] = useState<{ tone: Tone; title: string; text?: string } | null>(null)
  const { data: places } = useGet<CountersReply>('/cards/places')

  async function find(scan: string, then: typeof said = null): Promise<void> {
    setLooking(true)
    setSaid(null)
    const answer = await api.post<FoundReply>('/cards/search', { scan, readerFormat: reader })
    setLooking(false)
    setCards(answer.ok ? answer.value.cards : [])
    setAsked(scan)
    setSaid(answer.ok ? then : { tone: 'no', title: w.notFound, text: answer.message })
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    const scan = field.current?.value.trim() ?? ''
    if (scan === '' || looking) return
    void find(scan)
    field.current?.select()
  }
  return (
    <Panel title={w.findTitle}>
      <form className="find-card" onSubmit={submit}>
        <TextInput
          ref={field}
          label={w.scan}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={200}
        />
        <Select
          label={w.reader}
          data={(places?.ok ? places.value.formats : []).map(({ id, name }) => ({ value: id, label: name }))}
          value={reader}
          onChange={chosen => setReader(chosen ?? usualReader)}
          allowDeselect={false}
        />
        <Button type="submit" disabled={looking}>
          {looking ? w.finding : w.find}
        </Button>
      </form>
      {said && (
        <Notice tone={said.tone} title={said.title} urgent>
          {said.text && <p>{said.text}</p>}
        </Notice>
      )}
      {cards.map(card => (
        <FoundCard
          key={card.cardId}
          card={card}
          counters={places?.ok ? places.value.counters : []}
          onChanged={title => void find(asked ?? '', { tone: 'yes', title })}
        />
      ))}
    </Panel>
  )
}

function FoundCard({
  card,
  counters,
  onChanged,
}: {
  card: FoundCardReply
  counters: CountersReply['counters']
  onChanged: (said: string) => void
}) {
  const w = useWords(stockWords)
  const { states } = useWords(cardWords)
  const { language } = useShell()
  const { person } = card
  return (
    <section className="found-card" aria-label={`${card.edition} ${card.chip}`}>
      <p className="found-state">
        <Verdict tone={tones[card.state]} word={states[card.state]} large />
        <span>{card.message}</span>
      </p>
      <Facts
        facts={[
          {
            name: w.holder,
            value: person ? `${person.studentNumber} ${person.name[language]}` : w.nobody,
          },
          { name: w.edition, value: card.edition },
          { name: w.chip, value: <span className="figures">{card.chip}</span> },
          { name: w.printed, value: <span className="figures">{card.printedNumber ?? '—'}</span> },
          {
            name: w.numbersAt,
            value: (
              <ul className="found-numbers">
                {card.numbers.map(({ format, name, number }) => (
                  <li key={format}>
                    <span className="figures">{number ?? w.noNumber}</span>{' '}
                    <span className="dim">{name}</span>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      {(card.mayRetire || card.mayMove) && (
        <ChangeCard card={card} counters={counters} onChanged={onChanged} />
      )}
    </section>
  )
}
