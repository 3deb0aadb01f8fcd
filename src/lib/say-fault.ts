/** What an error says of itself, as far as this looks. */
interface Told {
  name?: string
  message?: string
  stack?: string
  /** PostgreSQL's five letters, or the system's word: ECONNREFUSED. */
  code?: unknown
  constraint?: unknown
}

/** PostgreSQL's class of errors about a value, which it quotes: 22P02 `invalid input syntax for type bigint: "…"`. */
const quotesAValue = (code: unknown): boolean => typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)

/**
 * A sentence of an error without what may be somebody's: what it quotes, addresses of mail and of pages, and long numbers. Names
 * of tables and columns are few letters that PostgreSQL quotes, too; they stay where it speaks of no value.
 */
function withoutValues(message: string, code: unknown): string {
  const isDatabase = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
  const plain = message
    .replace(/(?<![a-z0-9+.-])[a-z0-9+.-]+:\/\/[^\s"'`]+/giu, '…')
    .replace(/(?<![^\s"'`<>(),;:@])[^\s"'`<>(),;:@]+@[^\s"'`<>(),;:]+/gu, '…')
    .replace(/\d{8,}/gu, '…')
  if (isDatabase && !quotesAValue(code)) return plain
  return plain.replace(/"[^"]*"|'[^']*'|`[^`]*`|“[^”]*(?:”|$)|「[^」]*(?:」|$)/gu, '"…"')
}

/**
 * An error as a log may have it: what broke, never of whom (decision 64). Whatever is logged of an error goes through here
 * or through `faultOf`.
 */
export function sayFault(error: unknown): string {
  const { name = 'Error', message = '', code } = (error ?? {}) as Told
  if (!(error instanceof Error)) return withoutValues(String(error), undefined)
  return `${name}: ${withoutValues(message, code)}`
}

/** An error as a log may have it, with where it broke: the frames of its stack, without the message that stands above them. */
export function faultOf(error: unknown): {
  type: string
  message: string
  stack: string
  code: unknown
  constraint: unknown
} {
  const { name = 'Error', message = String(error), stack = '', code, constraint } = (error ?? {}) as Told
  const frames = stack.split('\n').filter(line => /^\s+at /.test(line))
  return { type: name, message: withoutValues(message, code), stack: frames.join('\n'), code, constraint }
}
