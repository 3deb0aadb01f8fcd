import { createHash, randomBytes } from 'node:crypto'
import { copyFile, readdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ControllerAddress } from '../../update/driver.ts'
import type { FileSettings } from './changes.ts'
import {
  fingerprint,
  type Places,
  placesOf,
  readPlain,
  readyPlaces,
  removeFile,
  syncFolder,
  tryRoom,
  writeWhole,
} from './disk.ts'
import { judgeResult, largestResultBytes, readResult, withResult } from './result.ts'
import { sayJudged, sayRefused, sayUnwritable } from './say.ts'
import {
  type Change,
  type HandedFile,
  keepState,
  keptVersion,
  loadState,
  nothingYet,
  type State,
} from './state.ts'
import { type Holder, saysHolders, tableOf } from './table.ts'

/** The steps of handing a file over and of taking a result, in their order; a process may die before any of them. */
export const steps = ['write', 'keep', 'copy', 'place', 'placed', 'keep result'] as const
export type Step = (typeof steps)[number]

/** What the books of all controllers share. */
export interface Surroundings {
  /** The folder in which everything lies; null where the installation named none. */
  root: string | null
  log(line: string): void
  /** Whose cards these numbers are; asked only where a file has columns with names. */
  describe?: (serial: number, numbers: readonly bigint[]) => Promise<ReadonlyMap<bigint, Holder>>
  monotonicMs(): number
  /** For how long what the folder says is believed before it is looked at again. */
  lookEveryMs: number
  /** Called before each step: where a test lets the process die. */
  step?: (step: Step) => void | Promise<void>
}

/** Finished files that are kept in mind, so that a corrected result is still understood. */
const mostFinished = 50

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32)

/** What one controller's files say, and what waits for the next one. */
export class Book {
  /** What waits for the next file, in the order in which it was asked for. */
  readonly collected = new Map<bigint, Change>()
  state: State = nothingYet()
  #turn: Promise<unknown> = Promise.resolve()
  #lookedMs = Number.NEGATIVE_INFINITY
  #trouble: string | null = null
  /** Bytes of the largest file so far: what there must be room for before a folder that failed is believed again. */
  #largest = 4_096
  readonly #told = new Set<string>()
  /** Results that were read and kept, by what tells that they were changed since. */
  readonly #marks = new Map<string, string>()
  readonly #with: Surroundings
  readonly #serial: number

  constructor(serial: number, surroundings: Surroundings) {
    this.#serial = serial
    this.#with = surroundings
  }

  /**
   * Does a piece of work when all before it is done, with what is known now; null where the folder cannot be used,
   * which is told in the log once for each reason.
   */
  inTurn<T>(to: ControllerAddress, work: () => T | Promise<T>): Promise<T | null> {
    const mine = this.#turn.then(async () => {
      const { settings } = to
      if (!settings) throw new TypeError(`controller ${this.#serial} has no settings of a file`)
      if (this.#with.root !== null) placesOf(this.#with.root, this.#serial, settings.folder)
      return this.#guarded(async () => {
        await this.#look(settings)
        return work()
      })
    })
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  /** A visit is over: the next one looks at the folder anew. */
  visited(): void {
    this.#lookedMs = Number.NEGATIVE_INFINITY
  }

  /** Makes a file of what was collected and places it; what cannot be placed now is collected anew when asked again. */
  async place(settings: FileSettings): Promise<void> {
    if (this.collected.size === 0) return
    const places = this.#places(settings)
    const changes = [...this.collected.values()]
    const numbers = changes.map(({ number }) => number)
    const holders =
      saysHolders(settings) && this.#with.describe
        ? await this.#with.describe(this.#serial, numbers)
        : new Map()
    const { bytes, unwritable } = tableOf(changes, settings, holders)
    this.#largest = Math.max(this.#largest, bytes.length)
    const token = randomBytes(6).toString('hex')
    const file: HandedFile = {
      file: this.state.next,
      temporary: `.${this.#nameOf(this.state.next)}.${token}.part`,
      rows: new Map(changes.map(change => [change.number, { ...change, answer: null }])),
      result: null,
    }
    await this.#with.step?.('write')
    await writeWhole(join(places.changes, file.temporary), bytes)
    await syncFolder(places.changes)
    await this.#with.step?.('keep')
    const next = { ...this.state, next: file.file + 1, files: [...this.#worthKeeping(), file] }
    if (!(await keepState(places.own, next, token))) {
      // Another process has this controller now: what was asked of us is asked of it.
      await removeFile(join(places.changes, file.temporary))
      this.collected.clear()
      this.#lookedMs = Number.NEGATIVE_INFINITY
      return
    }
    this.state = next
    this.collected.clear()
    await this.#finish(places, file)
    await this.#clearCopies(places)
    if (unwritable.length > 0) this.#say(sayUnwritable(unwritable, settings))
  }

  #nameOf(file: number): string {
    return `changes-${this.#serial}-${String(file).padStart(6, '0')}.csv`
  }

  #places(settings: FileSettings): Places {
    const { root } = this.#with
    if (root === null) throw new Error('GATEHOUSE_FILES is not set, so that no file can be handed over')
    return placesOf(root, this.#serial, settings.folder)
  }

  #say(what: string): void {
    this.#with.log(`controller ${this.#serial}: ${what}`)
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      const done = await work()
      this.#trouble = null
      return done
    } catch (error) {
      // What was collected may be out of date when the folder is back; whoever still wants it asks again.
      this.collected.clear()
      this.#lookedMs = Number.NEGATIVE_INFINITY
      const { code, message, path } = error as NodeJS.ErrnoException
      const reason = code ? `${code}${path ? ` at ${basename(path)}` : ''}` : message
      if (this.#trouble !== reason) this.#say(`the folder of its files cannot be used: ${reason}`)
      this.#trouble = reason
      return null
    }
  }

  /** Looks at the folder: at what another process kept meanwhile, at files that were not placed yet, at results. */
  async #look(settings: FileSettings): Promise<void> {
    const nowMs = this.#with.monotonicMs()
    if (nowMs - this.#lookedMs < this.#with.lookEveryMs) return
    const places = this.#places(settings)
    await readyPlaces(this.#with.root!, places)
    if (this.#trouble !== null) await tryRoom(places.changes, `.room-${this.#serial}.part`, this.#largest)
    if (this.state.version === 0 || (await keptVersion(places.own)) !== this.state.version) {
      const fresh = await loadState(places.own)
      if (fresh.version !== this.state.version) this.collected.clear()
      this.#marks.clear()
      this.state = fresh
      await this.#takeUp(places)
    }
    await this.#results(places, settings)
    this.#lookedMs = nowMs
  }

  /** Places what a process that died had decided to place, and clears away what it had not. */
  async #takeUp(places: Places): Promise<void> {
    for (const file of this.state.files) await this.#finish(places, file)
    const left = new RegExp(`^\\.changes-${this.#serial}-(\\d+)\\.csv\\.[0-9a-f]+\\.part$`)
    for (const name of await readdir(places.changes)) {
      const file = Number(left.exec(name)?.[1] ?? this.state.next)
      // One for the next file may be another process's, which is writing it just now.
      if (file < this.state.next) await removeFile(join(places.changes, name))
    }
  }

  /**
   * Places a file that the state says is handed over. Its temporary name tells whether that was done: the other
   * system may have taken the file away the moment it was there.
   */
  async #finish(places: Places, { file, temporary }: HandedFile): Promise<void> {
    const [from, name] = [join(places.changes, temporary), this.#nameOf(file)]
    try {
      await this.#with.step?.('copy')
      await copyFile(from, join(places.handed, name))
      await this.#with.step?.('place')
      await rename(from, join(places.changes, name))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      return
    }
    await this.#with.step?.('placed')
    await syncFolder(places.changes)
  }

  /** The files that still matter: those with something open, and the last of the others. */
  #worthKeeping(): HandedFile[] {
    const { files } = this.state
    const isOpen = ({ rows }: HandedFile) => [...rows.values()].some(row => row.answer === null)
    return files.filter((file, at) => isOpen(file) || at >= files.length - mostFinished)
  }

  /** Copies go with the files that are kept in mind: they say whose cards these are. */
  async #clearCopies(places: Places): Promise<void> {
    const kept = new Set(this.state.files.map(({ file }) => this.#nameOf(file)))
    for (const name of await readdir(places.handed))
      if (!kept.has(name)) await removeFile(join(places.handed, name))
  }

  /** Reads the results that are new, each whole, and believes what they say of what was handed over. */
  async #results(places: Places, settings: FileSettings): Promise<void> {
    const byName = new Map(this.state.files.map(({ file }) => [this.#nameOf(file), file]))
    for (const name of (await readdir(places.results)).toSorted()) {
      const file = byName.get(name)
      if (file !== undefined) await this.#result(places, settings, { name, file })
      else if (!name.startsWith('.') && !this.#isOld(name))
        this.#sayOnce(name, `results/${name.slice(0, 60)} answers no file that is known`)
    }
  }

  /** A result of long ago, whose file is not kept in mind any more. */
  #isOld(name: string): boolean {
    const [, file] = /-(\d+)\.csv$/.exec(name) ?? []
    return file !== undefined && Number(file) < this.state.next && name === this.#nameOf(Number(file))
  }

  async #result(places: Places, settings: FileSettings, { name, file }: { name: string; file: number }) {
    const path = join(places.results, name)
    const mark = await fingerprint(path)
    if (this.#marks.get(name) === mark) return
    const bytes = await readPlain(path, largestResultBytes)
    if (bytes === null) {
      this.#sayOnce(name, sayRefused(name, { refusal: 'not-plain', facts: { most: largestResultBytes } }))
      return
    }
    const hash = digest(bytes)
    const of = this.state.files.find(each => each.file === file)!
    if (of.result === hash) {
      this.#marks.set(name, mark)
      return
    }
    const read = readResult(bytes, settings)
    if (!read.ok) {
      this.#sayOnce(`${name} ${hash}`, sayRefused(name, read))
      return
    }
    const judged = judgeResult(of, read, settings)
    await this.#with.step?.('keep result')
    const next = withResult(this.state, of, judged.answers, hash)
    if (!(await keepState(places.own, next, randomBytes(6).toString('hex')))) {
      this.#lookedMs = Number.NEGATIVE_INFINITY
      throw new Error('another process keeps its files now')
    }
    this.state = next
    for (const line of sayJudged(name, judged)) this.#say(line)
  }

  #sayOnce(about: string, what: string): void {
    if (this.#told.has(about)) return
    if (this.#told.size >= 1_000) this.#told.clear()
    this.#told.add(about)
    this.#say(what)
  }
}
