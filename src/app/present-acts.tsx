import type { ReactNode } from 'react'
import { ExtraItems } from '../extras/extras-page.tsx'
import { languageOf } from '../lib/words.ts'
import { MissingCards } from '../loss/missing-cards.tsx'
import { ProxyParts, type RefusedNaming } from '../proxy/proxy-page.tsx'
import type { DestinationField } from '../refund/destination.ts'
import { RefundParts } from '../refund/refund-page.tsx'
import { ReissueParts } from '../reissue/reissue.tsx'
import { ActingPart } from '../web/acting.tsx'
import { Notice } from '../web/panel.tsx'
import { useWords } from '../web/surroundings.tsx'
import { ActivateCard } from './activate-card.tsx'
import type { NextStep } from './card-story.ts'
import type { NotDone, PresentPart, PresentProps } from './present-shape.ts'
import { words } from './present-words.ts'

/** Why something was not done. */
export const NotDoneSaid = ({ notDone }: { notDone: NotDone }) => (
  <Notice tone="no" urgent>
    <p>{notDone.text}</p>
  </Notice>
)

/** In which part that is done which My card names next. */
const partOfNext: Partial<Record<NextStep, PresentPart>> = {
  resume: 'missing',
  'find-or-apply': 'missing',
  'apply-reissue': 'reissue',
  'pay-reissue': 'reissue',
}

/** Everything that can be done for who is here, by the same forms as on their own pages; what is next lies open. */
export function PresentActs({ card, proxy, missing, reissue, refund, extras, notDone, open }: PresentProps) {
  const w = useWords(words)
  const hasCard = missing.missing.cards.length > 0
  const hasLeft = card.story === 'left'
  const error = (part: PresentPart) => (notDone?.part === part ? notDone : null)
  const shared = { notDone, open: open ?? partOfNext[card.next] ?? null }
  const atReissue = error('reissue')
  const shows: Record<PresentPart, boolean> = {
    activation: true,
    proxy: proxy !== null,
    missing: hasCard,
    reissue: hasCard && !hasLeft,
    refund: hasCard,
    extras: card.oldCard !== null && !hasLeft,
  }
  // What is said at the field is said above where the form is gone meanwhile.
  const notActivated = error('activation')
  const atActivation =
    notActivated && card.next !== 'activate' ? { ...notActivated, field: null } : notActivated
  return (
    <>
      <h2>{w.acts}</h2>
      <p>{w.actsAbout}</p>
      {notDone && !shows[notDone.part] && <NotDoneSaid notDone={notDone} />}
      {(card.next === 'activate' || atActivation) && (
        <div id="activation">
          <ActingPart at="activation">
            {atActivation && !atActivation.field && <NotDoneSaid notDone={atActivation} />}
            {card.next === 'activate' && (
              <ActivateCard error={atActivation?.field ? atActivation.text : null} />
            )}
          </ActingPart>
        </div>
      )}
      {proxy && (
        <Part {...shared} part="proxy">
          <ProxyParts standing={proxy} refused={namingRefused(error('proxy'))} />
        </Part>
      )}
      {!hasCard && <p>{w.noCard}</p>}
      {shows.missing && (
        <Part {...shared} part="missing">
          <MissingCards {...missing} refused={error('missing') !== null} />
        </Part>
      )}
      {shows.reissue && (
        <Part {...shared} part="reissue">
          <ReissueParts
            {...reissue}
            error={atReissue?.field ? { field: fieldIn(atReissue), text: atReissue.text } : null}
            cameBack={null}
          />
        </Part>
      )}
      {shows.refund && (
        <Part {...shared} part="refund">
          <RefundParts standing={refund} refused={refundRefused(error('refund'))} />
        </Part>
      )}
      {shows.extras && (
        <Part {...shared} part="extras">
          <ExtraItems extras={extras} refused={null} />
        </Part>
      )}
    </>
  )
}

const reissueFields = ['photo', 'receipt', 'said'] as const
const fieldIn = ({ field }: NotDone) => reissueFields.find(each => each === field) ?? 'form'

const destinationFields: readonly DestinationField[] = ['bank', 'branch', 'account', 'iban', 'address']
const refundRefused = (notDone: NotDone | null) =>
  notDone && {
    message: notDone.text,
    field: destinationFields.find(each => each === notDone.field) ?? null,
    typed: { ...notDone.typed, cardId: notDone.typed.cardId ?? '' },
  }

const namingRefused = (notDone: NotDone | null): RefusedNaming | null =>
  notDone && {
    message: notDone.text,
    field: (['name', 'email'] as const).find(each => each === notDone.field) ?? null,
    typed: {
      name: notDone.typed.name ?? '',
      email: notDone.typed.email ?? '',
      language: languageOf(notDone.typed.language),
    },
  }

/** One kind of things to do, folded away until it is wanted; what was refused in it is said in it. */
function Part({
  part,
  notDone,
  open,
  children,
}: {
  part: Exclude<PresentPart, 'activation'>
  notDone: NotDone | null
  open: PresentPart | null
  children: ReactNode
}) {
  const w = useWords(words)
  const refused = notDone?.part === part
  return (
    <details id={part} open={refused || open === part}>
      <summary>{w.parts[part]}</summary>
      {refused && notDone.field === null && part !== 'refund' && part !== 'proxy' && (
        <NotDoneSaid notDone={notDone} />
      )}
      <ActingPart at={part}>{children}</ActingPart>
    </details>
  )
}
