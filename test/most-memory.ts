import { readFileSync } from 'node:fs'

/**
 * The most memory that this process held at once (resident, in bytes). On Linux what `getrusage` tells outlives `exec`, so
 * that a child would answer with its parent's; elsewhere there is nothing better.
 */
export function mostMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024
  const said = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
  if (!said) throw new Error('/proc/self/status does not tell VmHWM')
  return Number(said[1]) * 1024
}
