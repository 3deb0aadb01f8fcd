import { Page } from '../web/layout.tsx'
import { EmptyState, Notice } from '../web/panel.tsx'
import { useWords } from '../web/surroundings.tsx'
import { MissingCards, type MissingCardsProps } from './missing-cards.tsx'
import { missingWords } from './missing-words.ts'

export interface MissingCardProps extends MissingCardsProps {
  /** What was refused just now, in the reader's language. */
  error: string | null
}

/** "I can't find my card": the calm switch, then the red one; never one for both. */
export function MissingCardPage({ error, ...props }: MissingCardProps) {
  const w = useWords(missingWords)
  return (
    <Page title={w.title} islands={['once']}>
      <h1>{w.title}</h1>
      {error && (
        <Notice tone="no" urgent>
          <p>{error}</p>
        </Notice>
      )}
      {props.missing.cards.length === 0 ? (
        <EmptyState title={w.none} action={<Back />}>
          {w.noneNext}
        </EmptyState>
      ) : (
        <>
          <MissingCards {...props} refused={error !== null} />
          <p className="actions">
            <Back />
          </p>
        </>
      )}
    </Page>
  )
}

function Back() {
  const w = useWords(missingWords)
  return (
    <a className="button quiet" href="/my-card">
      {w.back}
    </a>
  )
}
