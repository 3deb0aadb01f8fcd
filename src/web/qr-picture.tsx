import { qrCode, qrPath } from './qr-code.ts'

/** A text as a QR code, with the quiet zone that readers ask for; `said` is what it is for who does not see it. */
export function QrPicture({ text, said }: { text: string; said: string }) {
  const modules = qrCode(text)
  const size = modules.length + 8
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={said}>
      <path d={qrPath(modules)} />
    </svg>
  )
}
