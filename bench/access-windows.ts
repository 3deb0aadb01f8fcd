import { type Campus, type CampusAsked, comeToWindow, openCampus, withEcho } from './access-campus.ts'
import { plainMs, type Timed, timed, timedVerifying, type Yardstick, yardstick } from './access-measure.ts'
import type { Result } from './access-table.ts'
import { median, say, spread } from './report.ts'

/** How long one timed piece of work may take before it is given up, in seconds. */
export interface Patience {
  limitSeconds: number
}

export const seconds = (ms: number, digits = 2): string => `${say(ms / 1000, digits)} s`

/** What the machine could do in the same minute, as figures beside the others. */
export const beside = ({ plainAsks, commits }: Yardstick) => ({
  plainAsksASecond: plainAsks,
  commitsASecond: commits,
})

/** Of what is due, the share that is settled: told of a window that was given up. */
async function settledShare({ client }: Campus): Promise<number> {
  const { rows } = await client.query<{ share: number }>(
    `select coalesce(sum(done)::float8 / nullif(sum(owed), 0), 1) as share from window_lane
     where starts_at = (select max(starts_at) from update_window)`,
  )
  return rows[0]!.share
}

/** A window of some thousand changes before the one that is timed: an engine that has run for days is warm. */
export async function warmUp(campus: Campus, { limitSeconds }: Patience): Promise<void> {
  await comeToWindow(campus, Math.max(1, Math.ceil(1_000 / campus.asked.controllers)))
  await timed(campus, 'warm-up', limitSeconds)
  await campus.client.query(
    'update held set verified_at = confirmed_at, verify_after = null where verify_after is not null',
  )
}

async function windowResult(campus: Campus, name: string, window: Timed): Promise<Omit<Result, 'verified'>> {
  const { datagrams, wrong, peakMb } = window
  const switchedMs = window.finishedMs ?? window.tookMs
  const gaveUp = window.finishedMs === null
  const share = gaveUp ? await settledShare(campus) : 1
  for (const said of window.said) console.error(`${name}: the engine said: ${said}`)
  return {
    name,
    measured: gaveUp
      ? `given up after ${seconds(switchedMs, 0)}, ${say(share * 100)} % switched`
      : `${seconds(switchedMs)}, ${datagrams.all.toLocaleString('en')} datagrams`,
    datagrams: [datagrams],
    seconds: window.seconds,
    wrong,
    gaveUp,
    figures: {
      switchedMs,
      datagrams: datagrams.all,
      engineSeconds: window.seconds.engine,
      emulatorSeconds: window.seconds.emulator,
      postgresSeconds: window.seconds.postgres,
      peakMb,
      ...(gaveUp ? { share } : {}),
    },
  }
}

/** Some people switch cards, the window that carries it is timed, and then its verifying pass. */
async function switching(campus: Campus, name: string, count: number, patience: Patience): Promise<Result> {
  const stick = await yardstick(campus)
  await comeToWindow(campus, count)
  const window = await timed(campus, name, patience.limitSeconds)
  const result = await windowResult(campus, name, window)
  const figures = { ...result.figures, ...beside(stick) }
  if (result.gaveUp || count === 0) return { ...result, stick, figures }
  const pass = await timedVerifying(campus, name, patience.limitSeconds)
  const unread = pass.left > 0 ? `, **${pass.left} not read back**` : ''
  return {
    ...result,
    stick,
    verified: `${seconds(pass.tookMs)}${unread}`,
    datagrams: [window.datagrams, pass.datagrams],
    wrong: pass.wrong,
    figures: {
      ...figures,
      verifiedMs: pass.tookMs,
      verifyingDatagrams: pass.datagrams.all,
      notReadBack: pass.left,
      verifyingEngineSeconds: pass.seconds.engine,
      verifyingPostgresSeconds: pass.seconds.postgres,
    },
  }
}

/** Swaps 100 cards on every controller of one campus, as `name` without and as `name-echo` with the echoed sequence id. */
export async function swaps(
  name: string,
  asked: CampusAsked,
  rows: ReadonlySet<string>,
  patience: Patience,
): Promise<Result[]> {
  const campus = await openCampus({ ...asked, like: { ...asked.like, echo: false } })
  const results: Result[] = []
  try {
    for (const echo of [false, true]) {
      const row = echo ? `${name}-echo` : name
      if (!rows.has(row)) continue
      if (echo) await withEcho(campus, true)
      await warmUp(campus, patience)
      results.push(await switching(campus, row, 100, patience))
      if (results.at(-1)!.gaveUp) break
    }
    return results
  } finally {
    await campus.close()
  }
}

/** 1,000 controllers with 1,000 cards each: nothing changed, 100 cards swapped, and the memory that the engine took. */
export async function million(rows: ReadonlySet<string>, patience: Patience): Promise<Result[]> {
  const campus = await openCampus({ controllers: 1_000, people: 1_000, like: { echo: false } })
  const results: Result[] = []
  try {
    await warmUp(campus, patience)
    if (rows.has('nothing-1000')) results.push(await switching(campus, 'nothing-1000', 0, patience))
    const swapped: Result[] = []
    if (rows.has('swap-1000') || (rows.has('memory') && !rows.has('swap-1000-echo')))
      swapped.push(await switching(campus, 'swap-1000', 100, patience))
    if (rows.has('swap-1000-echo') && !swapped[0]?.gaveUp) {
      await withEcho(campus, true)
      await warmUp(campus, patience)
      swapped.push(await switching(campus, 'swap-1000-echo', 100, patience))
    }
    results.push(...swapped.filter(({ name }) => rows.has(name)))
    const peakMb = Math.max(...[...results, ...swapped].map(({ figures }) => figures.peakMb!))
    const gaveUp = swapped.some(result => result.gaveUp)
    const measured = `${say(peakMb)} MB${gaveUp ? ', but the swap was given up' : ''}`
    if (rows.has('memory')) results.push({ name: 'memory', measured, gaveUp, figures: { peakMb } })
    return results
  } finally {
    await campus.close()
  }
}

const oneCardWindows = 5

/** One person's card swapped on 100 controllers, window after window. */
export async function oneCard(patience: Patience): Promise<Result[]> {
  const campus = await openCampus({ controllers: 100, people: 1_000, like: { echo: false } })
  try {
    await warmUp(campus, patience)
    const results: Result[] = []
    for (let window = 0; window < oneCardWindows; window++)
      results.push(await switching(campus, 'one-100', 1, patience))
    const all = results.map(({ figures }) => figures.switchedMs!)
    const middle = results.toSorted((a, b) => a.figures.switchedMs! - b.figures.switchedMs!)[
      Math.floor(oneCardWindows / 2)
    ]!
    const measured = `${spread(
      all.map(ms => ms / 1000),
      3,
    )} s, ${middle.figures.datagrams} datagrams`
    return [
      {
        ...middle,
        measured,
        wrong: results.at(-1)!.wrong!,
        figures: { ...middle.figures, switchedMs: median(all) },
      },
    ]
  } finally {
    await campus.close()
  }
}

/** Empty controllers get all their cards. */
export async function firstLoad(name: string, patience: Patience): Promise<Result[]> {
  const asked = { controllers: 10, people: 20_000, stands: false, like: { echo: name.endsWith('-echo') } }
  const campus = await openCampus(asked)
  try {
    return [await switching(campus, name, 0, patience)]
  } finally {
    await campus.close()
  }
}

/** SQL: of 60 controllers six are everybody's, and each person belongs on six of the others. */
const likeACampus = 'c < 6 or (i + c) % 9 = 0'

/** 2,000 people of a campus switch cards; the floor is what the busiest controller takes for its datagrams. */
export async function campusWindow(name: string, patience: Patience): Promise<Result[]> {
  const asked = {
    controllers: 60,
    people: 2_100,
    belongs: likeACampus,
    like: { echo: name.endsWith('-echo'), serviceMs: 5 },
  }
  const campus = await openCampus(asked)
  try {
    await warmUp(campus, patience)
    const stick = await yardstick(campus)
    const oneMs = await plainMs(campus, campus.controllers.slice(0, 1), 200)
    await comeToWindow(campus, 2_000)
    const window = await timed(campus, name, patience.limitSeconds)
    const result = await windowResult(campus, name, window)
    const { busiest } = window.datagrams
    const ratio =
      window.finishedMs === null ? Number.POSITIVE_INFINITY : window.finishedMs / (busiest * oneMs)
    const measured = `**${say(ratio, 2)} ×** (${seconds(window.tookMs, 1)}; ${busiest.toLocaleString('en')} × ${say(oneMs, 2)} ms)`
    return [
      {
        ...result,
        stick,
        measured: result.gaveUp ? result.measured : measured,
        figures: { ...result.figures, ...beside(stick), ratio, busiest, oneMs },
      },
    ]
  } finally {
    await campus.close()
  }
}
