import { Page } from '../web/layout.tsx'
import { EmptyState, Notice } from '../web/panel.tsx'
import { Phones } from '../web/phones.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import type { OneCard } from './my-card-shape.ts'
import { words } from './student-words.ts'

export interface ReportLostProps {
  /** The person's collected cards, the newer one first; those reported already are shown as such. */
  cards: { which: 'newCard' | 'oldCard'; card: OneCard }[]
  issuer: { name: string; phones: string[]; riskHours: number }
  /** What a replacement costs: nothing for who loses the old card before collecting, else the fee, already said. */
  replacement: { free: true } | { free: false; fee: string | null }
  error: string | null
}

/** The page between the wish to report a card lost and the deed: what it ends, what it does not, which card. */
export function ReportLostPage({ cards, issuer, replacement, error }: ReportLostProps) {
  const w = useWords(words)
  const open = cards.filter(({ card }) => !card.lostReportedAt)
  return (
    <Page title={w.lostTitle} islands={['once']}>
      <h1>{w.lostTitle}</h1>
      {open.length === 0 ? (
        <EmptyState
          title={w.lostNone}
          action={
            <a className="button" href="/my-card">
              {w.lostBack}
            </a>
          }
        >
          {w.lostNoneNext}
        </EmptyState>
      ) : (
        <form method="post" action="/my-card/loss">
          {error && (
            <Notice tone="no" urgent>
              <p>{error}</p>
            </Notice>
          )}
          <Notice tone="no" title={w.lostEnds}>
            <p>{w.lostEndsText}</p>
          </Notice>
          <Notice tone="warn" title={w.lostNotEnds}>
            <p>{w.lostNotEndsText(issuer.name)}</p>
            <p>
              {w.lostIssuer(issuer.name)}
              <strong>
                <Phones numbers={issuer.phones} />
              </strong>
            </p>
            <p>{w.lostRisk(issuer.riskHours, issuer.name)}</p>
          </Notice>
          <p>{replacement.free ? w.lostFree : replacement.fee && w.lostPays(replacement.fee)}</p>
          <fieldset>
            <legend>{w.lostWhich}</legend>
            {cards.map(each => (
              <Choice key={each.card.cardId} {...each} only={open.length === 1} />
            ))}
          </fieldset>
          <p className="actions lost-actions">
            <button type="submit" className="danger">
              {w.lostDo}
            </button>
            <a className="button quiet" href="/my-card">
              {w.lostBack}
            </a>
          </p>
        </form>
      )}
    </Page>
  )
}

function Choice({ which, card, only }: ReportLostProps['cards'][number] & { only: boolean }) {
  const w = useWords(words)
  const shell = useShell()
  const reported = card.lostReportedAt !== null
  return (
    <label>
      <input
        type="radio"
        name="cardId"
        value={card.cardId}
        required
        disabled={reported}
        defaultChecked={only && !reported}
      />
      <span>
        {w[which]} {card.ending && w.ending(card.ending)}
        {card.lostReportedAt && <small> {w.lostReported(sayWhen(card.lostReportedAt, shell))}</small>}
      </span>
    </label>
  )
}
