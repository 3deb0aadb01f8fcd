import './photos.css'
import { EmptyState, Panel } from '../web/panel.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
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
  const found = useGet<PhotosReply>('/photos')
  return (
    <Loaded from={found}>
      {({ kept, rules, withPhoto, without, waiting, photos }) => (
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
      )}
    </Loaded>
  )
}
