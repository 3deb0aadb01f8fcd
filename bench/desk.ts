import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { encode } from '../src/card/formats.ts'
import { tokenHeader } from '../src/lib/form-token.ts'
import { formTokenOf } from '../src/server/form-token.ts'
import { findChromium } from '../test/browser/chromium.ts'
import { startChild } from './child.ts'
import { campusDoors, type Ground, openGround, superuser } from './ground.ts'
import { findPgbench, pgbench, scriptOf } from './pgbench.ts'
import { layRegister, newCardAt, oldCardAt } from './population.ts'
import { type Measured, median, quantile, say } from './report.ts'
import type { Traced } from './trace.ts'

/** What a person's hands and eyes take, in seconds: assumed, not measured. */
const human = {
  /** The old card is taken from the student and laid on the reader. */
  tapOld: 1.5,
  /** The face is compared, the box is read. */
  look: 1.5,
  /** The card is fetched from its box and tapped. */
  fetchAndTap: 3,
  /** The student signs on paper, the clerk watches. */
  sign: 3,
  /** One key. */
  key: 0.4,
}
const humanSeconds = Object.values(human).reduce((sum, each) => sum + each, 0)

const byBrowser = 100
const others = 19
/** The others hand a card over in this time each, as people do. */
const othersEverySeconds = 10
const warmUp = 5
const mostStudents = 3_000

const chipAt = (card: number): string => card.toString(16).padStart(8, '0').toUpperCase()
const studentAt = (place: number): string => `${String(place).padStart(8, '0')}S`
const typed = (card: number): string => encode(Uint8Array.fromHex(chipAt(card)), 'le-dec-10')!
const cookieOf = (desk: number): string => `session=bench-desk-${desk}`

/** Students who hold an old card and whose new one waits at the counter of twenty clerks, who are signed in. */
async function settleDesks(ground: Ground): Promise<void> {
  const client = new pg.Client({ connectionString: ground.url })
  await client.connect()
  await layRegister(client, mostStudents)
  await client.query(`
    update card set counter = 'dept-csie', box = 'C-' || (id % 40) where edition = '4k-centenary';
    insert into handover (card_id, person_id, edition, at, how, held)
    select id, made_for, edition, campus_now() - interval '3 years', 'before-gatehouse',
      tstzrange(campus_now() - interval '3 years', null) from card where edition = 'easycard';
    insert into card_use (card_id, person_id, during)
    select id, made_for, tstzrange(campus_now() - interval '3 years', '2024-03-01T00:00+08') from card where edition = 'easycard';
    insert into staff (id, name_zh, name_en)
    select 'bench-' || i, '櫃檯 ' || i, 'Desk Clerk ' || i from generate_series(0, ${others}) i;
    insert into staff_role (staff_id, role, counter)
    select 'bench-' || i, 'desk', 'dept-csie' from generate_series(0, ${others}) i;
    insert into session (token_hash, staff_id, role_id, began_at, ends_at)
    select sha256(convert_to('bench-desk-' || substr(staff_id, 7), 'UTF8')), staff_id, id, raw_now(), raw_now() + interval '1 day'
    from staff_role where staff_id like 'bench-%'`)
  await client.query('vacuum analyze')
  await client.end()
}

type Step = 'old card' | 'new card' | 'handover'

/** Statements that are asked while others are under way share their round trip. */
const tripsOf = (statements: readonly Traced[]): number =>
  statements.filter(({ beginsTrip }) => beginsTrip).length

/** One handover over HTTP, as the screen does it; how long each of its steps took, in milliseconds. */
async function overHttp(
  origin: string,
  desk: number,
  place: number,
  around: (step: Step, send: () => Promise<void>) => Promise<void> = (_, send) => send(),
): Promise<[Step, number][]> {
  const took: [Step, number][] = []
  const post = (step: Step, path: string, body: object) => around(step, () => send(step, path, body))
  async function send(step: Step, path: string, body: object): Promise<void> {
    const from = performance.now()
    const reply = await fetch(`${origin}/api/v1/desk${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: cookieOf(desk),
        origin,
        [tokenHeader]: formTokenOf(`bench-desk-${desk}`),
        ...(step === 'handover' ? { 'idempotency-key': `bench-${place}` } : {}),
      },
      body: JSON.stringify(body),
    })
    const text = await reply.text()
    if (reply.status !== 200) throw new Error(`${step}: ${reply.status} ${text}`)
    took.push([step, performance.now() - from])
  }
  const studentNumber = studentAt(place)
  const old = { kind: 'old-card', chip: chipAt(oldCardAt(place)) }
  const readerFormat = 'le-dec-10'
  const nobody = { studentNumber: null, chip: null, evidence: [] }
  await post('old card', '/look-up', { scan: typed(oldCardAt(place)), readerFormat, beside: nobody })
  const beside = { studentNumber, chip: null, evidence: [old] }
  await post('new card', '/look-up', { scan: typed(newCardAt(place)), readerFormat, beside })
  await post('handover', '/handovers', {
    studentNumber,
    chip: chipAt(newCardAt(place)),
    evidence: [old],
    signature: { manner: 'witnessed', picture: '', language: 'zh-TW' },
  })
  return took
}

/** Measures in the page: from a key that sends something to the word in the bar that answers it. */
const recorder = `
  window.waited = [];
  let since = null;
  const word = document.querySelector('.desk-word');
  let before = word.textContent;
  window.addEventListener('keydown', event => {
    if (event.key === 'Enter' || event.key === 'F8') since = event.timeStamp;
  }, true);
  new MutationObserver(() => {
    const now = document.querySelector('.desk-word').textContent;
    if (now === before || now === 'Handing over') return;
    before = now;
    if (since !== null) window.waited.push(performance.now() - since);
    since = null;
  }).observe(document.querySelector('.desk'), { subtree: true, childList: true, characterData: true });`

async function openDesk(context: BrowserContext, origin: string): Promise<Page> {
  const [name = '', value = ''] = cookieOf(0).split('=')
  await context.addCookies([{ name, value, url: origin }])
  const page = await context.newPage()
  await page.goto(`${origin}/staff/desk`)
  await page.locator('.desk-word', { hasText: 'Scan' }).waitFor()
  await page.evaluate(recorder)
  return page
}

/** One handover in the browser, with scans and one key; how long the clerk waited for us in all, in milliseconds. */
async function inBrowser(page: Page, place: number): Promise<number> {
  const scan = async (card: number, says: string) => {
    await page.keyboard.type(typed(card))
    await page.keyboard.press('Enter')
    await page.locator('.desk-word', { hasText: says }).waitFor()
  }
  await scan(oldCardAt(place), 'May collect')
  await scan(newCardAt(place), 'The student signs')
  await page.keyboard.press('F8')
  await page.locator('.desk-word', { hasText: 'Handed over' }).waitFor()
  const waited = (await page.evaluate('window.waited.splice(0)')) as number[]
  if (waited.length !== 3) throw new Error(`${waited.length} waits were seen, not three`)
  return waited.reduce((sum, each) => sum + each, 0)
}

/**
 * A clerk in a real browser hands a hundred cards over with scans and keys alone, while nineteen other desks do theirs at a
 * person's pace. What hands and eyes take is assumed and printed; what is measured is the waiting for us.
 */
export async function desk(): Promise<Measured> {
  const program = await findPgbench()
  const ground = await openGround({ doors: await campusDoors(), at: '2023-10-18T09:30' })
  const server = startChild('serve.ts', {
    env: { BENCH_DATABASE: ground.url },
    execArgv: ['--import', './scripts/runtime.mjs'],
    stopsBy: 'stop',
  })
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const listening = server.hear<number>('port')
    await settleDesks(ground)
    await ground.moveTo('2023-10-18T11:00')
    const origin = `http://127.0.0.1:${await listening}`
    let next = 1
    const take = () => next++
    for (let at = 0; at < warmUp; at++) await overHttp(origin, 1, take())

    // The yardstick: the statements of one look-up, again and again by pgbench.
    const traced = new Map<Step, Traced[]>()
    await overHttp(origin, 1, take(), async (step, send) => {
      await server.ask('trace', 'tracing')
      const statements = server.hear<Traced[]>('statements')
      await send()
      traced.set(step, await statements)
    })
    const looked = traced.get('old card')!
    const script = await scriptOf(ground.url, looked, mostStudents)
    const yard = await pgbench(program, ground.url, script, { first: 1, clients: 1, each: 200 })

    const context = await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })
    const page = await openDesk(context, origin)
    for (let at = 0; at < warmUp; at++) await inBrowser(page, take())
    const over = new AbortController()
    const steps: [Step, number][] = []
    const busy = Array.from({ length: others }, async (_, at) => {
      await wait((at * othersEverySeconds * 1000) / others)
      while (!over.signal.aborted) {
        const from = performance.now()
        steps.push(...(await overHttp(origin, at + 1, take())))
        const rest = othersEverySeconds * 1000 - (performance.now() - from)
        for (let passed = 0; passed < rest && !over.signal.aborted; passed += 100) await wait(100)
      }
    })
    // The others are under way before anything is measured.
    await wait(othersEverySeconds * 1000)
    steps.length = 0
    const waited: number[] = []
    const before = await server.ask<NodeJS.CpuUsage>('cpu', 'cpu')
    for (let at = 0; at < byBrowser; at++) waited.push(await inBrowser(page, take()))
    const after = await server.ask<NodeJS.CpuUsage>('cpu', 'cpu')
    const served = byBrowser + steps.length / 3
    const processorMs = (after.user + after.system - before.user - before.system) / 1000 / served
    over.abort()
    await Promise.all(busy)
    await superuser(ground.url, ['select 1'])
    const of = (step: Step) => steps.filter(([each]) => each === step).map(([, ms]) => ms)
    const both = (values: readonly number[]) =>
      `${say(median(values), 1)} / ${say(quantile(values, 0.95), 1)} ms`
    const all = steps.map(([, ms]) => ms)
    const handover = waited.map(ms => humanSeconds + ms / 1000)
    return {
      title: `A clerk in a browser hands ${byBrowser} cards over, while ${others} other desks do theirs`,
      rows: [
        ['**one handover, with what hands and eyes take** (median)', `**${say(median(handover), 2)} s**`],
        ...Object.entries(human).map(
          ([act, seconds]) => [`assumed: ${act}`, `${say(seconds, 1)} s`] as const,
        ),
        ['**waiting for us in all, a handover** (median / 95 %)', `**${both(waited)}**`],
        ...(['old card', 'new card', 'handover'] as const).map(
          step => [`server, ${step} (median / 95 %)`, both(of(step))] as const,
        ),
        ['server, every step (median / 95 %)', both(all)],
        ...[...traced].map(
          ([step, statements]) =>
            [`statements / round trips, ${step}`, `${statements.length} / ${tripsOf(statements)}`] as const,
        ),
        ['processor time of the server, a handover', `${say(processorMs, 1)} ms`],
        [
          'waiting for us in all, of a look-up by pgbench',
          `× ${say(median(waited) / median(yard.tookMs), 0)}`,
        ],
        ['requests of the other desks while it was measured', String(all.length)],
        [`a look-up’s ${looked.length} statements by pgbench, one client (median / 95 %)`, both(yard.tookMs)],
        ['database', ground.postgres],
      ],
      figures: {
        handoverSeconds: median(handover),
        humanSeconds,
        waitedMs: median(waited),
        waitedP95Ms: quantile(waited, 0.95),
        stepP95Ms: quantile(all, 0.95),
        handoverP95Ms: quantile(of('handover'), 0.95),
        processorMs,
        pgbenchLookUpP50Ms: median(yard.tookMs),
      },
    }
  } finally {
    await browser.close()
    await server.stop()
    await ground.close()
  }
}
