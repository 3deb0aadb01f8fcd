/**
 * An amount as a clerk types it, in whole minor units: full-width figures, separators and blanks are forgiven. Null where it is
 * none, is below nothing, or has more minor digits than the currency.
 */
export function typedMoney(text: string, minorDigits: number): number | null {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '')
  const parts = /^(\d{1,9})(?:\.(\d+))?$/.exec(plain)
  if (!parts) return null
  const minor = parts[2] ?? ''
  if (minor.length > minorDigits) return null
  return Number(parts[1]! + minor.padEnd(minorDigits, '0'))
}
