import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { controlServer } from './control.ts'
import { openFleet } from './fleet.ts'
import { type ControllerSetup, type EmulatorSetup, emulatorSetup, expect, row } from './settings.ts'

const help = `npm run emulator -- [options]

UHPPOTE door controllers for trying things out: real UDP, own memory, own clock. No real door is involved.
It prints {"ready":true,"control":...} and each controller's serial number and address, and stays until it is stopped.

  --controllers N     how many (12)
  --base ADDRESS      the first one's loopback address; the others follow (127.60.0.1)
  --port PORT         UDP port of each (60000); where loopback has one address, the ports after it
  --config FILE       a list of controllers instead: JSON {"controllers": [{"serial": ..., "host": ..., "port": ...,
                      "capacity", "echo", "holes", "serviceMs", "loss", "duplicate", "lateMs", "late", "driftPpm",
                      "eventLimit", "eventChunk", "batch", "sortedReplace"}], ...};
                      "-" reads it from the first line of standard input
  --control HOST:PORT where its control channel listens (a free port of 127.0.0.1)
  --seed N            makes losses and delays repeatable (1)
  --clock LOCAL       what every clock says at first, as 2024-03-01T08:00 (2000-01-01, as from the factory)
  --with-parent       stops when standard input ends

What each controller is like:

  --capacity N        cards it can hold (20000)
  --no-echo           it does not repeat the sequence id of a request
  --no-holes          a removed card leaves no hole in the list: the last one moves there
  --service-ms N      time for one request; requests are served one after the other (0)
  --loss SHARE        of datagrams, each way, from 0 to 1 (0)
  --duplicate SHARE   of datagrams that come twice, each way (0)
  --late-ms N         how late a late reply is (0), and
  --late SHARE        the share of replies that are late (1)
  --drift PPM         millionths by which its clock is fast; slow where negative (0)
  --events N          events it keeps (20000), and
  --event-chunk N     how many of the oldest it drops at once when it is full (2048)
  --batch             takes 16 requests for events, places of the list or sorted cards in one datagram
  --sorted-replace    takes whole sorted lists (0x56)

The control channel, JSON over HTTP on loopback:

  GET  /controllers                   all of them, with address, cards, clock and troubles
  GET  /controllers/SERIAL/cards      what really is in its memory
  POST /controllers/SERIAL/cards      {"cards": [{"number", "from", "to", "doors", "pin"}]}: another system puts them
  POST /cards                         the same on many: {"serials": [...], "cards": [...]}, on all without serials
  POST /controllers/SERIAL/swipe      {"card", "door", "times"}: somebody holds a card to a reader
  POST /controllers/SERIAL/faults     {"silent", "mute", "refuse", "forgets", "denies", "capacity", "overCount",
                                      "endless": "no|repeats|invents", "loss", "duplicate", "late", "lateMs",
                                      "replies": "proper|other address|other serial|truncated|flood", "serviceMs",
                                      "driftPpm", "wipe": true, "reboot": "old list|empty list",
                                      "becomes": {"serial", "mac", "firmware"}}; each stays as it is set
  POST /clock                         {"at"}: sets every clock
  GET  /counts, /log?after=N          datagrams that came, by controller and function; POST /log/reset forgets them
  POST /watch, GET /watch             {"pairs": [{"old", "new"}]}: tells every moment at which somebody had neither`

const number = { type: 'string' } as const
const yes = { type: 'boolean', default: false } as const

const { values: options } = parseArgs({
  options: {
    controllers: { type: 'string', default: '12' },
    base: { type: 'string', default: '127.60.0.1' },
    port: { type: 'string', default: '60000' },
    config: { type: 'string' },
    control: { type: 'string' },
    seed: { type: 'string' },
    clock: { type: 'string' },
    'with-parent': yes,
    capacity: { type: 'string', default: '20000' },
    'no-echo': yes,
    'no-holes': yes,
    'service-ms': number,
    loss: number,
    duplicate: number,
    'late-ms': number,
    late: number,
    drift: number,
    events: number,
    'event-chunk': number,
    batch: yes,
    'sorted-replace': yes,
    help: yes,
  },
})

/** What each controller is like, where it was said. */
function likeSaid(): Partial<ControllerSetup> {
  const numbers = {
    capacity: options.capacity,
    serviceMs: options['service-ms'],
    loss: options.loss,
    duplicate: options.duplicate,
    lateMs: options['late-ms'],
    late: options.late,
    driftPpm: options.drift,
    eventLimit: options.events,
    eventChunk: options['event-chunk'],
  }
  return {
    ...Object.fromEntries(
      Object.entries(numbers).flatMap(([name, said]) => (said === undefined ? [] : [[name, Number(said)]])),
    ),
    echo: !options['no-echo'],
    holes: !options['no-holes'],
    batch: options.batch,
    sortedReplace: options['sorted-replace'],
  }
}

/** This process plays hardware with its own oscillator; the rule that only app reads a clock is about the office. */
const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

async function setupOf(config: string | undefined): Promise<EmulatorSetup> {
  const said = {
    ...(options.seed === undefined ? {} : { seed: Number(options.seed) }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.control === undefined ? {} : { control: options.control }),
  }
  if (config === undefined) {
    const controllers = row(Number(options.controllers), options.base, Number(options.port), likeSaid())
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
  if (!options['with-parent'])
    for (const [serial, place] of fleet.stations) console.log(`${serial}  ${place.host}:${place.port}`)
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
