import { sayAlone } from '../lib/say.ts'
import { ForWhom, HolderForm, useHolderPage } from '../web/acting.tsx'
import { Page } from '../web/layout.tsx'
import { Notice } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { Missing, MissingCard } from './missing-shape.ts'
import { missingWords } from './missing-words.ts'
import { type LossCosts, WholeCost } from './whole-cost.tsx'

export interface ConfirmLossProps {
  card: MissingCard
  missing: Missing
  costs: LossCosts
  /** When the report would leave, and whether its holder chose that. */
  sendAt: string
  putOff: boolean
}

/** The second step of a loss report: the whole cost, and one button. */
export function ConfirmLossPage({ card, missing, costs, sendAt, putOff }: ConfirmLossProps) {
  const w = useWords(missingWords)
  const { language } = useShell()
  const back = useHolderPage('/loss')
  return (
    <Page title={w.confirmTitle} islands={['once']}>
      <h1>{w.confirmTitle}</h1>
      <ForWhom />
      <p>
        <strong>{sayAlone(card.edition[language])}</strong> {card.ending && w.ending(card.ending)}
      </p>
      <Notice tone="no" title={w.confirmText}>
        <p>{w.lossText(missing.issuer.name[language])}</p>
        <WholeCost card={card} missing={missing} costs={costs} sendAt={sendAt} />
      </Notice>
      <HolderForm to="/loss">
        <input type="hidden" name="cardId" value={card.cardId} />
        {putOff && <input type="hidden" name="sendAt" value={sendAt} />}
        <p className="actions lost-actions">
          <button type="submit" className="danger">
            {w.confirm}
          </button>
          <a className="button quiet" href={back}>
            {w.notYet}
          </a>
        </p>
      </HolderForm>
    </Page>
  )
}
