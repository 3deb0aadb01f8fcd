import { setTimeout as wait } from 'node:timers/promises'
import { campusClock } from '../src/app/clock.ts'
import { follow } from '../src/app/followers.ts'
import { myCard } from '../src/app/my-card.ts'
import { reportLost } from '../src/loss/report-lost.ts'
import { openDatabase } from '../src/server/database.ts'
import { openRegister, type Register } from '../src/server/register.ts'
import { type Campus, compared, openCampus } from './access-campus.ts'
import type { EmulatorAsked } from './access-emulator.ts'
import type { EngineAsked } from './access-engine.ts'
import { datagrams, secondsSoFar, since, yardstick } from './access-measure.ts'
import type { Result } from './access-table.ts'
import { beside } from './access-windows.ts'
import { layInHand, oldCardAt, oldNumberAt, personAt } from './population.ts'
import { quantile, say } from './report.ts'

const controllers = 1_000
const people = 100
/** Every twentieth controller is dead: 5 %. */
const deadEach = 20
/** How often the loop looks, as `npm start` sets it. */
const everyMs = 500
/** A silent controller is known as silent after five tries; and until the window before is over, in milliseconds. */
const longestMs = 90_000

/** Looks every tenth of a second until it is so; false after the longest time. */
async function until(isSo: () => Promise<boolean>): Promise<boolean> {
  for (const endMs = performance.now() + longestMs; performance.now() < endMs; await wait(100))
    if (await isSo()) return true
  return false
}

/** What the holder is told on "my card": the buildings that have not answered. */
async function toldSilent(register: Register): Promise<number[]> {
  const card = await register.act({ kind: 'student', id: String(personAt(1)), personId: personAt(1) }, act =>
    myCard(act, personAt(1), 'en').then(value => ({ ok: true, value }) as const),
  )
  const doors = card.value?.lost?.doors ?? card.value?.oldDoors
  return (doors?.buildings ?? [])
    .filter(({ state }) => state === 'silent')
    .map(({ building }) => Number(building.en.split(' ')[1]))
    .sort((a, b) => a - b)
}

/** The wire's own rate is asked before anybody is dead. */
async function measure(campus: Campus, register: Register, dead: readonly number[]): Promise<Result> {
  const { client, emulator, engine } = campus
  const stick = await yardstick(campus)
  // As the setting of the clocks has left it this morning: every board was met and is known.
  await client.query(
    `insert into known_board (controller_id, mac, firmware, known_since, met_at, met_address)
     select id, regexp_replace('0066' || lpad(to_hex(id), 8, '0'), '..(?=.)', '\\&:', 'g'), '0892', campus_now(), campus_now(), host || ':' || port
     from controller`,
  )
  await emulator.ask({ silence: [...dead] } satisfies EmulatorAsked, 'silence')
  await engine.ask({ run: everyMs } satisfies EngineAsked, 'run')
  const quiet = async () => {
    const { rows } = await client.query<{ open: boolean }>(
      `select exists (select from update_window where finished_at is null)
           or not exists (select from update_window)
           or exists (select from lane where owner is not null) as open`,
    )
    return !rows[0]!.open
  }
  if (!(await until(quiet))) throw new Error('the window before the loss did not end')
  await emulator.ask({ follow: oldNumberAt(1) } satisfies EmulatorAsked, 'follow')
  await datagrams(campus)
  const before = await secondsSoFar(campus)
  const askedUs = Number(process.hrtime.bigint() / 1000n)
  const done = await register.act({ kind: 'student', id: String(personAt(1)), personId: personAt(1) }, act =>
    reportLost(act, { personId: personAt(1), cardId: oldCardAt(1) }),
  )
  const committedUs = Number(process.hrtime.bigint() / 1000n)
  if (!done.ok) throw new Error(`the loss was refused: ${done.refusal}`)
  const gone = () =>
    emulator.ask<[serial: number, atUs: number][]>({ gone: true } satisfies EmulatorAsked, 'gone')
  const alive = controllers - dead.length
  const allGone = await until(async () => (await gone()).length >= alive)
  const used = since(before, await secondsSoFar(campus))
  const after = (await gone()).map(([, atUs]) => (atUs - committedUs) / 1000)
  let told: number[] = []
  await until(async () => {
    told = await toldSilent(register)
    return told.length >= dead.length
  })
  const right = told.filter(serial => dead.includes(serial)).length
  await engine.ask({ halt: true } satisfies EngineAsked, 'halt')
  const sent = await datagrams(campus)
  const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map(share => quantile(after, share))
  const missing = alive - after.length
  return {
    name: 'lost-1000',
    measured:
      `p50 ${say(p50Ms!)}, p95 ${say(p95Ms!)}, **p99 ${say(p99Ms!)} ms**, last ${say(Math.max(...after))} ms; ` +
      `${right} of ${dead.length} dead ones named`,
    datagrams: [sent],
    seconds: used,
    stick,
    wrong: await compared(campus, dead),
    gaveUp: !allGone,
    figures: {
      p50Ms: p50Ms!,
      p95Ms: p95Ms!,
      p99Ms: p99Ms!,
      lastMs: Math.max(...after),
      actMs: (committedUs - askedUs) / 1000,
      stillThere: missing,
      deadUnnamed: dead.length - right,
      wronglyNamed: told.length - right,
      datagrams: sent.all,
      engineSeconds: used.engine,
      emulatorSeconds: used.emulator,
      postgresSeconds: used.postgres,
      ...beside(stick),
    },
  }
}

/** A card is reported lost while one controller of twenty is dead; the loop runs as in production. */
export async function lostCard(): Promise<Result[]> {
  const campus = await openCampus({ controllers, people, like: { echo: true, serviceMs: 5 } })
  const app = openDatabase(campus.ground.url, 'app', { connections: 2 })
  try {
    await layInHand(campus.client, 1)
    const dead = campus.controllers
      .filter((_, at) => at % deadEach === deadEach - 1)
      .map(({ serial }) => serial)
    return [await measure(campus, openRegister(app, campusClock, follow), dead)]
  } finally {
    await app.close()
    await campus.close()
  }
}
