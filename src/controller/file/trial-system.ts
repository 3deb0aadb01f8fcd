import { readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ControllerAddress } from '../../update/driver.ts'

/** Another access system's files, as a trial has them unless it says otherwise. */
export const trialSettings: NonNullable<ControllerAddress['settings']> = {
  folder: 'gym',
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  columns: [
    { name: 'card', holds: 'number' },
    { name: 'what', holds: 'deed' },
    { name: 'from', holds: 'from' },
    { name: 'to', holds: 'to' },
    { name: 'doors', holds: 'doors' },
  ],
  number: { as: 'decimal', digits: 10 },
  dates: 'iso',
  deeds: { put: 'ADD', remove: 'DEL' },
  result: {
    number: 'card',
    result: 'said',
    applied: ['OK'],
    rejected: ['NO'],
    full: ['FULL'],
    absent: ['NONE'],
    again: ['AGAIN'],
  },
}

/** A controller that is reached by files. */
export const trialController = (
  serial: number,
  change: Partial<typeof trialSettings> = {},
): ControllerAddress => ({
  serial,
  host: '',
  port: 0,
  capacity: 8,
  driver: 'file',
  settings: { ...trialSettings, ...change },
})

/** One row as the other system read it. */
export interface TakenRow {
  file: string
  number: string
  deed: string
  rest: string[]
}

/** The other access system: takes files away in the order of their names, and says what came of each row. */
export class OtherSystem {
  /** Numbers that it has. */
  readonly cards = new Set<string>()
  /** Everything that it was ever handed. */
  readonly taken: TakenRow[] = []
  mood: 'well' | 'refusing' | 'full' = 'well'
  readonly #folder: string

  constructor(root: string, folder: string) {
    this.#folder = join(root, folder)
  }

  /** Takes what lies there, without an answer. */
  async takes(): Promise<TakenRow[]> {
    const from = join(this.#folder, 'changes')
    const files = (await readdir(from))
      .filter(name => name.endsWith('.csv') && !name.startsWith('.'))
      .toSorted()
    const rows: TakenRow[] = []
    for (const file of files) {
      const [, ...lines] = (await readFile(join(from, file), 'utf8')).trimEnd().split('\r\n')
      for (const line of lines) {
        const [number = '', deed = '', ...rest] = line.split(',')
        rows.push({ file, number, deed, rest })
      }
      await unlink(join(from, file))
    }
    this.taken.push(...rows)
    return rows
  }

  /** Takes what lies there, does it, and answers each file whole. */
  async answers(): Promise<void> {
    const said = (await this.takes()).map(row => ({ ...row, word: this.#does(row) }))
    for (const [file, rows] of Map.groupBy(said, ({ file }) => file))
      await this.says(file, ['card,said', ...rows.map(({ number, word }) => `${number},${word}`)])
  }

  /** Places a result as it should be placed: whole. */
  async says(file: string, lines: readonly string[] | Buffer): Promise<void> {
    const results = join(this.#folder, 'results')
    const bytes = Buffer.isBuffer(lines) ? lines : `${lines.join('\n')}\n`
    await writeFile(join(results, '.next'), bytes)
    await rename(join(results, '.next'), join(results, file))
  }

  #does({ number, deed }: TakenRow): string {
    if (this.mood === 'refusing') return 'NO'
    if (deed === 'DEL') return this.cards.delete(number) ? 'OK' : 'NONE'
    if (this.mood === 'full' && !this.cards.has(number)) return 'FULL'
    this.cards.add(number)
    return 'OK'
  }
}
