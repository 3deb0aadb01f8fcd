import type { Swiped } from './board.ts'
import type { ControllerState } from './control.ts'
import type { Counts, Logged } from './log.ts'
import type { BoardCard, Faults, Pair } from './settings.ts'
import type { Watched } from './watch.ts'

/** A running emulator, seen from outside: what people, other systems and faults do to its controllers. */
export interface EmulatorClient {
  /** Address of the control channel, `http://127.0.0.1:PORT`. */
  control: string
  /** All controllers; each is an address for the driver, too. */
  controllers(): Promise<ControllerState[]>
  /** What really is in a controller's memory, in the order of its list. */
  cards(serial: number): Promise<BoardCard[]>
  /** Puts cards there as another system would; rejects where there is no room. */
  plant(serial: number, cards: readonly BoardCard[]): Promise<void>
  /** Puts the same cards on many controllers, on all of them where null is said; rejects at the first without room. */
  plantOnMany(serials: readonly number[] | null, cards: readonly BoardCard[]): Promise<void>
  /** Holds a card to the reader of a door, 1 to 4; so often where said, and the last time is told. */
  swipe(serial: number, card: number | bigint, door: number, times?: number): Promise<Swiped>
  /** Sets every controller's clock to a local wall time. */
  setClock(at: Temporal.PlainDateTime | string): Promise<void>
  /** Makes something go wrong on a controller until it is set otherwise; what is not named stays. */
  faults(serial: number, faults: Faults): Promise<ControllerState>
  /** All datagrams received after an index, of the last 200,000; lost and unanswered ones too. */
  log(after?: number): Promise<Logged[]>
  /** Datagrams received, for each controller and function. */
  counts(): Promise<Counts>
  /** Forgets log and counts. */
  resetLog(): Promise<void>
  /** From now on: each controller that holds an old card must at every moment hold it or its successor. */
  watch(pairs: readonly { old: number | bigint; new: number | bigint }[]): Promise<Watched>
  /** What the watch has seen. */
  watched(): Promise<Watched>
}

/** Speaks to an emulator's control channel. An answer that is no success is thrown, with its words. */
export function emulatorAt(control: string): EmulatorClient {
  async function call(path: string, body?: unknown): Promise<unknown> {
    const asked =
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await fetch(control + path, asked)
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`${path}: ${(answer as { error: string }).error}`)
    return answer
  }
  const get = async <Answer>(path: string) => (await call(path)) as Answer
  const post = async <Answer>(path: string, body: unknown) => (await call(path, body)) as Answer

  return {
    control,
    controllers: () => get('/controllers'),
    cards: serial => get(`/controllers/${serial}/cards`),
    plant: async (serial, cards) => {
      await post(`/controllers/${serial}/cards`, { cards })
    },
    plantOnMany: async (serials, cards) => {
      await post('/cards', serials === null ? { cards } : { serials, cards })
    },
    swipe: (serial, card, door, times = 1) =>
      post(`/controllers/${serial}/swipe`, { card: Number(card), door, times }),
    setClock: async at => {
      await post('/clock', { at: at.toString() })
    },
    faults: (serial, faults) => post(`/controllers/${serial}/faults`, faults),
    log: async (after = 0) => {
      const all: Logged[] = []
      for (let from = after; ; ) {
        const { entries } = await get<{ entries: Logged[] }>(`/log?after=${from}`)
        const newest = entries.at(-1)
        if (!newest) return all
        all.push(...entries)
        from = newest.index
      }
    },
    counts: () => get('/counts'),
    resetLog: async () => {
      await post('/log/reset', {})
    },
    watch: pairs => {
      const plain: Pair[] = pairs.map(pair => ({ old: Number(pair.old), new: Number(pair.new) }))
      return post('/watch', { pairs: plain })
    },
    watched: () => get('/watch'),
  }
}
