import type { Network } from '../access/networks.ts'
import type { Language } from '../lib/words.ts'
import type { Database } from '../server/database.ts'
import type { Config } from './config.ts'
import { type CheckName, doctorWords } from './doctor-words.ts'

/** What a check says of an installation: it is right, it is not, or it cannot be told from here. */
export type Verdict = 'pass' | 'fail' | 'unknown'

/** A verdict, and what was seen: names and numbers, the same in every language. */
export interface Found {
  verdict: Verdict
  seen: string
}

/** What checks look at. */
export interface Around {
  config: Config
  /** Where the keys and the private PostgreSQL are kept. */
  dataFolder: string
  /** The settings as they are said, with what their files hold. */
  environment: NodeJS.ProcessEnv
  /** The database as the application's, the doors' and the chores' role. */
  app: Database
  doors: Database
  chores: Database
  /** This process's own clock. */
  now: Temporal.Instant
  networks: readonly Network[]
}

/** One question about an installation: a small function with a name. */
export interface Check {
  name: CheckName
  look: (around: Around) => Promise<Found>
}

/** What was found by one check. */
export interface Finding extends Found {
  check: CheckName
}

export const pass = (seen = ''): Found => ({ verdict: 'pass', seen })
export const fail = (seen = ''): Found => ({ verdict: 'fail', seen })
export const unknown = (seen = ''): Found => ({ verdict: 'unknown', seen })

/** No check may keep the others waiting for longer. */
const longestMs = 30_000

/** Makes all checks, one after another; one that breaks or takes too long is unknown, with its reason. */
export async function examine(checks: readonly Check[], around: Around): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { name, look } of checks) {
    const late = Promise.withResolvers<Found>()
    const timer = setTimeout(() => late.resolve(unknown(`> ${longestMs / 1000} s`)), longestMs)
    const found = await Promise.race([look(around), late.promise]).catch((error: Error) =>
      unknown(error.message),
    )
    clearTimeout(timer)
    findings.push({ check: name, ...found })
  }
  return findings
}

const marks: Record<Verdict, string> = { pass: '✓', fail: '✗', unknown: '?' }

/** The findings as somebody reads them: what is right in a line, what is not with what to do. */
export function sayFindings(findings: readonly Finding[], language: Language): string {
  const w = doctorWords[language]
  const lines = findings.flatMap(({ check, verdict, seen }) => {
    const { title, todo } = w.checks[check]
    const line = `${marks[verdict]} ${w.verdicts[verdict]}  ${title}${seen && `: ${seen}`}`
    return verdict === 'pass' ? [line] : [line, `    ${todo}`]
  })
  const many = (verdict: Verdict) => findings.filter(each => each.verdict === verdict).length
  return [...lines, '', w.sum(many('pass'), many('fail'), many('unknown'))].join('\n')
}
