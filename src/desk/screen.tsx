import './desk.css'
import { Button } from '@mantine/core'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { Notice } from '../web/panel.tsx'
import { useApi, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { DeskReply } from './api.ts'
import { chime } from './chime.ts'
import { type EvidenceKeys, EvidencePart } from './evidence.tsx'
import { keepTyped, keptTyped } from './kept.ts'
import { deskActs } from './key-rules.ts'
import { useDeskKeys } from './keys.ts'
import { LastFive, type LastKeys } from './last.tsx'
import { CardPart, PersonPanel } from './panels.tsx'
import { useReaderWatch } from './reader-watch.ts'
import { type ReaderEnds, ScanField } from './scan-field.tsx'
import { deskWords } from './screen-words.ts'
import { deskSession } from './session.ts'
import { Settings, useKept } from './side.tsx'
import { SignPanel, type SignPanelKeys } from './sign-panel.tsx'
import { verdictOf } from './verdict.ts'
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
/** How often it looks whether the server is reached while nothing else is asked. */
const probeEveryMs = 5_000

function OpenDesk({ desk }: { desk: DeskReply }) {
  const w = useWords(deskWords)
  const { language } = useShell()
  const api = useApi()
  const [reader, setReader] = useKept('desk.reader', desk.usualReaderFormat)
  const [keys, setKeys] = useKept<Switched>('desk.keys', 'on')
  const [sound, setSound] = useKept<Switched>('desk.sound', 'off')
  const [ends, setEnds] = useKept<ReaderEnds>('desk.readerEnds', 'suffix')
  const [keymap, setKeymap] = useDeskKeys()
  const watch = useReaderWatch()
  const readerNow = useRef(reader)
  readerNow.current = reader
  const { clerk } = desk
  const session = useMemo(
    () => deskSession({ api, clerk, readerFormat: () => readerNow.current }),
    [api, clerk],
  )
  const state = useSyncExternalStore(session.subscribe, session.state)
  const field = useRef<HTMLInputElement>(null)
  const signing = useRef<SignPanelKeys>(null)
  const evidence = useRef<EvidenceKeys>(null)
  const last = useRef<LastKeys>(null)
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
    // Said at once, not when the next scan fails.
    const probe = () => void session.probe()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && !session.state().offline) probe()
    }, probeEveryMs)
    window.addEventListener('online', probe)
    window.addEventListener('offline', probe)
    const again = setInterval(() => {
      if (session.state().offline && session.state().waiting === 0) probe()
    }, lookAgainMs)
    return () => {
      clearInterval(timer)
      clearInterval(again)
      window.removeEventListener('online', probe)
      window.removeEventListener('offline', probe)
    }
  }, [session])
  const acts: Readonly<Record<(typeof deskActs)[number], () => unknown>> = {
    seen: () => evidence.current?.oldCard(),
    document1: () => evidence.current?.document(0),
    document2: () => evidence.current?.document(1),
    document3: () => evidence.current?.document(2),
    ask: () => evidence.current?.ask(),
    name: () => signing.current?.typeName(),
    witnessed: () => signing.current?.witnessed(),
    handOver: () => signing.current?.handOver(),
    phone: () => signing.current?.ask('phone'),
    tablet: () => signing.current?.ask('tablet'),
    undo: () => last.current?.undo(),
    clear,
  }
  const actOf = (key: string) => deskActs.find(each => keys === 'on' && keymap[each] === key)
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { key } = event
      // A letter counts where it stands alone, as the field says.
      if (key.length === 1 || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return
      const act = actOf(key)
      if (!act) return
      event.preventDefault()
      acts[act]()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  })
  const entered = (text: string, by: 'reader' | 'hand') => {
    watch.entered(by)
    session.scan(text)
  }
  const alone = (letter: string): boolean => {
    const act = actOf(letter)
    if (act) acts[act]()
    return act !== undefined
  }

  return (
    <div className="desk">
      <header className="desk-head">
        <div>
          <h1>{w.title}</h1>
          <p className="dim">{w.at(desk.counter.name[language])}</p>
          <a href="/staff/present">{w.present}</a>
        </div>
        <ScanField
          ref={field}
          ends={ends}
          hint={watch.quiet ? w.readerQuiet : null}
          typed={keptTyped(clerk)}
          onTyped={text => keepTyped(clerk, text)}
          onScan={entered}
          onAlone={alone}
        />
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
        <LastFive ref={last} state={state} session={session} onLeave={backToField} />
        <Settings
          desk={desk}
          reader={reader}
          onReader={format => {
            setReader(format as typeof reader)
            backToField()
          }}
          ends={ends}
          onEnds={next => {
            setEnds(next)
            backToField()
          }}
          keymap={keymap}
          onKeymap={setKeymap}
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
