import { type Decision, no, yes } from '../lib/decision.ts'
import { codeLetters, plainCode } from './carrier-code.ts'

/** What the code of who collects for somebody else begins with, so that a desk tells it from everything else it reads. */
const prefix = 'GHP'

/** How many letters follow: five bits each, 60 in all, so that nobody guesses one while it is good. */
export const proxyCodeLetters = 12

const written = new RegExp(`^${prefix}([${codeLetters}]{${proxyCodeLetters}})$`)
const group = /.{4}/g

/** A code as it is written and read out: GHP-7K3M-Q2TN-V8RA. */
export const writeProxyCode = (code: string): string => [prefix, ...(code.match(group) ?? [])].join('-')

/** Where a letter's code will stand, before it is mailed. */
export const unwrittenProxyCode = writeProxyCode('•'.repeat(proxyCodeLetters))

/** Whether somebody meant to type or scan such a code. */
export const meansProxyCode = (text: string): boolean =>
  /^GHP[\s._-]/i.test(text) || written.test(plainCode(text))

/** A proxy's code as it is typed or scanned; what people add to it or mistake in it is forgiven as in other codes. */
export function parseProxyCode(typed: string): Decision<{ code: string }, 'damaged-proxy-code'> {
  const code = written.exec(plainCode(typed))?.[1]
  return code === undefined ? no('damaged-proxy-code') : yes({ code })
}
