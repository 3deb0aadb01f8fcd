import { cpus } from 'node:os'
import { activation } from './activation.ts'
import { desk } from './desk.ts'
import { importing } from './import.ts'
import { myCard } from './my-card.ts'
import { overview } from './overview.ts'
import { type Measured, table } from './report.ts'
import { start } from './start.ts'
import { window } from './window.ts'

/*
 * Measures what must be fast against its yardstick in the same run: `npm run bench`, or one of them by its name.
 * Prints a table each, and as the last line all figures as one JSON object. Nothing is asserted here.
 */
const all: Record<string, () => Promise<Measured>> = {
  activation,
  'my-card': myCard,
  desk,
  window,
  import: importing,
  start,
  overview,
}

const asked = process.argv.slice(2)
const unknown = asked.find(name => !(name in all))
if (unknown !== undefined) {
  console.error(`There is no measurement "${unknown}": ${Object.keys(all).join(', ')}.`)
  process.exit(1)
}
console.log(`Node.js ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}\n`)
const figures: Record<string, Measured['figures']> = {}
for (const name of asked.length > 0 ? asked : Object.keys(all)) {
  const measured = await all[name]!()
  figures[name] = measured.figures
  console.log(table(measured))
}
console.log(JSON.stringify(figures))
