import type { HandedOverReply, HandoverBody } from '../handover/api.ts'
import type { AskedReply } from '../handover/confirmation-api.ts'
import type { UndoBody, UndoneReply } from '../handover/undo-api.ts'
import { type Answer, type Api, newKey } from '../web/api.ts'
import type { LookUpBody, ViewReply } from './api.ts'
import { keepDesk, keptDesk } from './kept.ts'

type Name = NonNullable<ViewReply['person']>['name']

/** A card that was just handed over at this desk. */
export interface Done {
  studentNumber: string
  name: Name
  ending: string
  /** When, ISO, in campus time. */
  at: string
}

/** What the desk's screen shows: what lies there, the last refusal, what still waits for an answer. */
export interface DeskState {
  view: ViewReply | null
  /** Why the last scan or handover was refused, in the clerk's language. */
  refused: string | null
  /** The handover that has just been done; gone with the next scan. */
  done: Done | null
  /** The handover that has just been undone, and where its card goes back to. */
  undone: { name: Name; box: string | null; retired: boolean } | null
  /** Scans and keys that are not answered yet. */
  waiting: number
  /** The server is not reached, or the network is gone; everything that waits is kept and tried again. */
  offline: boolean
  handingOver: boolean
}

type Signature = HandoverBody['signature']
type Beside = LookUpBody['beside']
type Evidence = Beside['evidence'][number]
type Seen = NonNullable<LookUpBody['seen']>

interface Looking {
  scan?: string | null
  seen?: Seen
  /** The document that is taken back. */
  without?: string
  /** A look that nobody asked for leaves the last refusal on the screen. */
  quiet?: boolean
}

/** One thing that waits for its answer. Acts bear their key, so that they happen once, also over a reload of the page. */
export type Work =
  | ({ does: 'look' } & Looking)
  | { does: 'ask'; key: string }
  | { does: 'hand-over'; key: string; body: HandoverBody; name: Name; ending: string }
  | { does: 'undo'; key: string; body: UndoBody; name: Name }

export type DeskSession = ReturnType<typeof deskSession>

const empty: DeskState = {
  view: null,
  refused: null,
  done: null,
  undone: null,
  waiting: 0,
  offline: false,
  handingOver: false,
}

/** How long the desk waits before it tries an unreached server again. */
const retryMs = 3_000
/** A server that says nothing for so long is not reached. */
const probeMs = 4_000

/** One thing that was shown, as the server takes it back. */
function asGiven(shown: ViewReply['evidence'][number]): Evidence {
  if (shown.kind === 'old-card') return { kind: 'old-card', chip: shown.chip! }
  if (shown.kind === 'app-proof') return { kind: 'app-proof', proof: shown.proof! }
  if (shown.kind === 'proxy-code') return { kind: 'proxy-code', code: shown.code! }
  if (shown.kind === 'old-card-seen') return { kind: 'old-card-seen' }
  return { kind: 'document', evidence: shown.evidence!, documentKind: shown.documentKind ?? null }
}

/** What lies on the desk, as the server takes it back. */
export const besideOf = (view: ViewReply | null): Beside => ({
  studentNumber: view?.person?.studentNumber ?? null,
  chip: view?.card?.chip ?? null,
  evidence: (view?.evidence ?? []).map(asGiven),
})

/** Nothing readable came back, or the server fell over: nobody knows yet, so it is asked again. */
const unreached = (answer: Answer<unknown>): boolean =>
  !answer.ok && (answer.status === 0 || answer.status >= 500)

/**
 * What happens between the scans and the screen. Scans are answered one after the other, in the order in which
 * they came, however fast they come; while the network is gone they are kept and tried again by themselves, also when the
 * page was loaded anew meanwhile.
 */
export function deskSession({
  api,
  clerk,
  readerFormat,
}: {
  api: Api
  clerk: string
  readerFormat: () => string | undefined
}) {
  const kept = keptDesk(clerk)
  let queue: readonly Work[] = kept?.queue ?? []
  let state: DeskState = { ...empty, view: kept?.view ?? null }
  let running = false
  let tryNow: (() => void) | null = null
  const listeners = new Set<() => void>()

  function set(change: Partial<DeskState>): void {
    state = {
      ...state,
      ...change,
      waiting: queue.length,
      handingOver: queue.some(({ does }) => does === 'hand-over'),
    }
    keepDesk({ clerk, view: state.view, queue })
    for (const listener of listeners) listener()
  }

  const rest = (): Promise<void> =>
    new Promise(resolve => {
      const timer = setTimeout(resolve, retryMs)
      tryNow = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  function send(work: Work): Promise<Answer<unknown>> {
    if (work.does === 'hand-over') return api.post('/desk/handovers', work.body, { idempotencyKey: work.key })
    if (work.does === 'undo')
      return api.post('/desk/undone-handovers', work.body, { idempotencyKey: work.key })
    const beside = besideOf(state.view)
    if (work.does === 'ask') {
      const { studentNumber, evidence } = beside
      return api.post<AskedReply>(
        '/desk/confirmations',
        { studentNumber, evidence },
        { idempotencyKey: work.key },
      )
    }
    const { scan = null, seen, without } = work
    const evidence = beside.evidence.filter(each => each.kind !== 'document' || each.evidence !== without)
    return api.post('/desk/look-up', {
      scan,
      ...(seen ? { seen } : {}),
      readerFormat: readerFormat(),
      beside: { ...beside, evidence },
    })
  }

  function answered(work: Work, answer: Answer<unknown>): Partial<DeskState> {
    if (work.does === 'look') {
      if (!answer.ok) return work.quiet ? {} : { refused: answer.message, done: null, undone: null }
      const view = answer.value as ViewReply
      if (work.quiet) return { view }
      return { view, refused: null, ...((work.scan ?? null) === null ? {} : { done: null, undone: null }) }
    }
    if (work.does === 'ask') {
      look({ quiet: !answer.ok })
      return answer.ok ? {} : { refused: answer.message }
    }
    if (work.does === 'undo') {
      if (!answer.ok) return { refused: answer.message }
      const { box, retired } = answer.value as UndoneReply
      if (state.view !== null) look({ quiet: true })
      return { refused: null, done: null, undone: { name: work.name, box, retired } }
    }
    if (!answer.ok) {
      look({ quiet: true })
      return { refused: answer.message }
    }
    const { at, studentNumber } = answer.value as HandedOverReply
    const done: Done = { studentNumber, name: work.name, ending: work.ending, at }
    return { view: null, refused: null, done, undone: null }
  }

  async function run(): Promise<void> {
    if (running) return
    running = true
    for (let work = queue[0]; work; work = queue[0]) {
      const answer = await send(work)
      // Cleared while it was under way: its answer is nobody's any more.
      if (queue[0] !== work) continue
      if (unreached(answer)) {
        set({ offline: true })
        await rest()
        continue
      }
      queue = queue.slice(1)
      set({ offline: false, ...answered(work, answer) })
    }
    running = false
  }

  function add(work: Work): void {
    queue = [...queue, work]
    set({})
    void run()
  }

  /** Asks the server what lies there now: with one scan more, with what the clerk saw, or with something taken back. */
  const look = (looking: Looking = {}): void => add({ does: 'look', ...looking })

  if (kept !== null) {
    state = { ...state, waiting: queue.length, handingOver: queue.some(({ does }) => does === 'hand-over') }
    // What lay there is judged again: it may be another day by now.
    if (queue.length === 0) look({ quiet: true })
    else void run()
  }

  return {
    state: (): DeskState => state,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** A scan, whatever it is. */
    scan: (text: string) => look({ scan: text }),
    /** The clerk has seen the old card, or a document, with their own eyes. */
    seen: (seen: Seen) => look({ seen }),
    /** A document that was recorded by mistake is taken back. */
    takeBack: (document: string) => look({ without: document }),
    /** Judges again what lies there, for example when a proof has run out. */
    lookAgain: () => look(),
    /** The same while a second person is waited for; skipped while anything else waits for its answer. */
    lookQuietly: () => {
      if (queue.length === 0) look({ quiet: true })
    },
    /** Asks a second person to look at the documents that were shown. */
    askSecondPerson: (): void => {
      if (besideOf(state.view).studentNumber === null || queue.length > 0) return
      add({ does: 'ask', key: newKey() })
    },
    /** The last key: hands over what lies there. */
    handOver: (signature: Signature): void => {
      const { view } = state
      const { studentNumber, chip, evidence } = besideOf(view)
      if (state.handingOver || studentNumber === null || chip === null) return
      const body = { studentNumber, chip, evidence, signature }
      const { ending } = view!.card!
      add({ does: 'hand-over', key: newKey(), body, name: view!.person!.name, ending })
    },
    /** Takes a handover back; once, however often it is pressed. */
    undo: (body: UndoBody, name: Name): void => {
      if (queue.some(work => work.does === 'undo' && work.body.cardId === body.cardId)) return
      add({ does: 'undo', key: newKey(), body, name })
    },
    /** Begins anew. An act that is under way is not given up: nobody knows yet whether it was done. */
    clear: (): void => {
      if (state.handingOver) return
      queue = queue.filter(({ does }) => does === 'undo')
      set({ view: null, refused: null, done: null, undone: null, offline: queue.length > 0 && state.offline })
      tryNow?.()
    },
    tryAgain: () => tryNow?.(),
    /**
     * Whether the server is reached: asked when the browser says that the network came or went, and every few seconds. What
     * the browser says is not believed by itself: a desk without the internet reaches the server all the same.
     */
    probe: async (): Promise<void> => {
      if (queue.length > 0) return tryNow?.()
      const answer = await api.get('/desk', { signal: AbortSignal.timeout(probeMs) })
      const offline = unreached(answer)
      if (queue.length === 0 && offline !== state.offline) set({ offline })
    },
  }
}
