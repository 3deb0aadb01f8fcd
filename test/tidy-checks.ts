import { membersIn, reachedFrom, type Source, textsIn, walk } from './tidy.ts'

/** What one check says about one file; empty when it is content. `known` is the tree that the file stands in. */
export type Check = (source: Source, known: ReadonlyMap<string, Source>) => string[]

/** A card passes through the rooms in this order; a room may look into those before it, never into those after. */
export const flow = [
  'programme',
  'roster',
  'identity',
  'photo',
  'card',
  'eligibility',
  'proxy',
  'handover',
  'loan',
  'desk',
  'shift',
  'batch',
  'loss',
  'activation',
  'extras',
  'access',
  'update',
  'controller',
  'reissue',
  'production',
  'refund',
  'message',
  'overview',
  'privacy',
]

/** Rooms without a rules.ts, and why. */
export const withoutRules: Record<string, string> = {
  controller: 'it decides nothing: it speaks a wire',
  desk: 'it shows what handover/rules.ts decides; what its keys may be is in key-rules.ts',
  shift: 'it counts and compares, and stands in nobody’s way',
}

/** Who may read the raw clock, and why. Everything else has a moment in hand. */
export const rawClock: Record<string, string> = {
  'src/app/clock.ts': 'moves the campus by the difference between both clocks',
  'src/privacy/plans.ts': 'whether a session is over: sessions end in real hours',
  'src/identity/attempts.ts': 'people take real minutes to sign in, however far a demo has moved',
  'src/identity/break-glass.ts': 'codes end, and guesses count, in real time',
  'src/message/push-outgoing.ts': 'a push service looks at real hours, however far a demo has moved',
  'src/app/doctor-database.ts': 'how far the clocks of the database and of the machine are apart',
  'src/server/shared-counts.ts': 'requests of a real minute are counted, however far a demo has moved',
  'src/server/sessions.ts': 'a session ends in real hours, however far a demo has moved',
  'src/update/lanes.ts': 'leases keep two processes apart',
  'src/update/rounds.ts': 'that what is read again is due as soon as may be',
  'src/update/store.ts': 'when the verifying pass may begin: the quiet time of real packets',
  'src/update/take-up.ts': 'that what was adopted is read back as soon as may be',
  'src/update/verify-store.ts': 'whether that quiet time is over',
}

/** Whose SQL may read the campus's time, and why. Everything else is told it. */
export const campusTime: Record<string, string> = {
  'src/access/store.ts':
    'asks what is in use after it waited for a person, whom an act with a later moment may have had first',
  'src/app/clock.ts': 'the one place where time is read',
  'src/update/due.ts': 'finds what is due now in the statement that takes it: no moment older than the rows',
  'src/update/lanes.ts': 'the same',
}

/** Who may read a clock of the machine. */
const machineClock: Record<string, string> = {
  'src/app/clock.ts': 'the one place where time is read',
  'src/controller/emulator/main.ts': 'a process of its own that plays hardware, with a clock of its own',
  'src/web/islands/desk-code.ts': 'the clock of a phone without signal, set right by ours when the page came',
}

/** A test, or what only tests use: `trial.ts`, `trial-campus.ts`. */
const isTest = (path: string): boolean => /(\.test|\/trial(-\w+)*)\.ts$/.test(path)
const isCode = (path: string): boolean => /\.tsx?$/.test(path)
/** The room, or lib, server, web, app, that a file of src lies in; empty outside of src. */
export const placeOf = (path: string): string => (path.startsWith('src/') ? path.split('/')[1]! : '')
const nameOf = (path: string): string => path.split('/').at(-1)!

/** Why a file of one place may not import one of another, or nothing. */
function refusedImport(from: Source, to: string, typeOnly: boolean): string | null {
  const [here, there] = [placeOf(from.path), placeOf(to)]
  if (here === '') return null
  // A test puts real parts together, whatever room it lies in.
  if (isTest(from.path)) return null
  if (there === 'app' && here !== 'app') return 'nobody imports src/app'
  if (isTest(to)) return 'it is for tests'
  if (there === '' && !(to === 'db/types.ts' && typeOnly && here === 'server')) return 'it is outside of src'
  if (here === there || there === '' || here === 'app') return null
  if (here === 'lib') return 'src/lib imports only itself'
  if (there === 'lib') return null
  if (here === 'web') return 'src/web imports only src/lib'
  if (here === 'server') {
    const types = typeOnly && there === 'web' && ['pages.ts', 'bundles.ts'].includes(nameOf(from.path))
    return types ? null : 'src/server imports only src/lib'
  }
  if (there === 'server' || there === 'web') return null
  if (there === 'controller') return 'only src/app hands a controller driver in'
  if (here === 'controller' && to !== 'src/update/driver.ts') return 'a controller sees update/driver.ts only'
  return flow.indexOf(there) < flow.indexOf(here) ? null : `${there} comes after ${here} in the flow`
}

/** A room looks only into the rooms before it; lib, server and web into nothing that knows the domain. */
export function dependencies(source: Source): string[] {
  const place = placeOf(source.path)
  if (place !== '' && ![...flow, 'lib', 'server', 'web', 'app'].includes(place))
    return [`src/${place} is not a room of the flow`]
  return source.imports.flatMap(({ of, ours, typeOnly }) => {
    const why = ours ? refusedImport(source, of, typeOnly) : null
    return why ? [`imports ${of}: ${why}`] : []
  })
}

/** What a page, or anything else that runs in a browser, must not bring along. */
const serverOnly = (source: Source): string[] => [
  ...(placeOf(source.path) === 'server' || nameOf(source.path) === 'store.ts' ? [source.path] : []),
  ...source.imports
    .filter(each => !each.ours && !each.typeOnly && /^(node:|pg\b|kysely$|fastify$|@fastify\/)/.test(each.of))
    .map(each => `${source.path} with ${each.of}`),
]

/** A page, and whatever else runs in a browser, brings no server code along, however far its imports lead. */
export function pagesWithoutServer(source: Source, known: ReadonlyMap<string, Source>): string[] {
  const inBrowser = source.path.endsWith('.tsx') || placeOf(source.path) === 'web'
  if (placeOf(source.path) === '' || isTest(source.path) || !inBrowser) return []
  return reachedFrom(source, known)
    .flatMap(serverOnly)
    .map(found => `a page brings along ${found}`)
}

/** A rule sees its arguments: nothing it imports reaches a database, a file or the network. */
export function rulesPure(source: Source, known: ReadonlyMap<string, Source>): string[] {
  if (nameOf(source.path) !== 'rules.ts') return []
  const types = source.imports.filter(
    each => each.ours && (placeOf(each.of) === 'server' || nameOf(each.of) === 'store.ts'),
  )
  const reached = reachedFrom(source, known).flatMap(serverOnly)
  const io = reached.filter(found => !found.endsWith('node:crypto'))
  return [...types.map(each => each.of), ...io].map(found => `a rule sees ${found}`)
}

const machineTime = [
  'Date.now',
  'Temporal.Now',
  'performance.now',
  'performance.timeOrigin',
  'process.hrtime',
]
const sqlTime =
  /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\(\)|\b(current_(timestamp|date|time)|localtime(stamp)?)\b/i

/** Time is an argument: only app/clock.ts reads it, in the program and in SQL. */
export function oneClock(source: Source): string[] {
  if (placeOf(source.path) === '') return []
  const { path } = source
  const complaints: string[] = []
  if (!(path in machineClock)) {
    // A test may hand in a real monotonic clock, as app does; it may not ask what time it is.
    const banned = machineTime.filter(member => !(isTest(path) && member === 'process.hrtime'))
    complaints.push(...membersIn(source).filter(member => banned.includes(member)))
    walk(source.body, node => {
      const callee = node.callee as { name?: string } | undefined
      const dated = node.type === 'NewExpression' || node.type === 'CallExpression'
      if (dated && callee?.name === 'Date' && (node.arguments as unknown[]).length === 0)
        complaints.push('new Date()')
    })
  }
  for (const text of isTest(path) ? [] : textsIn(source)) {
    if (sqlTime.test(text)) complaints.push(`SQL reads the clock: ${sqlTime.exec(text)![0]}`)
    if (/\b(campus_now|act_moment)\(/.test(text) && !(path in campusTime))
      complaints.push('SQL reads the campus’s time; take it as a parameter')
    if (/\braw_now\(/.test(text) && !(path in rawClock)) complaints.push('SQL reads the raw clock')
  }
  return complaints
}

/** db/schema.sql reads the clock in its three functions and in columns of the raw clock, and nowhere else. */
export function schemaClock({ path, text }: Source): string[] {
  if (!path.endsWith('.sql')) return []
  const said = text
    .replace(/^.*-- raw clock *$/gm, '')
    .replace(/--.*$/gm, '')
    .replace(/create function (campus_now|raw_now|act_moment)[^;]*;/g, '')
  const found = sqlTime.exec(said)
  return found ? [`reads the clock: ${found[0]}`] : []
}

/** A file that only passes on what others export hides where things are. */
export function noBarrel({ path, body }: Source): string[] {
  const passesOn = (node: { type: string }) =>
    node.type === 'ImportDeclaration' ||
    node.type === 'ExportAllDeclaration' ||
    (node.type === 'ExportNamedDeclaration' && 'declaration' in node && node.declaration === null)
  return isCode(path) && body.length > 0 && body.every(passesOn) ? ['only passes on what others export'] : []
}

const drawer = /^(utils?|utilities|helpers?|common|misc|shared|services?|managers?|index)$/
/** A drawer takes everything and tells nothing. */
export const noDrawer = ({ path }: Source): string[] =>
  isCode(path) && path.split('/').some(part => drawer.test(part.replace(/(\.test)?\.tsx?$/, '')))
    ? ['is a drawer: name it after what is inside']
    : []

const unfinished = new RegExp(
  `\\b(${['TO', 'FIX', 'X', 'HA'].map((a, at) => a + ['DO', 'ME', 'XX', 'CK'][at]).join('|')})\\b`,
)
const machinePath = /(^|[\s"'`(=])\/(work|root|home|Users|mnt)\/\w|[A-Z]:\\Users\\|registry\.npmjs|\.npmrc/m
const ofThisTest = (path: string): boolean => path.startsWith('test/tidy')
/** What is unfinished is finished or left out; no path or host of one machine is in the tree. */
export const noMarks = ({ path, text }: Source): string[] =>
  ofThisTest(path)
    ? []
    : [unfinished, machinePath].flatMap(banned =>
        banned.test(text) ? [`says ${banned.exec(text)![0]}`] : [],
      )

/** Root's part is tried as root and everybody else's as anybody else: each run tries one of the two, and says so. */
const onlyAsRoot = 'src/server/postgres/place.test.ts'

/** Every test runs. */
export function noSkippedTest(source: Source): string[] {
  if (!isCode(source.path)) return []
  if (source.path === onlyAsRoot) return []
  return membersIn(source).filter(one =>
    /^(it|test|describe)\.(skip|only|todo|fails|skipIf|runIf)$/.test(one),
  )
}

/** Types are never waved through. */
export function noAny(source: Source): string[] {
  let count = 0
  walk(source.body, node => {
    if (node.type === 'TSAnyKeyword') count += 1
  })
  return count > 0 ? [`says any ${count} times`] : []
}

const budgets: [RegExp, number][] = [
  [/^db\/types\.ts$/, Number.POSITIVE_INFINITY], // generated
  [/^test\/journey\.test\.ts$/, 460], // the whole notice on one page, read from top to bottom
  [/\.tsx?$/, 300],
  [/^(README|ARCHITECTURE)\.md$/, 120],
  [/^docs\/decisions\/.*\.md$/, 60],
]
/** A file fits on a few screens. */
export function shortEnough({ path, text }: Source): string[] {
  const most = budgets.find(([of]) => of.test(path))?.[1] ?? Number.POSITIVE_INFINITY
  const lines = text.split('\n').length - 1
  return lines > most ? [`has ${lines} lines, at most ${most}`] : []
}

/** Money is whole minor units. */
export const wholeMoney = ({ path, text }: Source): string[] =>
  isCode(path) &&
  !ofThisTest(path) &&
  /\b(amount|fee|price|deposit)\w*\??\s*:\s*(Type\.Number\b|\d+\.\d)/i.test(text)
    ? ['has money that is not whole minor units']
    : []

const lives = /門禁|儲值|餘額|優待|campus access|stored value|student fare|custody/i
/** A card has four lives: whoever says that one of them ends says which. */
export function namesTheLife(source: Source): string[] {
  const spoken = /words\.ts$|\.tsx$/.test(source.path)
    ? textsIn(source)
    : source.path.startsWith('programmes/')
      ? source.text.split('\n')
      : []
  return spoken
    .flatMap(text => text.split(/[。！？；.!?;]/))
    .filter(sentence => /deactivat|停用/i.test(sentence) && !lives.test(sentence))
    .map(sentence => `does not say which life of the card: ${sentence.trim()}`)
}
