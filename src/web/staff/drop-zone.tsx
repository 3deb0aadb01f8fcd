import './files.css'
import { Button } from '@mantine/core'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Notice } from '../panel.tsx'
import { useWords } from '../surroundings.tsx'
import { filesWords } from './files-words.ts'

/** A file that was not accepted, and why. */
export interface RefusedFile {
  file: string
  message: string
}

/** Where a file is dropped, or chosen by a button; the last one that was refused is said above, with why. */
export function DropZone({
  invitation,
  limits,
  accept,
  refused,
  nothingChanged,
  disabled = false,
  underWay = null,
  onFile,
  onFiles,
}: {
  invitation: string
  limits: string
  /** The kinds of file that the dialogue offers, as HTML's `accept`. */
  accept: string
  refused: RefusedFile | null
  /** Said under a refusal: that nothing happened. */
  nothingChanged?: string | undefined
  disabled?: boolean
  /** Shown in place of the invitation while a file is taken. */
  underWay?: ReactNode
  onFile?: (file: File) => void
  /** Where several are taken at once. */
  onFiles?: (files: readonly File[]) => void
}) {
  const w = useWords(filesWords)
  const field = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  function take(list: FileList | null): void {
    const files = [...(list ?? [])]
    if (field.current) field.current.value = ''
    if (!files[0] || disabled || underWay) return
    onFile?.(files[0])
    onFiles?.(files)
  }
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <>
      {refused && (
        <Notice tone="no" title={w.refusedFile(refused.file)} urgent>
          <p>{refused.message}</p>
          <p>{nothingChanged ?? w.nothingChanged}</p>
        </Notice>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the button inside is everybody's. */}
      <div
        className={`drop-file ${over ? 'over' : ''}`}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
      >
        {underWay ?? (
          <>
            <p>{invitation}</p>
            <input
              ref={field}
              type="file"
              className="unseen"
              accept={accept}
              aria-label={w.choose}
              tabIndex={-1}
              multiple={onFiles !== undefined}
              onChange={event => take(event.currentTarget.files)}
            />
            <Button onClick={() => field.current?.click()} disabled={disabled}>
              {w.choose}
            </Button>
            <p className="dim">{limits}</p>
          </>
        )}
      </div>
    </>
  )
}
