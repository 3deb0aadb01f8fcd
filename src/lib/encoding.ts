import iconv from 'iconv-lite'

/** How other systems want their text: Big5 as Windows of Taiwan has it (code page 950), without Hong Kong's additions. */
export const encodings = ['utf-8', 'utf-8-bom', 'utf-16le', 'big5'] as const
export type Encoding = (typeof encodings)[number]

const pageOf: Readonly<Record<Encoding, string>> = {
  'utf-8': 'utf8',
  'utf-8-bom': 'utf8',
  'utf-16le': 'utf-16le',
  big5: 'cp950',
}

/** A text as bytes, with its mark (BOM) where the encoding has one. What cannot be written becomes a question mark. */
export const encodeText = (text: string, encoding: Encoding): Buffer =>
  iconv.encode(text, pageOf[encoding], { addBOM: encoding === 'utf-8-bom' || encoding === 'utf-16le' })

/** Whether a text comes back from an encoding as it went in. */
export const survives = (text: string, encoding: Encoding): boolean =>
  iconv.decode(iconv.encode(text, pageOf[encoding]), pageOf[encoding], { stripBOM: false }) === text

const marks: readonly (readonly [string, Encoding | 'utf-16be'])[] = [
  ['efbbbf', 'utf-8-bom'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
]

/**
 * Bytes as text, without their mark; null where they are not in this encoding. UTF-8 may have its mark or not, UTF-16
 * must have it; the mark of another encoding is no.
 */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string | null {
  const head = Buffer.from(bytes.subarray(0, 3)).toString('hex')
  const marked = marks.find(([mark]) => head.startsWith(mark))?.[1] ?? null
  const isUtf8 = encoding === 'utf-8' || encoding === 'utf-8-bom'
  if (marked !== null && marked !== encoding && !(isUtf8 && marked === 'utf-8-bom')) return null
  if (encoding === 'utf-16le' && (marked === null || bytes.length % 2 > 0)) return null
  try {
    const text =
      encoding === 'big5'
        ? iconv.decode(Buffer.from(bytes), pageOf.big5)
        : new TextDecoder(isUtf8 ? 'utf-8' : 'utf-16le', { fatal: true }).decode(bytes)
    return text.includes('\uFFFD') || text.includes('\0') ? null : text
  } catch {
    return null
  }
}
