import { askSurvey } from '../src/update/ask-survey.ts'
import { type Campus, openCampus, withEcho } from './access-campus.ts'
import { timed, yardstick } from './access-measure.ts'
import type { Result } from './access-table.ts'
import { beside, type Patience, seconds } from './access-windows.ts'
import { say } from './report.ts'

interface Read {
  asked: number
  complete: number
  failed: number
  ours: number
  missing: number
  /** Cards found that are not as wanted, or not ours. */
  other: number
}

const readSql = `
  select count(*)::int as asked, (count(*) filter (where outcome = 'complete'))::int as complete,
         (count(*) filter (where outcome <> 'complete'))::int as failed, coalesce(sum(ours), 0)::int as ours,
         coalesce(sum(missing), 0)::int as missing, coalesce(sum(different + left_over + others), 0)::int as other
  from controller_survey where id > $1`

/** Asks for every controller's whole list, and lets the engine read them and compare each card with register and ledger. */
async function readAll(campus: Campus, name: string, { limitSeconds }: Patience): Promise<Result> {
  const stick = await yardstick(campus)
  const { rows: before } = await campus.client.query<{ last: number }>(
    'select coalesce(max(id), 0)::int as last from controller_survey',
  )
  const asked = await campus.ground.register.act({ kind: 'system', id: 'bench' }, act =>
    askSurvey(
      act,
      campus.controllers.map(({ serial }) => serial),
    ),
  )
  if (!asked.ok) throw new Error(`the reading was refused: ${asked.refusal}`)
  const pass = await timed(campus, name, limitSeconds)
  const { rows } = await campus.client.query<Read>(readSql, [before[0]!.last])
  const read = rows[0]!
  const open = read.asked - read.complete - read.failed
  const gaveUp = open > 0
  const cards = pass.wrong.cards
  const found = `${read.ours.toLocaleString('en')} of ${cards.toLocaleString('en')} as wanted, ${read.missing} missing, ${read.other} other, ${read.failed} failed`
  return {
    name,
    measured: gaveUp
      ? `given up after ${seconds(pass.tookMs, 0)}, ${open} of ${read.asked} not read`
      : seconds(pass.tookMs),
    verified: found,
    datagrams: [pass.datagrams],
    seconds: pass.seconds,
    stick,
    wrong: {
      ...pass.wrong,
      missing: pass.wrong.missing + (gaveUp ? 0 : cards - read.ours),
      extra: pass.wrong.extra + read.other,
    },
    gaveUp,
    figures: {
      verifiedMs: pass.tookMs,
      datagrams: pass.datagrams.all,
      missing: read.missing,
      failed: read.failed + open,
      engineSeconds: pass.seconds.engine,
      emulatorSeconds: pass.seconds.emulator,
      postgresSeconds: pass.seconds.postgres,
      peakMb: pass.peakMb,
      ...beside(stick),
    },
  }
}

/** The window before is over, so that nothing but the reading is timed. */
async function open(campus: Campus, { limitSeconds }: Patience): Promise<void> {
  await timed(campus, 'warm-up', limitSeconds)
}

/** Every card list of 10 controllers × 20,000 read whole. */
export async function fullVerify(rows: ReadonlySet<string>, patience: Patience): Promise<Result[]> {
  const campus = await openCampus({ controllers: 10, people: 20_000, like: { echo: false } })
  try {
    const results: Result[] = []
    await open(campus, patience)
    if (rows.has('verify-10')) results.push(await readAll(campus, 'verify-10', patience))
    if (rows.has('verify-10-echo') && !results[0]?.gaveUp) {
      await withEcho(campus, true)
      results.push(await readAll(campus, 'verify-10-echo', patience))
    }
    return results
  } finally {
    await campus.close()
  }
}

/** The peer's 1 % loss is one of an exchange: half on the way there, half on the way back. */
const lossEachWay = 0.005

/** The same with a network that loses datagrams. */
export async function lossyVerify(patience: Patience): Promise<Result[]> {
  const campus = await openCampus({
    controllers: 10,
    people: 1_000,
    like: { echo: false, loss: lossEachWay },
  })
  try {
    await open(campus, patience)
    const result = await readAll(campus, 'loss-10', patience)
    const { missing, failed } = result.figures
    const repeated = result.datagrams![0]!.all - (result.wrong!.cards + campus.controllers.length)
    const measured = `${missing} missing, ${failed} failed, ${seconds(result.figures.verifiedMs!, 1)}, ${say(repeated)} repeats`
    return [{ ...result, measured: result.gaveUp ? result.measured : measured }]
  } finally {
    await campus.close()
  }
}
