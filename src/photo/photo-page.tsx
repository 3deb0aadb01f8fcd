import { HowUsed } from '../web/how-used.tsx'
import { Page } from '../web/layout.tsx'
import { EmptyState, Lead, Notice, Panel } from '../web/panel.tsx'
import { PostForm } from '../web/post-form.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import { pageWords } from './page-words.ts'
import type { PhotoStanding } from './standing.ts'
import { words } from './words.ts'

export interface PhotoPageProps {
  standing: PhotoStanding
  /** Why the file just sent was not taken in, in the reader's language. */
  refused: string | null
}

/** The page on which a holder sees and sends the photo for desk and card. */
export function PhotoPage({ standing, refused }: PhotoPageProps) {
  const w = useWords(pageWords)
  const shell = useShell()
  const { takenInAt, sent } = standing
  return (
    <Page title={w.title} islands={['once']}>
      <h1>{w.title}</h1>
      {refused && (
        <Notice tone="no" title={w.notTaken} urgent>
          <p>
            <a href="#file">{refused}</a>
          </p>
        </Notice>
      )}
      {sent?.state === 'waits' && <Lead tone="wait">{w.waits(sayWhen(sent.at, shell))}</Lead>}
      {sent?.state === 'declined' && <Declined standing={standing} />}
      {takenInAt && sent?.state !== 'waits' && <Lead tone="yes">{w.counts(sayWhen(takenInAt, shell))}</Lead>}
      {(takenInAt || sent?.state === 'waits') && (
        <p>
          <img className="own-photo" src="/my-card/photo/picture" alt={w.alt} width={210} />
        </p>
      )}
      {!takenInAt && !sent && !standing.holdersSend && <EmptyState title={w.none}>{w.noneNext}</EmptyState>}
      {standing.holdersSend && <Send standing={standing} refused={refused !== null} />}
      <p className="actions">
        <a className="button quiet" href="/my-card">
          {w.back}
        </a>
      </p>
    </Page>
  )
}

function Declined({ standing: { sent, takenInAt } }: { standing: PhotoStanding }) {
  const w = useWords(pageWords)
  const { declined } = useWords(words)
  return (
    <Notice tone="warn" title={w.declined}>
      {sent?.reason && <p>{declined[sent.reason].told}</p>}
      <p>{takenInAt ? w.formerCounts : w.another}</p>
    </Notice>
  )
}

function Send({ standing: { rules }, refused }: { standing: PhotoStanding; refused: boolean }) {
  const w = useWords(pageWords)
  return (
    <Panel title={w.send}>
      {rules && (
        <ul>
          <li>{w.upright(rules)}</li>
          <li>{w.face}</li>
          <li>{w.wall}</li>
        </ul>
      )}
      <PostForm action="/my-card/photo" encType="multipart/form-data">
        <div className={refused ? 'field wrong' : 'field'}>
          <label htmlFor="file">{w.file}</label>
          <p className="hint" id="file-hint">
            {w.fileHint}
          </p>
          <input
            id="file"
            name="file"
            type="file"
            accept="image/jpeg,image/png,image/webp"
            required
            aria-describedby="file-hint"
            aria-invalid={refused || undefined}
          />
        </div>
        <p className="actions">
          <button type="submit">{w.submit}</button>
        </p>
      </PostForm>
      <HowUsed of="photo" />
    </Panel>
  )
}
