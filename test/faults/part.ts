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
  /** How many switch and how many lose their old card in a run; as many as is usual unless said. */
  people?: { switching: number; losing: number }
  /** How many processes share the work; as many as is usual unless said. */
  processes?: number
  /** A run is broken off as soon as a promise is broken. */
  endsWhenBroken?: boolean
  network: string
  server: string
  template: string
}

const part = JSON.parse(process.argv[2] ?? '') as Part
const { run: usual, weather, ...set } = kinds[part.kind]
const making = { ...usual, ...part.people }
const database = await copyOfTemplate(part.server, part.template, `gatehouse_faults_${process.pid}`)
const stage = await openStage({
  ...set,
  ...(part.processes ? { processes: part.processes } : {}),
  network: part.network,
  students: part.faults.length * (making.switching + making.losing),
  seed: part.seed,
  database,
})
if (weather) stage.setWeather(weather)
const { witness, zombies, processes, wire } = stage
let failed: string | null = null
const broken = new Promise<'broken'>(resolve => {
  const look = () => witness.broken.length > 0 && resolve('broken')
  if (part.endsWhenBroken) setInterval(look, 50).unref()
})
try {
  for (const fault of part.faults) {
    const before = witness.broken.length
    const told = await Promise.race([run(stage, { ...making, ...(fault ? { fault } : {}) }), broken])
    if (told === 'broken') break
    const news = witness.broken.slice(before).map(each => ({ ...each, during: fault }))
    console.log(JSON.stringify({ run: told, fault, broken: news }))
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
    broken: witness.broken,
    failed,
  }),
)
await stage.close()
// A run that was broken off would go on.
process.exit()
