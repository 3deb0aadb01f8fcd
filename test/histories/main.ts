import { parseArgs } from 'node:util'
import { monotonicMs } from '../../src/app/clock.ts'
import { copyOfTemplate } from '../database.ts'
import { makeTemplate, privateServer } from '../postgres.ts'
import { fillCampus } from './campus.ts'
import { nothingTold, trySeed } from './many.ts'

/*
 * npm run histories -- --count 200 --first 1001
 * npm run histories -- --seed 1017 --shrink 600
 *
 * The last line is one JSON object. Exits with 1 where a promise was broken.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    first: { type: 'string', default: '1' },
    /** One seed alone. */
    seed: { type: 'string' },
    /** For how many seconds a history that breaks a promise is made smaller. */
    shrink: { type: 'string', default: '120' },
    /** Goes on after the first that breaks one. */
    'go-on': { type: 'boolean', default: false },
    /** A server and its campus, where there are some already. */
    server: { type: 'string' },
    template: { type: 'string' },
  },
})

const whole = (name: 'count' | 'first' | 'shrink'): number => {
  const number = Number(values[name])
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new RangeError(`--${name} ${values[name]} is no whole number`)
}

async function ownGround() {
  const server = await privateServer()
  const empty = `histories_empty_${process.pid}`
  await makeTemplate(server.url, empty)
  const template = `histories_${process.pid}`
  const campus = await copyOfTemplate(server.url, empty, template)
  await fillCampus(campus.url)
  return { server: server.url, template, stop: () => server.stop() }
}

async function givenGround(server: string, template: string) {
  return { server, template, stop: async () => {} }
}

const { server, template } = values
const ground = server && template ? await givenGround(server, template) : await ownGround()
const all = nothingTold()
const beganMs = monotonicMs()
const failing: number[] = []
try {
  const first = values.seed === undefined ? whole('first') : Number(values.seed)
  const last = values.seed === undefined ? first + whole('count') - 1 : first
  for (let seed = first; seed <= last; seed += 1) {
    const broken = await trySeed(seed, { ground, all, shrinksForMs: whole('shrink') * 1000 })
    if (broken === null) continue
    console.log(broken)
    failing.push(seed)
    if (!values['go-on']) break
  }
} finally {
  await ground.stop()
}
if (failing.length > 0) process.exitCode = 1
console.log(JSON.stringify({ ...all, failing, seconds: Math.round((monotonicMs() - beganMs) / 1000) }))
