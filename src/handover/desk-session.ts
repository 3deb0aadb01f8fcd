import type { Answer, Api } from '../web/api.ts'
import type { AskedReply, HandedOverReply, HandoverBody, LookUpBody, ViewReply } from './desk-api.ts'

/** A card that was handed over at this desk in this session. */
export interface Done {
  studentNumber: string
  name: NonNullable<ViewReply['person']>['name']
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
  /** Scans and keys that are not answered yet. */
  waiting: number
  /** The server is not reached; everything that waits is kept and tried again. */
  offline: boolean
  handingOver: boolean
  last: readonly Done[]
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

interface Work {
  handover: boolean
  send(): Promise<Answer<unknown>>
  answered(answer: Answer<unknown>): Partial<DeskState>
}

export type DeskSession = ReturnType<typeof deskSession>

const empty: DeskState = {
  view: null,
  refused: null,
  done: null,
  waiting: 0,
  offline: false,
  handingOver: false,
  last: [],
}

/** How long the desk waits before it tries an unreached server again. */
const retryMs = 3_000
const keepsLast = 5

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
 * they came, however fast they come; while the network is gone they are kept and tried again by themselves.
 */
export function deskSession({ api, readerFormat }: { api: Api; readerFormat: () => string | undefined }) {
  let state = empty
  let queue: Work[] = []
  let running = false
  let tryNow: (() => void) | null = null
  const listeners = new Set<() => void>()

  function set(change: Partial<DeskState>): void {
    state = {
      ...state,
      ...change,
      waiting: queue.length,
      handingOver: queue.some(work => work.handover),
    }
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

  async function run(): Promise<void> {
    if (running) return
    running = true
    for (let work = queue[0]; work; work = queue[0]) {
      const answer = await work.send()
      // Cleared while it was under way: its answer is nobody's any more.
      if (queue[0] !== work) continue
      if (unreached(answer)) {
        set({ offline: true })
        await rest()
        continue
      }
      queue.shift()
      set({ offline: false, ...work.answered(answer) })
    }
    running = false
  }

  function add(work: Work): void {
    queue.push(work)
    set({})
    void run()
  }

  /** Asks the server what lies there now: with one scan more, with what the clerk saw, or with something taken back. */
  const look = ({ scan = null, seen, without, quiet = false }: Looking = {}): void =>
    add({
      handover: false,
      send: () => {
        const beside = besideOf(state.view)
        const evidence = beside.evidence.filter(each => each.kind !== 'document' || each.evidence !== without)
        return api.post<ViewReply>('/desk/look-up', {
          scan,
          ...(seen ? { seen } : {}),
          readerFormat: readerFormat(),
          beside: { ...beside, evidence },
        })
      },
      answered: answer => {
        if (!answer.ok) return quiet ? {} : { refused: answer.message, done: null }
        const view = answer.value as ViewReply
        if (quiet) return { view }
        return { view, refused: null, ...(scan === null ? {} : { done: null }) }
      },
    })

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
      const { studentNumber, evidence } = besideOf(state.view)
      if (studentNumber === null || queue.length > 0) return
      add({
        handover: false,
        send: () => api.post<AskedReply>('/desk/confirmations', { studentNumber, evidence }),
        answered: answer => {
          look({ quiet: !answer.ok })
          return answer.ok ? {} : { refused: answer.message }
        },
      })
    },
    /** The last key: hands over what lies there. */
    handOver: (signature: Signature): void => {
      const { view } = state
      const { studentNumber, chip, evidence } = besideOf(view)
      if (state.handingOver || studentNumber === null || chip === null) return
      add({
        handover: true,
        send: () =>
          api.post<HandedOverReply>('/desk/handovers', { studentNumber, chip, evidence, signature }),
        answered: answer => {
          if (!answer.ok) {
            look({ quiet: true })
            return { refused: answer.message }
          }
          const { at } = answer.value as HandedOverReply
          const done: Done = { studentNumber, name: view!.person!.name, ending: view!.card!.ending, at }
          return { view: null, refused: null, done, last: [done, ...state.last].slice(0, keepsLast) }
        },
      })
    },
    /** Begins anew. A handover that is under way is not given up: nobody knows yet whether it was done. */
    clear: (): void => {
      if (state.handingOver) return
      queue = []
      set({ view: null, refused: null, done: null, offline: false })
      tryNow?.()
    },
    tryAgain: () => tryNow?.(),
  }
}
