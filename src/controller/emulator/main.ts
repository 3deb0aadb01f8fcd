import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { controlServer } from './control.ts'
import { openFleet } from './fleet.ts'
import { type EmulatorSetup, emulatorSetup, expect, row } from './settings.ts'

const help = `npm run emulator -- [options]

UHPPOTE door controllers for trying things out: real UDP, own memory, own clock. No real door is involved.

  --controllers N     how many (12)
  --base ADDRESS      the first one's loopback address; the others follow (127.60.0.1)
  --port PORT         UDP port of each (60000); where loopback has one address, the ports after it
  --capacity N        cards each can hold (20000)
  --config FILE       a list of controllers instead: JSON {"controllers": [{"serial": ..., "host": ..., "port": ...,
                      "capacity", "echo", "holes", "serviceMs", "loss", "duplicate", "lateMs", "late"}], ...};
                      "-" reads it from the first line of standard input
  --control HOST:PORT where its control channel listens (a free port of 127.0.0.1)
  --seed N            makes losses and delays repeatable (1)
  --clock LOCAL       what every clock says at first, as 2024-03-01T08:00 (2000-01-01, as from the factory)
  --with-parent       stops when standard input ends`

const { values: options } = parseArgs({
  options: {
    controllers: { type: 'string', default: '12' },
    base: { type: 'string', default: '127.60.0.1' },
    port: { type: 'string', default: '60000' },
    capacity: { type: 'string', default: '20000' },
    config: { type: 'string' },
    control: { type: 'string' },
    seed: { type: 'string' },
    clock: { type: 'string' },
    'with-parent': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** This process plays hardware with its own oscillator; the rule that only app reads a clock is about the office. */
const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

async function setupOf(config: string | undefined): Promise<EmulatorSetup> {
  const said = {
    ...(options.seed === undefined ? {} : { seed: Number(options.seed) }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.control === undefined ? {} : { control: options.control }),
  }
  if (config === undefined) {
    const like = { capacity: Number(options.capacity) }
    const controllers = row(Number(options.controllers), options.base, Number(options.port), like)
    return expect(emulatorSetup, { controllers, ...said })
  }
  const text = config === '-' ? await firstLine() : await readFile(config, 'utf8')
  const read: unknown = JSON.parse(text)
  return expect(emulatorSetup, {
    ...(Array.isArray(read) ? { controllers: read } : (read as object)),
    ...said,
  })
}

async function firstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin })
  const [line] = (await once(lines, 'line')) as [string]
  return line
}

async function run(): Promise<void> {
  if (options['with-parent']) process.stdin.resume().once('end', () => process.exit(0))
  const setup = await setupOf(options.config)
  const fleet = await openFleet(setup, monotonicMs)
  const server = controlServer(fleet)
  const [host = '127.0.0.1', port = '0'] = setup.control?.split(':') ?? []
  server.listen(Number(port), host)
  await once(server, 'listening')
  const address = server.address()
  const listening = typeof address === 'object' && address ? address.port : Number(port)
  console.log(JSON.stringify({ ready: true, control: `http://${host}:${listening}` }))
}

// Ctrl-C reaches a whole group: with a parent, the doors stay until it has stopped using them.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (signal === 'SIGTERM' || !options['with-parent']) process.exit(0)
  })

if (options.help) console.log(help)
else
  run().catch((error: unknown) => {
    console.error(`The emulator cannot start: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  })
