import './photos.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Bilingual } from '../lib/words.ts'
import { Day } from '../web/moment.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { PhotoAtDesk } from './at-desk.ts'
import { screenWords } from './screen-words.ts'

/** Whose photo the office may look at: it is loaded when it is asked for, because each look is written down. */
export function ShowPhoto({ photo, name }: { photo: PhotoAtDesk | null; name: Bilingual }) {
  const w = useWords(screenWords)
  const { language } = useShell()
  const [shown, setShown] = useState(false)
  const [missing, setMissing] = useState(false)
  if (photo === null) return <p className="dim">{w.noPhoto}</p>
  if (!shown)
    return (
      <p>
        <Button variant="default" aria-describedby="photo-noted" onClick={() => setShown(true)}>
          {w.show}
        </Button>{' '}
        <span className="dim" id="photo-noted">
          {w.showNoted}
        </span>
      </p>
    )
  return (
    // What the reader pressed is gone: the photo has the focus in its place.
    <figure className="photo-shown" tabIndex={-1} ref={figure => figure?.focus()}>
      {missing ? (
        <p role="alert">{w.notShown}</p>
      ) : (
        <img
          src={`/api/v1/photos/${photo.id}/picture`}
          alt={w.photoOf(name[language])}
          onError={() => setMissing(true)}
        />
      )}
      <figcaption className="dim">
        {w.takenIn} <Day on={photo.takenInOn} />
        {photo.old && <Verdict tone="warn" word={w.old} />}
      </figcaption>
    </figure>
  )
}
