import './photos.css'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import { MissingPhotos } from './photos-missing.tsx'
import { TakePhotos } from './photos-taken.tsx'
import { WaitingPhotos } from './photos-waiting.tsx'
import type { PhotosReply } from './routes.ts'
import { screenWords } from './screen-words.ts'

/** The office's photos: files are taken in, what holders sent is looked at, and who has none is listed. */
export function Photos() {
  const w = useWords(screenWords)
  const { data: answer } = useGet<PhotosReply>('/photos')
  if (!answer) return <p className="waits">{w.loading}</p>
  if (!answer.ok)
    return (
      <Notice tone="no" title={w.refusedRead} urgent>
        <p>{answer.message}</p>
      </Notice>
    )
  const { kept, rules, withPhoto, without, waiting, photos } = answer.value
  return (
    <div className="files">
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      {kept ? (
        <>
          <p>{w.counts(withPhoto, without)}</p>
          <TakePhotos rules={rules} />
          <Panel title={w.waiting(waiting)}>
            {photos.length === 0 ? (
              <EmptyState title={w.nothingWaits}>{w.nothingWaitsNext}</EmptyState>
            ) : (
              <WaitingPhotos photos={photos} />
            )}
          </Panel>
          <MissingPhotos />
        </>
      ) : (
        <EmptyState title={w.notKept}>{w.notKeptNext}</EmptyState>
      )}
    </div>
  )
}
