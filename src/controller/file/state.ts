import { link, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CardRecord } from '../../update/driver.ts'
import { removeFile, syncFolder, writeWhole } from './disk.ts'

/** One change for the other system: a card to have under a number, or null where the number shall go. */
export interface Change {
  number: bigint
  card: CardRecord | null
}

/** What a result says of one row. */
export type RowAnswer = 'applied' | 'rejected' | 'full' | 'absent' | 'again'

/** A row that was handed over, and its result, null until there is one. */
export interface HandedRow extends Change {
  answer: RowAnswer | null
}

/** A file that was handed over: at most one row a number, in the order of its lines. */
export interface HandedFile {
  file: number
  /** Its name until it was placed: while that is there, it is not placed yet. */
  temporary: string
  rows: Map<bigint, HandedRow>
  /** The result that was read last, by its hash. */
  result: string | null
}

/** What the other system confirmed of a number, in which file: the card, or null that it is gone. */
export interface Known {
  file: number
  card: CardRecord | null
}

/** All that the driver knows of one controller. */
export interface State {
  version: number
  /** The number of the next file. */
  next: number
  known: Map<bigint, Known>
  files: HandedFile[]
}

/** What is known before anything was handed over. */
export const nothingYet = (): State => ({ version: 0, next: 1, known: new Map(), files: [] })

type CardText = [from: string, to: string, doors: number[], pin: number] | null
const cardText = (card: CardRecord | null): CardText =>
  card && [card.from.toString(), card.to.toString(), [...card.doors], card.pin]

function cardOf(number: bigint, text: CardText): CardRecord | null {
  if (text === null) return null
  const [from, to, [a = 0, b = 0, c = 0, d = 0], pin] = text
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)]
  return { number, from: first, to: last, doors: [a, b, c, d], pin }
}

interface StateText {
  version: number
  next: number
  known: [number: string, file: number, card: CardText][]
  files: {
    file: number
    temporary: string
    result: string | null
    rows: [number: string, card: CardText, answer: RowAnswer | null][]
  }[]
}

const written = ({ version, next, known, files }: State): string =>
  JSON.stringify({
    version,
    next,
    known: [...known].map(([number, { file, card }]) => [String(number), file, cardText(card)]),
    files: files.map(({ rows, ...file }) => ({
      ...file,
      rows: [...rows.values()].map(({ number, card, answer }) => [String(number), cardText(card), answer]),
    })),
  } satisfies StateText)

function read(text: string): State {
  const said = JSON.parse(text) as StateText
  const known = said.known.map(([digits, file, card]): [bigint, Known] => {
    const number = BigInt(digits)
    return [number, { file, card: cardOf(number, card) }]
  })
  const files = said.files.map(({ rows, ...file }) => {
    const entries = rows.map(([digits, card, answer]): [bigint, HandedRow] => {
      const number = BigInt(digits)
      return [number, { number, card: cardOf(number, card), answer }]
    })
    return { ...file, rows: new Map(entries) }
  })
  return { version: said.version, next: said.next, known: new Map(known), files }
}

const nameOf = (version: number): string => `state-${String(version).padStart(12, '0')}.json`
const versionOf = (name: string): number => Number(/^state-(\d{12})\.json$/.exec(name)?.[1] ?? 0)

/** The version that is kept now; 0 before the first. */
export const keptVersion = async (own: string): Promise<number> =>
  Math.max(0, ...(await readdir(own)).map(versionOf))

/** The newest state that was kept. */
export async function loadState(own: string): Promise<State> {
  const version = await keptVersion(own)
  return version === 0 ? nothingYet() : read(await readFile(join(own, nameOf(version)), 'utf8'))
}

/**
 * Keeps a state as the one after `version`, whole or not at all; false where another process kept one meanwhile. The
 * versions are names, and a name is given once (a hard link does not replace what is there): of two processes that
 * both believe the controller to be theirs, one learns here that it is not.
 */
export async function keepState(own: string, state: State, token: string): Promise<boolean> {
  const next = { ...state, version: state.version + 1 }
  const temporary = join(own, `.state.${token}.part`)
  await writeWhole(temporary, written(next))
  try {
    await link(temporary, join(own, nameOf(next.version)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await removeFile(temporary)
  }
  await syncFolder(own)
  // A process that slept for long may have taken a name that was cleared away since: it is not the newest.
  if ((await keptVersion(own)) !== next.version) {
    await removeFile(join(own, nameOf(next.version)))
    return false
  }
  for (const name of await readdir(own)) {
    const version = versionOf(name)
    if (version > 0 && version < next.version - 1) await removeFile(join(own, name))
  }
  state.version = next.version
  return true
}
