import './history.css'
import './windows.css'
import { Anchor, Button, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Facts } from '../web/facts.tsx'
import { Lead, Notice, Panel } from '../web/panel.tsx'
import { useApi } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import { AskedCard, toneOf } from './ask-card.tsx'
import { askWords } from './ask-words.ts'
import { DoorSelect } from './doors-known.tsx'
import { historyWords } from './history-words.ts'
import { OpenersList } from './openers-list.tsx'
import type { Why } from './why-shapes.ts'

/** Why a door refuses a person, as an access keeper asks it while somebody stands outside. */
export function AskDoor() {
  const w = useWords(askWords)
  const api = useApi()
  const [who, setWho] = useState('')
  const [door, setDoor] = useState<string | null>(null)
  const [looking, setLooking] = useState(false)
  const [said, setSaid] = useState<Why | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const [listed, setListed] = useState<string | null>(null)

  async function ask(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (looking || door === null || who.trim() === '') return
    setLooking(true)
    const answer = await api.post<Why>(`/doors/${encodeURIComponent(door)}/why`, { who: who.trim() })
    setLooking(false)
    setSaid(answer.ok ? answer.value : null)
    setRefused(answer.ok ? null : answer.message)
  }
  return (
    <div className="asked">
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Panel>
        <form className="ask-form" onSubmit={event => void ask(event)}>
          <TextInput
            label={w.who}
            value={who}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={event => setWho(event.currentTarget.value)}
          />
          <DoorSelect label={w.door} placeholder={w.choose} value={door} onChange={setDoor} />
          <Button type="submit" disabled={looking || door === null || who.trim() === ''}>
            {looking ? w.looking : w.ask}
          </Button>
        </form>
        {refused !== null && (
          <Notice tone="no" title={w.notDone} urgent>
            <p>{refused}</p>
          </Notice>
        )}
        {said && <Answer said={said} />}
      </Panel>
      {door !== null && (
        <Panel>
          <Button variant="default" onClick={() => setListed(listed === door ? null : door)}>
            {listed === door ? w.hide : w.whoOpens}
          </Button>
          {listed === door && <OpenersList key={door} door={door} at={null} />}
        </Panel>
      )}
    </div>
  )
}

function Answer({ said }: { said: Why }) {
  const w = useWords(askWords)
  const causes = useWords(historyWords)
  const shell = useShell()
  const { language } = shell
  const { silentSince, clockSetAt } = said.controller
  return (
    <section aria-label={`${said.person.studentNumber} ${said.door.name[language]}`}>
      <p>
        <strong className="figures">{said.person.studentNumber}</strong> {said.person.name[language]}
        {' · '}
        <strong>{said.door.name[language]}</strong>{' '}
        <span className="dim">{said.door.building[language]}</span>
      </p>
      <div role="status">
        <Lead tone={toneOf(said.reason)}>{said.message}</Lead>
      </div>
      <Facts
        facts={[
          { name: w.next, value: said.next },
          {
            name: w.opensTo,
            value:
              said.opensTo.length === 0 ? (
                w.nothing
              ) : (
                <ul className="ask-plain">
                  {said.opensTo.map(({ kind, id, name, theirs }) => (
                    <li key={`${kind} ${id}`}>
                      {kind === 'group'
                        ? causes.group(name?.[language] ?? id)
                        : causes.grant(name?.[language] ?? id)}{' '}
                      <small className="dim">{theirs ? w.theirs : w.notTheirs}</small>
                    </li>
                  ))}
                </ul>
              ),
          },
          {
            name: w.controller,
            value: (
              <>
                <Anchor component={Link} to={`/doors/${said.door.controllerId}`} underline="always">
                  {said.door.controllerId}
                </Anchor>{' '}
                {silentSince === null ? w.answers : w.silent(sayWhen(silentSince, shell))}
              </>
            ),
          },
          { name: w.clock, value: clockSetAt === null ? w.never : sayWhen(clockSetAt, shell) },
        ]}
      />
      {said.cards.map(card => (
        <AskedCard key={card.cardId} card={card} speaks={card.cardId === said.cardId} />
      ))}
    </section>
  )
}
