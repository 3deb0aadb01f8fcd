import { Button, Group, Modal, Select, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { filesWords } from '../web/staff/files-words.ts'
import { useAct } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { CountersReply, FoundCardReply, MoveBody, RetireBody } from './card-api.ts'
import { retireReasons } from './rules.ts'
import { stockWords } from './stock-words.ts'

/** The two things that the office does to a card that waits: retire it, or put it elsewhere. */
export function ChangeCard({
  card,
  counters,
  onChanged,
}: {
  card: FoundCardReply
  counters: CountersReply['counters']
  onChanged: (said: string) => void
}) {
  const w = useWords(stockWords)
  const [open, setOpen] = useState<'retire' | 'move' | null>(null)
  const close = () => setOpen(null)
  const changed = (said: string) => {
    close()
    onChanged(said)
  }
  return (
    <Group>
      {card.mayMove && (
        <Button variant="default" onClick={() => setOpen('move')}>
          {w.move}
        </Button>
      )}
      {card.mayRetire && (
        <Button variant="default" onClick={() => setOpen('retire')}>
          {w.retire}
        </Button>
      )}
      <Modal
        opened={open !== null}
        onClose={close}
        title={open === 'move' ? w.moveTitle : w.retireTitle}
        closeButtonProps={{ 'aria-label': w.close }}
      >
        <p className="dim">
          {[card.edition, card.chip, card.person?.studentNumber].filter(Boolean).join(' · ')}
        </p>
        {open === 'move' && <Move card={card} counters={counters} onChanged={changed} />}
        {open === 'retire' && <Retire card={card} onChanged={changed} />}
      </Modal>
    </Group>
  )
}

function Refused({ children }: { children: ReactNode }) {
  const f = useWords(filesWords)
  return (
    <Notice tone="no" title={f.notDone} urgent>
      <p>{children}</p>
    </Notice>
  )
}

function Retire({ card, onChanged }: { card: FoundCardReply; onChanged: (said: string) => void }) {
  const w = useWords(stockWords)
  const act = useAct<RetireBody, object>(`/cards/${card.cardId}/retirement`)
  const [reason, setReason] = useState<RetireBody['reason']>('misprint')
  const [refused, setRefused] = useState<string | null>(null)
  async function retire(): Promise<void> {
    const answer = await act.mutateAsync({ reason })
    if (answer.ok) onChanged(w.retired)
    else setRefused(answer.message)
  }
  return (
    <div className="change-card">
      <p>{w.retireNote}</p>
      <Select
        label={w.why}
        data={retireReasons.map(each => ({ value: each, label: w.reasons[each] }))}
        value={reason}
        onChange={chosen => setReason(retireReasons.find(each => each === chosen) ?? 'misprint')}
        allowDeselect={false}
      />
      {refused !== null && <Refused>{refused}</Refused>}
      <Button onClick={() => void retire()} disabled={act.isPending}>
        {act.isPending ? w.working : w.retireNow}
      </Button>
    </div>
  )
}

function Move({
  card,
  counters,
  onChanged,
}: {
  card: FoundCardReply
  counters: CountersReply['counters']
  onChanged: (said: string) => void
}) {
  const w = useWords(stockWords)
  const { language } = useShell()
  const act = useAct<MoveBody, object>(`/cards/${card.cardId}/place`)
  const [counter, setCounter] = useState(card.counter)
  const [box, setBox] = useState(card.box ?? '')
  const [refused, setRefused] = useState<string | null>(null)
  async function move(): Promise<void> {
    if (counter === null) return
    const answer = await act.mutateAsync({ counter, box: box.trim() === '' ? null : box })
    if (answer.ok) onChanged(w.moved)
    else setRefused(answer.message)
  }
  return (
    <div className="change-card">
      <p>{w.moveNote}</p>
      <Select
        label={w.counter}
        data={counters.map(({ id, name }) => ({ value: id, label: name[language] }))}
        value={counter}
        onChange={setCounter}
        allowDeselect={false}
        searchable
      />
      <TextInput
        label={w.box}
        description={w.boxHint}
        maxLength={40}
        value={box}
        onChange={event => setBox(event.currentTarget.value)}
      />
      {refused !== null && <Refused>{refused}</Refused>}
      <Button onClick={() => void move()} disabled={act.isPending || counter === null}>
        {act.isPending ? w.working : w.moveNow}
      </Button>
    </div>
  )
}
