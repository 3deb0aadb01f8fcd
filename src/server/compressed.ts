import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const asBrotli = promisify(brotliCompress)
const asGzip = promisify(gzip)

/** Smaller than this a page gains nothing. */
const worthBytes = 1_000

/** Whether a browser takes an encoding: named by itself, and not with a weight of zero. */
const takes = (accepted: string, encoding: string): boolean =>
  accepted.split(',').some(part => {
    const [name, weight] = part.split(';').map(each => each.trim().toLowerCase())
    return name === encoding && !/^q=0(\.0*)?$/u.test(weight ?? '')
  })

/**
 * A page made for one request, compressed as its reader's browser accepts (RFC 9110, 12.5.3): a phone on a bad line
 * fetches a quarter of it. Null where it is to go as it is. Quick rather than small: it is done for each page anew.
 */
export async function compressedFor(
  accepted: string | undefined,
  page: string,
): Promise<{ encoding: 'br' | 'gzip'; body: Buffer } | null> {
  if (accepted === undefined || page.length < worthBytes) return null
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: page.length }
  if (takes(accepted, 'br')) return { encoding: 'br', body: await asBrotli(page, { params }) }
  if (takes(accepted, 'gzip')) return { encoding: 'gzip', body: await asGzip(page, { level: 6 }) }
  return null
}
