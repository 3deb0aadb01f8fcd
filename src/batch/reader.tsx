import { useRef } from 'react'
import { type ReaderEnds, ScanField } from '../desk/scan-field.tsx'
import { useKept } from '../desk/side.tsx'

/** The one field of cards, read as this computer's desk is set; scans are answered one after the other. */
export function CardReader({
  usual,
  onScan,
}: {
  /** How readers write numbers where this computer was told nothing else. */
  usual: string
  onScan: (scan: string, readerFormat: string) => Promise<void>
}) {
  const [reader] = useKept<string>('desk.reader', usual)
  const [ends] = useKept<ReaderEnds>('desk.readerEnds', 'suffix')
  const field = useRef<HTMLInputElement>(null)
  const last = useRef<Promise<void>>(Promise.resolve())
  return (
    <ScanField
      ref={field}
      ends={ends}
      hint={null}
      typed=""
      onTyped={() => {}}
      onAlone={() => false}
      onScan={scan => {
        last.current = last.current.then(() => onScan(scan, reader))
      }}
    />
  )
}
