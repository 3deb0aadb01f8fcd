import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { SignaturePad } from '../desk/signature-pad.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useAct, useApi } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayDate } from '../web/when.ts'
import type { BatchesReply, GiveBody, GivenReply, LookReply } from './batch-api.ts'
import { CardReader } from './reader.tsx'
import { screenWords } from './screen-words.ts'

/** Gives a batch: first who fetches and how they were checked, then the cards, then one signature. */
export function GiveBatch({ checks, usual }: { checks: BatchesReply['checks']; usual: string }) {
  const w = useWords(screenWords)
  const shell = useShell()
  const api = useApi()
  const giving = useAct<GiveBody, GivenReply>('/desk/batches', { refresh: ['/desk/batches'] })
  const [who, setWho] = useState('')
  const [checked, setChecked] = useState('')
  const [view, setView] = useState<LookReply | null>(null)
  const [told, setTold] = useState<{ done: boolean; message: string } | null>(null)
  const lies = useRef<readonly string[]>([])

  async function look(
    scan: string | null,
    { chips = lies.current, readerFormat }: { chips?: readonly string[]; readerFormat?: string } = {},
  ): Promise<void> {
    const representative = view?.representative.studentNumber ?? who
    const body = { representative, checked, chips, scan, ...(readerFormat ? { readerFormat } : {}) }
    const answer = await api.post<LookReply>('/desk/batches/look-up', body)
    setTold(answer.ok ? null : { done: false, message: answer.message })
    if (!answer.ok) return
    lies.current = answer.value.cards.map(({ chip }) => chip)
    setView(answer.value)
  }
  function clear(): void {
    lies.current = []
    setView(null)
    setWho('')
  }
  async function give(signature: GiveBody['signature']): Promise<void> {
    const { studentNumber } = view!.representative
    const answer = await giving.mutateAsync({ studentNumber, checked, chips: [...lies.current], signature })
    if (!answer.ok) {
      setTold({ done: false, message: answer.message })
      return
    }
    clear()
    setTold({ done: true, message: w.done(answer.value.cards, sayDate(answer.value.backBy, shell)) })
  }
  return (
    <>
      {told && (
        <Notice tone={told.done ? 'yes' : 'no'} title={told.done ? told.message : w.notDone} urgent>
          {!told.done && <p>{told.message}</p>}
        </Notice>
      )}
      {view === null ? (
        <Panel title={w.give}>
          <form
            className="batch-who"
            onSubmit={event => {
              event.preventDefault()
              void look(null)
            }}
          >
            <TextInput
              label={w.who}
              value={who}
              required
              autoComplete="off"
              maxLength={200}
              onChange={event => setWho(event.currentTarget.value)}
            />
            <NativeSelect
              label={w.checked}
              value={checked}
              required
              data={[
                { value: '', label: w.chooseCheck },
                ...checks.map(({ id, name, kind }) => ({
                  value: id,
                  label: kind ? `${name[shell.language]} · ${kind[shell.language]}` : name[shell.language],
                })),
              ]}
              onChange={event => setChecked(event.currentTarget.value)}
            />
            <Button type="submit">{w.begin}</Button>
          </form>
        </Panel>
      ) : (
        <>
          <Panel
            title={`${view.representative.name[shell.language]} · ${view.representative.department[shell.language]}`}
          >
            <CardReader usual={usual} onScan={(scan, readerFormat) => look(scan, { readerFormat })} />
            <p>{view.cards.length === 0 ? w.noCards : w.cards(view.cards.length, view.mostCards)}</p>
            {view.cards.length > 0 && (
              <CardTable
                cards={view.cards}
                onRemove={chip => void look(null, { chips: lies.current.filter(each => each !== chip) })}
              />
            )}
            <Button variant="subtle" onClick={clear}>
              {w.other}
            </Button>
          </Panel>
          {view.cards.length > 0 && view.cards.every(({ goes }) => goes) && (
            <Sign
              key={view.cards.map(({ chip }) => chip).join()}
              view={view}
              busy={giving.isPending}
              onSigned={signature => void give(signature)}
            />
          )}
        </>
      )}
    </>
  )
}

function CardTable({ cards, onRemove }: { cards: LookReply['cards']; onRemove: (chip: string) => void }) {
  const w = useWords(screenWords)
  const { language } = useShell()
  return (
    <ListTable
      columns={[w.student, w.name, w.number, w.state, '']}
      rows={cards.toReversed().map(card => ({
        key: card.chip,
        cells: [
          card.studentNumber,
          card.name?.[language] ?? null,
          card.ending,
          <Verdict
            key="goes"
            tone={card.goes ? 'yes' : 'no'}
            word={card.goes ? w.goes : (card.message ?? '')}
          />,
          <Button
            key="remove"
            variant="default"
            size="compact-md"
            aria-label={w.removeOf(card.name?.[language] ?? card.ending ?? card.chip)}
            onClick={() => onRemove(card.chip)}
          >
            {w.remove}
          </Button>,
        ],
      }))}
    />
  )
}

function Sign({
  view,
  busy,
  onSigned,
}: {
  view: LookReply
  busy: boolean
  onSigned: (signature: GiveBody['signature']) => void
}) {
  const w = useWords(screenWords)
  const { language } = view.representative
  const [drawing, setDrawing] = useState('')
  const [name, setName] = useState('')
  const drawn = drawing.includes('L')
  return (
    <Panel title={w.sign}>
      <p lang={language}>{view.text[language]}</p>
      <SignaturePad label={w.draw} again={w.again} path={drawing} onPath={setDrawing} />
      <TextInput
        label={w.typeName}
        value={name}
        maxLength={120}
        autoComplete="off"
        onChange={event => setName(event.currentTarget.value)}
      />
      <p className="batch-acts">
        <Button
          disabled={busy || !(drawn || name.trim())}
          onClick={() =>
            onSigned(
              drawn
                ? { manner: 'drawn', picture: drawing, language }
                : { manner: 'typed', picture: name.trim(), language },
            )
          }
        >
          {w.hand(view.cards.length)}
        </Button>
        <Button
          variant="default"
          disabled={busy}
          onClick={() => onSigned({ manner: 'witnessed', picture: '', language })}
        >
          {w.witnessed}
        </Button>
      </p>
    </Panel>
  )
}
