import { copyOfTemplate } from '../database.ts'
import { kinds } from './kinds.ts'
import { type Fault, run } from './run.ts'
import { openStage } from './stage.ts'

/*
 * One campus's share of many runs: it tells of each run in a line, and at last, in one line, what was seen. The
 * argument is a Part as JSON.
 */

/** Some runs on one campus, and where its database and its boards are. */
export interface Part {
  kind: keyof typeof kinds
  /** One run each. */
  faults: (Fault | null)[]
  seed: number
  network: string
  server: string
  template: string
}

const part = JSON.parse(process.argv[2] ?? '') as Part
const { run: making, weather, ...set } = kinds[part.kind]
const database = await copyOfTemplate(part.server, part.template, `gatehouse_faults_${process.pid}`)
const stage = await openStage({
  ...set,
  network: part.network,
  students: part.faults.length * (making.switching + making.losing),
  seed: part.seed,
  database,
})
if (weather) stage.setWeather(weather)
const { witness, zombies, processes, wire } = stage
let failed: string | null = null
try {
  for (const fault of part.faults) {
    const before = witness.broken.length
    const told = await run(stage, { ...making, ...(fault ? { fault } : {}) })
    const broken = witness.broken.slice(before).map(each => ({ ...each, during: fault }))
    console.log(JSON.stringify({ run: told, fault, broken }))
  }
} catch (error) {
  failed = String(error)
}
const { changes, confirmations } = witness
const { taken, repeats, strays } = zombies
const { killed, pauses } = processes
console.log(
  JSON.stringify({
    totals: { changes, confirmations, killed, pauses, taken, repeats, strays, ...wire.weathered },
    failed,
  }),
)
await stage.close()
