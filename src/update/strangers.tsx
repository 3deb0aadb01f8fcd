import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { besideEachOther } from '../lib/both.ts'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { Replaced, Strangers } from './board-shapes.ts'
import { boardWords } from './board-words.ts'

const everyMs = 4_000
const refresh = ['/strange-boards', '/surveys', '/controllers']

/** Whoever answers in place of the controllers' boards, each by door, place, expected and seen; nothing where none does. */
export function StrangersPanel({ keeps }: { keeps: boolean }) {
  const w = useWords(boardWords)
  const { data } = useGet<Strangers>('/strange-boards', { everyMs })
  const [said, setSaid] = useState<string | null>(null)
  const strangers = data?.ok ? data.value.strangers : []
  return (
    <>
      {said !== null && (
        <div role="status">
          <Notice tone="yes">{said}</Notice>
        </div>
      )}
      {strangers.length > 0 && (
        <Panel title={w.title}>
          <p className="dim">{w.about}</p>
          <ExportList path="/strange-boards" these="boards" />
          {strangers.map(stranger => (
            <StrangerCase
              key={stranger.id}
              stranger={stranger}
              keeps={keeps}
              onDone={() => setSaid(w.done)}
            />
          ))}
          {data?.ok && data.value.more && <p className="dim">{w.more}</p>}
        </Panel>
      )}
    </>
  )
}

type Shown = Strangers['strangers'][number]

function StrangerCase({ stranger, keeps, onDone }: { stranger: Shown; keeps: boolean; onDone: () => void }) {
  const w = useWords(boardWords)
  const { language } = useShell()
  const { building, doors, how, seen, expected, host, port, belongsTo, standsAt, controllerId } = stranger
  const said = ({ serial, mac, firmware, madeOn }: Shown['seen']) => w.board(serial, mac, firmware, madeOn)
  const isElsewhere = how === 'elsewhere'
  return (
    <section className="stranger" aria-label={building[language]}>
      <h3>
        {building[language]} <small className="dim">{controllerId}</small>
      </h3>
      <p>
        <Verdict tone={isElsewhere ? 'warn' : 'no'} word={w.how[how]} />
      </p>
      <Facts
        facts={[
          {
            name: w.doors,
            value: besideEachOther(
              doors.map(name => name[language]),
              language,
            ),
          },
          { name: w.expected, value: <span className="figures">{said(expected)}</span> },
          {
            name: w.knownSince,
            value: stranger.knownSince === null ? w.none : <When at={stranger.knownSince} />,
          },
          ...(isElsewhere ? [] : [{ name: w.seen, value: <span className="figures">{said(seen)}</span> }]),
          { name: w.from, value: <span className="figures">{`${host}:${port}`}</span> },
          { name: w.since, value: <When at={stranger.firstAt} /> },
          { name: w.last, value: <When at={stranger.lastAt} /> },
        ]}
      />
      {belongsTo && <p>{w.belongsTo(belongsTo.building[language], belongsTo.id)}</p>}
      {standsAt && <p>{w.standsAt(standsAt.building[language], standsAt.id)}</p>}
      {isElsewhere ? <p className="dim">{w.nextElsewhere}</p> : <p className="dim">{w.notReplaced}</p>}
      {keeps &&
        (isElsewhere ? <LookedAt stranger={stranger} /> : <Replace stranger={stranger} onDone={onDone} />)}
    </section>
  )
}

function Replace({ stranger, onDone }: { stranger: Shown; onDone: () => void }) {
  const w = useWords(boardWords)
  const { language } = useShell()
  const { building, controllerId, seen, cards } = stranger
  const [asks, setAsks] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const act = useAct<Replaced, { serial: number }>(`/controllers/${controllerId}/board`, { refresh })
  async function replace() {
    const answer = await act.mutateAsync({ serial: seen.serial, mac: seen.mac ?? '' })
    if (answer.ok) onDone()
    else setRefused(answer.message)
  }
  if (!asks)
    return (
      <Button variant="default" aria-label={w.replaceOf(building[language])} onClick={() => setAsks(true)}>
        {w.replace}
      </Button>
    )
  return (
    <>
      {refused !== null && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
        </Notice>
      )}
      <Notice tone="warn">
        <p>{w.sure(cards)}</p>
      </Notice>
      <Group mt="sm">
        <Button loading={act.isPending} autoFocus onClick={() => void replace()}>
          {w.yes}
        </Button>
        <Button variant="default" disabled={act.isPending} onClick={() => setAsks(false)}>
          {w.back}
        </Button>
      </Group>
    </>
  )
}

function LookedAt({ stranger }: { stranger: Shown }) {
  const w = useWords(boardWords)
  const [refused, setRefused] = useState<string | null>(null)
  const act = useAct<object, object>(`/strange-boards/${stranger.id}/looked-at`, { refresh })
  async function looked() {
    const answer = await act.mutateAsync({})
    setRefused(answer.ok ? null : answer.message)
  }
  return (
    <>
      {refused !== null && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
        </Notice>
      )}
      <Button
        variant="default"
        aria-label={w.lookedAtOf(stranger.host)}
        loading={act.isPending}
        onClick={() => void looked()}
      >
        {w.lookedAt}
      </Button>
    </>
  )
}
