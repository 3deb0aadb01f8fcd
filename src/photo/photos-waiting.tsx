import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { When } from '../web/moment.tsx'
import { Notice } from '../web/panel.tsx'
import { useAct } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { PhotosReply } from './routes.ts'
import { type DeclineReason, declineReasons } from './rules.ts'
import { screenWords } from './screen-words.ts'
import { words } from './words.ts'

type Waiting = PhotosReply['photos'][number]
const pictureOf = (id: number): string => `/api/v1/photos/${id}/picture`

/** The photos that holders sent: each beside the one on record, accepted or declined; those without a doubt at once. */
export function WaitingPhotos({ photos }: { photos: readonly Waiting[] }) {
  const w = useWords(screenWords)
  const answering = useAct<{ photo: number; reason: DeclineReason | null }, { photoId: number }>(
    '/photos/answers',
    { refresh: ['/photos'] },
  )
  const [refused, setRefused] = useState<string | null>(null)
  async function answer(ids: readonly number[], reason: DeclineReason | null): Promise<void> {
    setRefused(null)
    for (const photo of ids) {
      const told = await answering.mutateAsync({ photo, reason })
      if (!told.ok) {
        setRefused(told.message)
        return
      }
    }
  }
  const plain = photos.filter(photo => photo.warnings.length === 0 && photo.current !== null)
  return (
    <>
      <p className="dim">{w.waitingAbout}</p>
      {refused && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
        </Notice>
      )}
      {plain.length > 1 && (
        <p>
          <Button
            variant="default"
            disabled={answering.isPending}
            onClick={() =>
              void answer(
                plain.map(({ id }) => id),
                null,
              )
            }
          >
            {w.acceptPlain(plain.length)}
          </Button>
        </p>
      )}
      <ul className="photos">
        {photos.map(photo => (
          <One
            key={photo.id}
            photo={photo}
            busy={answering.isPending}
            onAnswer={reason => void answer([photo.id], reason)}
          />
        ))}
      </ul>
    </>
  )
}

function One({
  photo,
  busy,
  onAnswer,
}: {
  photo: Waiting
  busy: boolean
  onAnswer: (reason: DeclineReason | null) => void
}) {
  const w = useWords(screenWords)
  const { warning, declined } = useWords(words)
  const { language } = useShell()
  const who = photo.name[language]
  const [reason, setReason] = useState('')
  return (
    <li className="panel">
      <div className="photo-pair">
        <figure>
          <img src={pictureOf(photo.id)} alt={`${w.newPhoto}: ${who}`} />
          <figcaption>{w.newPhoto}</figcaption>
        </figure>
        {photo.current === null ? (
          <p className="dim">{w.noCurrent}</p>
        ) : (
          <figure>
            <img src={pictureOf(photo.current)} alt={`${w.current}: ${who}`} />
            <figcaption>{w.current}</figcaption>
          </figure>
        )}
      </div>
      <p>
        <strong>{who}</strong> <span className="figures">{photo.studentNumber}</span>
        <br />
        <span className="dim">
          {photo.department[language]} · {w.sentAt} <When at={photo.takenInAt} />
        </span>
      </p>
      {photo.warnings.length > 0 && (
        <Notice tone="warn" title={w.lookTwice}>
          <p>{photo.warnings.map(each => warning[each]).join(', ')}</p>
        </Notice>
      )}
      <div className="photo-answer">
        <Button disabled={busy} aria-label={w.acceptOf(who)} onClick={() => onAnswer(null)}>
          {w.accept}
        </Button>
        <NativeSelect
          disabled={busy}
          aria-label={w.why(who)}
          value={reason}
          data={[
            { value: '', label: w.chooseWhy },
            ...declineReasons.map(value => ({ value, label: declined[value].choose })),
          ]}
          onChange={event => setReason(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={busy || reason === ''}
          onClick={() => onAnswer(reason as DeclineReason)}
        >
          {w.decline}
        </Button>
      </div>
    </li>
  )
}
