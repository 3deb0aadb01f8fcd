import { type Refused, no as saysNo } from '../lib/decision.ts'
import { survives } from '../lib/encoding.ts'
import type { FileSettings } from './file-settings.ts'
import { addressNumber, liesIn, type Network } from './networks.ts'

/** The makes of controllers that can be recorded, by their drivers' names. */
export const makes = ['uhppote', 'file'] as const
export type Make = (typeof makes)[number]

/** The make of a controller that says none. */
export const usualMake: Make = 'uhppote'

/** The reasons not to reach a controller so, in the order in which they are told; part of those of controller-rules.ts. */
export const makeRefusals = [
  'driver-unknown',
  'address-missing',
  'settings-not-wanted',
  'host-not-an-address',
  'host-not-allowed',
  'address-taken',
  'address-not-wanted',
  'settings-missing',
  'folder-outside',
  'folder-taken',
  'column-missing',
  'column-twice',
  'column-needs-text',
  'word-twice',
  'text-unwritable',
] as const
export type MakeRefusal = (typeof makeRefusals)[number]

/** How a controller is reached, as somebody says it. */
export interface Reached {
  serial: number
  driver?: string
  host?: string
  port?: number
  settings?: FileSettings
}

/** Who is there already. */
export interface Reachable {
  /** The controller that answers at this address and port, or null. */
  atAddress: number | null
  /** The controller whose files lie in this folder, or null. */
  inFolder?: number | null
}

type No = Refused<MakeRefusal> | null
const no = (refusal: MakeRefusal, facts: Refused<MakeRefusal>['facts'] = {}): Refused<MakeRefusal> =>
  saysNo(refusal, facts)

function firstTwice(texts: readonly string[]): string | undefined {
  return texts.find((text, at) => texts.indexOf(text) !== at)
}

function wrongAddress(
  host: string,
  port: number,
  serial: number,
  there: Reachable,
  networks: readonly Network[],
): No {
  const address = addressNumber(host)
  if (address === null) return no('host-not-an-address', { host })
  if (!liesIn(address, networks))
    return no('host-not-allowed', { host, networks: networks.map(({ text }) => text).join(', ') })
  const { atAddress } = there
  return atAddress !== null && atAddress !== serial
    ? no('address-taken', { host, port, serial: atAddress })
    : null
}

/** Every text of the settings that will stand in a file or a result, with the field it comes from. */
function textsOf({ columns, deeds, names, result }: FileSettings): [field: string, text: string][] {
  const words = ['applied', 'rejected', 'full', 'absent', 'again'] as const
  return [
    ...columns.flatMap(({ name, text = '' }, at): [string, string][] => [
      [`columns/${at}/name`, name],
      [`columns/${at}/text`, text],
    ]),
    ['deeds/put', deeds.put],
    ['deeds/remove', deeds.remove],
    ['names/sign', names?.sign ?? ''],
    ['result/number', result.number],
    ['result/result', result.result],
    ...words.flatMap(word =>
      (result[word] ?? []).map((text, at): [string, string] => [`result/${word}/${at}`, text]),
    ),
  ]
}

function wrongColumns({ columns, deeds, result }: FileSettings): No {
  const missing = (['number', 'deed'] as const).find(holds => !columns.some(column => column.holds === holds))
  if (missing) return no('column-missing', { holds: missing })
  const twice = firstTwice(columns.map(({ name }) => name.trim()))
  if (twice !== undefined) return no('column-twice', { column: twice })
  if (result.number.trim() === result.result.trim()) return no('column-twice', { column: result.number })
  const empty = columns.find(({ holds, text }) => (holds === 'text') !== (text !== undefined))
  if (empty) return no('column-needs-text', { column: empty.name })
  const said = ['applied', 'rejected', 'full', 'absent', 'again'] as const
  const words = said.flatMap(answer => result[answer] ?? []).map(word => word.trim().toLowerCase())
  const word = firstTwice(words) ?? firstTwice([deeds.put.trim(), deeds.remove.trim()])
  return word === undefined ? null : no('word-twice', { word })
}

/** A folder's name as the settings may say it: no path, no dot, nothing that leads out of GATEHOUSE_FILES. */
const plainName = /^[a-z0-9][a-z0-9-]{0,39}$/

function wrongSettings(serial: number, settings: FileSettings, { inFolder = null }: Reachable): No {
  const { folder, encoding } = settings
  if (!plainName.test(folder)) return no('folder-outside', { folder: folder.slice(0, 60) })
  if (inFolder !== null && inFolder !== serial) return no('folder-taken', { folder, serial: inFolder })
  const columns = wrongColumns(settings)
  if (columns) return columns
  const lost = textsOf(settings).find(([, text]) => !survives(text, encoding))
  return lost ? no('text-unwritable', { field: lost[0], text: lost[1], encoding }) : null
}

/**
 * What is wrong with how a controller is to be reached: by an address where controllers may be, or, for the make
 * `file`, by a folder and the agreed form of its files. Null where nothing is.
 */
export function wrongReach(said: Reached, there: Reachable, networks: readonly Network[]): No {
  const { serial, driver = usualMake, host, port, settings } = said
  if (!(makes as readonly string[]).includes(driver))
    return no('driver-unknown', { driver, known: makes.join(', ') })
  if (driver === 'file') {
    if (host !== undefined || port !== undefined) return no('address-not-wanted', { driver })
    return settings === undefined
      ? no('settings-missing', { driver })
      : wrongSettings(serial, settings, there)
  }
  if (host === undefined || port === undefined) return no('address-missing', { driver })
  if (settings !== undefined) return no('settings-not-wanted', { driver })
  return wrongAddress(host, port, serial, there, networks)
}
