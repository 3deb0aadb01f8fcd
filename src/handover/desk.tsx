import './desk.css'
import { Button } from '@mantine/core'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { Notice } from '../web/panel.tsx'
import { useApi, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { chime } from './chime.ts'
import type { DeskReply } from './desk-api.ts'
import { documentKeys, type EvidenceKeys, EvidencePart } from './desk-evidence.tsx'
import { CardPart, PersonPanel } from './desk-panels.tsx'
import { deskSession } from './desk-session.ts'
import { LastFive, Settings, useKept } from './desk-side.tsx'
import { verdictOf } from './desk-verdict.ts'
import { deskWords } from './desk-words.ts'
import { ScanField } from './scan-field.tsx'
import { SignPanel, type SignPanelKeys } from './sign-panel.tsx'
import { VerdictBar } from './verdict-bar.tsx'

/** The desk: one field that is always listened to, the person left, the card right, the verdict below. */
export function Desk() {
  const w = useWords(deskWords)
  const { data: answer, refetch } = useGet<DeskReply>('/desk')
  if (!answer) return <h1>{w.title}</h1>
  if (!answer.ok)
    return (
      <>
        <h1>{w.title}</h1>
        <Notice tone="no" urgent>
          <p>{answer.message}</p>
          <Button variant="default" onClick={() => void refetch()}>
            {w.tryAgain}
          </Button>
        </Notice>
      </>
    )
  return <OpenDesk desk={answer.value} />
}

type Switched = 'on' | 'off'

/** How often the desk looks whether a second person has answered, or somebody has signed elsewhere. */
const lookAgainMs = 2_000

function OpenDesk({ desk }: { desk: DeskReply }) {
  const w = useWords(deskWords)
  const { language } = useShell()
  const api = useApi()
  const [reader, setReader] = useKept('desk.reader', desk.usualReaderFormat)
  const [keys, setKeys] = useKept<Switched>('desk.keys', 'on')
  const [sound, setSound] = useKept<Switched>('desk.sound', 'off')
  const readerNow = useRef(reader)
  readerNow.current = reader
  const session = useMemo(() => deskSession({ api, readerFormat: () => readerNow.current }), [api])
  const state = useSyncExternalStore(session.subscribe, session.state)
  const field = useRef<HTMLInputElement>(null)
  const signing = useRef<SignPanelKeys>(null)
  const evidence = useRef<EvidenceKeys>(null)
  const verdict = verdictOf(state, w.verdict, { language, keys: keys === 'on' })

  const chimed = useRef('')
  useEffect(() => {
    const now = `${verdict.tone} ${verdict.word}`
    if (sound === 'on' && chimed.current !== '' && chimed.current !== now) chime(verdict.tone)
    chimed.current = now
  }, [verdict.tone, verdict.word, sound])

  const { view } = state
  const backToField = () => field.current?.focus()
  const clear = () => {
    session.clear()
    backToField()
  }
  const waits = view?.second?.state === 'waits' || view?.signing?.state === 'asked'
  useEffect(() => {
    const timer = waits ? setInterval(session.lookQuietly, lookAgainMs) : undefined
    return () => clearInterval(timer)
  }, [waits, session])
  useEffect(() => {
    const acts: Readonly<Record<string, () => void>> = {
      F2: () => evidence.current?.oldCard(),
      ...Object.fromEntries(documentKeys.map((key, place) => [key, () => evidence.current?.document(place)])),
      F10: () => evidence.current?.ask(),
      F4: () => signing.current?.typeName(),
      F8: () => signing.current?.witnessed(),
      F9: () => signing.current?.handOver(),
      F1: () => signing.current?.ask('phone'),
      F12: () => signing.current?.ask('tablet'),
      Escape: clear,
    }
    const pressed = (event: KeyboardEvent) => {
      const act =
        keys === 'off' || event.repeat || event.ctrlKey || event.altKey || event.metaKey
          ? undefined
          : acts[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  })

  return (
    <div className="desk">
      <header className="desk-head">
        <div>
          <h1>{w.title}</h1>
          <p className="dim">{w.at(desk.counter.name[language])}</p>
          <a href="/staff/present">{w.present}</a>
        </div>
        <ScanField ref={field} onScan={session.scan} />
      </header>
      <div className="desk-grid">
        <PersonPanel view={view} />
        <div className="desk-right">
          <section className="panel desk-checks">
            <CardPart view={view} />
            <EvidencePart
              ref={evidence}
              view={view}
              keys={keys === 'on'}
              session={session}
              onLeave={backToField}
            />
          </section>
          <SignPanel
            ref={signing}
            view={view}
            desk={desk}
            keys={keys === 'on'}
            busy={state.handingOver}
            onSigned={session.handOver}
            onAsked={session.lookAgain}
            onLeave={backToField}
          />
        </div>
      </div>
      <div className="desk-side">
        <LastFive last={state.last} />
        <Settings
          desk={desk}
          reader={reader}
          onReader={format => {
            setReader(format as typeof reader)
            backToField()
          }}
          keys={keys === 'on'}
          onKeys={on => setKeys(on ? 'on' : 'off')}
          sound={sound === 'on'}
          onSound={on => setSound(on ? 'on' : 'off')}
        />
      </div>
      <VerdictBar
        verdict={verdict}
        other={view?.stop ? view.stop.message[language === 'en' ? 'zh-TW' : 'en'] : null}
        actions={
          <>
            {state.offline && (
              <Button variant="default" onClick={session.tryAgain}>
                {w.tryAgain}
              </Button>
            )}
            <Button variant="default" onClick={clear} disabled={state.handingOver}>
              {keys === 'on' ? w.key.clear : w.clear}
            </Button>
          </>
        }
      />
    </div>
  )
}
