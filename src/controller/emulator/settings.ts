import { type Static, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { Errors } from 'typebox/value'

const share = Type.Number({ minimum: 0, maximum: 1 })
const duration = Type.Number({ minimum: 0, maximum: 600_000 })
const serial = Type.Integer({ minimum: 1, maximum: 0xffffffff })
const capacity = Type.Integer({ minimum: 0, maximum: 200_000 })
const cardNumber = Type.Integer({ minimum: 1, maximum: 0xfffffffe })
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const doorRight = Type.Integer({ minimum: 0, maximum: 255 })
const closed = { additionalProperties: false }

const trouble = {
  /** Hears nothing and answers nothing. */
  silent: Type.Boolean(),
  /** Does as it is told, but no reply gets out. */
  mute: Type.Boolean(),
  /** Answers no to every put and removal, and changes nothing. */
  refuse: Type.Boolean(),
  /** Answers yes to every put and stores nothing. */
  forgets: Type.Boolean(),
  /** Does as it is told, and answers no to every put and removal. */
  denies: Type.Boolean(),
  /** Its replies: from another address, with another's serial number, cut short, or a thousand times over. */
  replies: Type.Enum(['proper', 'other address', 'other serial', 'truncated', 'flood']),
  /** Millionths by which its clock is fast; slow where negative. */
  driftPpm: Type.Number({ minimum: -100_000, maximum: 100_000 }),
  /** Cards it can hold from now on; what is held already stays. */
  capacity,
  /** Cards that it counts beyond those it has. */
  overCount: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  /** Past its last card the list never ends: it begins again, or goes on with cards that it does not have. */
  endless: Type.Enum(['no', 'repeats', 'invents']),
  /** Share of datagrams lost, of requests and again of replies. */
  loss: share,
  /** Share of datagrams that arrive twice, of requests and again of replies. */
  duplicate: share,
  /** How late a late reply is. */
  lateMs: duration,
  /** Share of replies that are late; all of them unless said. */
  late: share,
  /** Time for one request; requests are served one after the other. */
  serviceMs: duration,
}

/** One emulated controller: who it is, where it listens, what it can hold, how its network behaves. */
export const controllerSetup = Type.Object(
  {
    serial,
    host: Type.String({ format: 'ipv4' }),
    /** 0 takes any free port. */
    port: Type.Integer({ minimum: 0, maximum: 65_535 }),
    capacity: Type.Optional(capacity),
    /** Repeats the sequence id in its replies; true unless said. */
    echo: Type.Optional(Type.Boolean()),
    /** Removed cards leave holes in the list; else the last card moves there. True unless said. */
    holes: Type.Optional(Type.Boolean()),
    serviceMs: Type.Optional(duration),
    loss: Type.Optional(share),
    duplicate: Type.Optional(share),
    lateMs: Type.Optional(duration),
    late: Type.Optional(share),
    driftPpm: Type.Optional(trouble.driftPpm),
    /** Events it keeps, and how many it drops at once when it is full; 20,000 and 2,048 unless said. */
    eventLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
    eventChunk: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
    /** Takes 16 requests for an event, a place of the list or a sorted card in one datagram of 1,024 bytes. */
    batch: Type.Optional(Type.Boolean()),
    /** Takes a whole list in ascending order (0x56), which comes into force with its last card. */
    sortedReplace: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type ControllerSetup = Static<typeof controllerSetup>

/** The whole emulator. Nothing reads the host's clock: its controllers start at `clock`. */
export const emulatorSetup = Type.Object(
  {
    controllers: Type.Array(controllerSetup, { minItems: 1, maxItems: 2_000 }),
    /** Makes loss, duplicates and lateness repeatable; 1 unless said. */
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffffffff })),
    /** Local wall time at which every clock starts; a board fresh from the factory says 2000-01-01. */
    clock: Type.Optional(Type.String({ maxLength: 40 })),
    /** Where the control channel listens, `127.0.0.1:PORT`; any free port unless said. */
    control: Type.Optional(Type.String({ pattern: '^127\\.\\d+\\.\\d+\\.\\d+:\\d+$' })),
  },
  closed,
)
export type EmulatorSetup = Static<typeof emulatorSetup>

/** What can be made to go wrong on one controller, each until it is set otherwise. */
export const faults = Type.Partial(
  Type.Object({
    ...trouble,
    /** Loses all cards and events now, as after a reset. */
    wipe: Type.Boolean(),
    /** Another board is put in its place: it answers by these from now on, with the list it has. */
    becomes: Type.Object(
      {
        serial: Type.Optional(serial),
        mac: Type.Optional(Type.String({ pattern: '^[0-9a-f]{12}$' })),
        firmware: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
      },
      closed,
    ),
    /** Loses power for a moment: its events stay, its list stays as well or is empty. */
    reboot: Type.Enum(['old list', 'empty list']),
  }),
  closed,
)
export type Faults = Static<typeof faults>
/** The standing troubles of a controller, all of them said. */
export type Trouble = Required<Omit<Faults, 'wipe' | 'becomes' | 'reboot' | 'capacity'>>

/** A card as it stands in a controller's memory; days as `2024-03-01`. */
export const boardCard = Type.Object(
  {
    number: cardNumber,
    from: day,
    to: day,
    doors: Type.Tuple([doorRight, doorRight, doorRight, doorRight]),
    pin: Type.Integer({ minimum: 0, maximum: 0xffffff }),
  },
  closed,
)
export type BoardCard = Static<typeof boardCard>

/** Bodies of the control channel's calls. */
export const plantBody = Type.Object({ cards: Type.Array(boardCard, { maxItems: 200_000 }) }, closed)
/** The same cards on many controllers; on all of them where none is named. */
export const plantOnManyBody = Type.Object(
  {
    serials: Type.Optional(Type.Array(serial, { maxItems: 2_000 })),
    cards: Type.Array(boardCard, { maxItems: 200_000 }),
  },
  closed,
)
export const swipeBody = Type.Object(
  {
    card: cardNumber,
    door: Type.Integer({ minimum: 1, maximum: 4 }),
    /** How often, one right after the other; once unless said. */
    times: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  },
  closed,
)
export const clockBody = Type.Object({ at: Type.String({ maxLength: 40 }) }, closed)
const pair = Type.Object({ old: cardNumber, new: cardNumber }, closed)
export const watchBody = Type.Object({ pairs: Type.Array(pair, { maxItems: 1_000_000 }) }, closed)
/** An old card and its successor, of which each controller must hold one at every moment. */
export type Pair = Static<typeof pair>

/** Says no to what a schema does not allow: which field, and why. */
export class Malformed extends Error {}

const checks = new WeakMap<TSchema, (value: unknown) => boolean>()

function checkOf(schema: TSchema): (value: unknown) => boolean {
  const known = checks.get(schema)
  if (known) return known
  const compiled = Compile(schema)
  const check = (value: unknown) => compiled.Check(value)
  checks.set(schema, check)
  return check
}

/** The value, if it is what the schema says; else throws Malformed with the first fault's place and reason. */
export function expect<S extends TSchema>(schema: S, value: unknown): Static<S> {
  // A list of 200,000 cards is right as a rule; only what is wrong is gone through for its reason.
  if (checkOf(schema)(value)) return value as Static<S>
  for (const fault of Errors(schema, value)) {
    throw new Malformed(`${fault.instancePath || 'the whole'}: ${fault.message}`)
  }
  return value as Static<S>
}

/** Local wall time of text such as `2024-03-01T08:00`; throws Malformed for anything else. */
export function wallTime(text: string): Temporal.PlainDateTime {
  try {
    return Temporal.PlainDateTime.from(text)
  } catch {
    throw new Malformed(`"${text}" is no local date and time such as 2024-03-01T08:00`)
  }
}

/**
 * A row of like controllers: each has its own loopback address from `base` on. On macOS, where loopback has
 * one address, each has its own port instead.
 */
export function row(
  count: number,
  base: string,
  port: number,
  like: Partial<ControllerSetup> = {},
  sharesAddress = process.platform === 'darwin',
): ControllerSetup[] {
  const [a = 127, b = 0, c = 0, d = 1] = base.split('.').map(Number)
  const first = ((a * 256 + b) * 256 + c) * 256 + d
  return Array.from({ length: count }, (_, index) => {
    const address = first + index
    const host = [24, 16, 8, 0].map(bits => Math.floor(address / 2 ** bits) % 256).join('.')
    const place = sharesAddress
      ? { host: '127.0.0.1', port: port === 0 ? 0 : port + 1 + index }
      : { host, port }
    return { serial: 410_000_001 + index, capacity: 20_000, ...like, ...place }
  })
}
