import { chmod, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeXlsxStream } from 'hucre/xlsx'
import { startChild } from './child.ts'
import { campusDoors, type Ground, openGround, superuser } from './ground.ts'
import type { Imported } from './import-reader.ts'
import { type Measured, say } from './report.ts'

const people = 100_000

const header = [
  'student_number',
  'name_zh',
  'name_en',
  'department',
  'entry_year',
  'degree',
  'kind',
  'status',
  'site',
  'hall',
  'email',
  'language',
]

/** Invented people, row by row; `name` tells one file's from the other's. */
function* rows(name: string): Generator<string[]> {
  yield header
  for (let at = 0; at < people; at++)
    yield [
      `${String(40_000_000 + at)}S`,
      `示例生${at}`,
      `${name} ${at}`,
      'math',
      '2022',
      'bachelor',
      'regular',
      'enrolled',
      'gongguan',
      '',
      `s${at}@example.test`,
      'zh-TW',
    ]
}

async function writeFiles(folder: string) {
  const [csv, xlsx] = [join(folder, 'roster.csv'), join(folder, 'roster.xlsx')]
  const lines = Array.from(rows('Sample Student'), cells => cells.join(','))
  await writeFile(csv, `${lines.join('\n')}\n`)
  await chmod(csv, 0o644)
  const file = await open(xlsx, 'w')
  for await (const part of writeXlsxStream(rows('Example Student'), { name: 'Roster' }))
    await file.write(part)
  await file.close()
  return { csv, xlsx }
}

/** One import in a process of its own. */
async function imported(ground: Ground, file: string): Promise<Imported> {
  const child = startChild('import-reader.ts', {
    env: { BENCH_DATABASE: ground.url },
    // As `npm start` runs it.
    execArgv: ['--max-semi-space-size=16', '--import', './scripts/runtime.mjs'],
  })
  try {
    return await child.ask<Imported>({ file, name: file.split('/').at(-1)! }, 'imported')
  } finally {
    await child.stop()
  }
}

/** The same rows by COPY, into a table without keys that checks nothing: milliseconds. */
async function copied({ url }: Ground, file: string): Promise<number> {
  await superuser(url, [`create table bench_copy (${header.map(name => `${name} text`).join(', ')})`])
  const began = performance.now()
  await superuser(url, [`copy bench_copy from '${file}' (format csv, header)`])
  return performance.now() - began
}

/** 100,000 people from a CSV, all new; then from a workbook that names each otherwise: seen as a difference, and applied. */
export async function importing(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-import-'))
  await chmod(folder, 0o755)
  const ground = await openGround({ doors: await campusDoors(), at: '2023-10-18T09:30' })
  try {
    const { csv, xlsx } = await writeFiles(folder)
    const copyMs = await copied(ground, csv)
    const added = await imported(ground, csv)
    const changed = await imported(ground, xlsx)
    const seconds = (ms: number) => `${say(ms / 1000, 1)} s`
    const megabytes = (bytes: number) => `${say(bytes / 1e6)} MB`
    const told = (name: string, { stallMs, ...took }: Imported) =>
      [
        [`**${name}: difference**`, `**${seconds(took.differenceMs)}**`],
        [`${name}: applied`, seconds(took.applyMs)],
        [`${name}: memory of its process (RSS) before`, megabytes(took.idleBytes)],
        [`**${name}: most of it at the difference**`, `**${megabytes(took.differencePeakBytes)}**`],
        [`${name}: most of it by the end`, megabytes(took.applyPeakBytes)],
        [`${name}: longest time others waited for its process`, `${say(stallMs)} ms`],
      ] as const
    return {
      title: `A roster of ${people.toLocaleString('en')} people, against COPY of the same rows`,
      rows: [
        ...told(`CSV, ${added.adds} added`, added),
        ...told(`xlsx, ${changed.changes} changed`, changed),
        ['COPY of the CSV into a table that checks nothing', seconds(copyMs)],
        ['CSV added and applied, times COPY', say((added.differenceMs + added.applyMs) / copyMs)],
        ['database', ground.postgres],
      ],
      figures: {
        csvDifferenceMs: added.differenceMs,
        csvApplyMs: added.applyMs,
        csvIdleBytes: added.idleBytes,
        csvDifferencePeakBytes: added.differencePeakBytes,
        csvApplyPeakBytes: added.applyPeakBytes,
        csvStallMs: added.stallMs,
        xlsxDifferenceMs: changed.differenceMs,
        xlsxApplyMs: changed.applyMs,
        xlsxIdleBytes: changed.idleBytes,
        xlsxDifferencePeakBytes: changed.differencePeakBytes,
        xlsxApplyPeakBytes: changed.applyPeakBytes,
        xlsxStallMs: changed.stallMs,
        copyMs,
      },
    }
  } finally {
    await ground.close()
    await rm(folder, { recursive: true, force: true })
  }
}
