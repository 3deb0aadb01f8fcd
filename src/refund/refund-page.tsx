import { sayAlone, spaced } from '../lib/say.ts'
import { HolderForm } from '../web/acting.tsx'
import { Facts } from '../web/facts.tsx'
import { Page } from '../web/layout.tsx'
import { EmptyState, Lead, Notice, Panel } from '../web/panel.tsx'
import { useSaid, useShell, useWords } from '../web/surroundings.tsx'
import { Track } from '../web/track.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { sayDate } from '../web/when.ts'
import type { DestinationField } from './destination.ts'
import { pageWords } from './page-words.ts'
import { DestinationFields, Fees } from './refund-fields.tsx'
import type { RefundStage } from './rules.ts'
import type { RefundCard, RefundCase, RefundStanding } from './standing.ts'

/** A form that was not accepted: what was typed, and what is wrong with which field. Never in an address. */
export interface RefusedForm {
  message: string
  field: DestinationField | null
  typed: Partial<Record<DestinationField | 'way', string>> & { cardId: string }
}

export interface RefundPageProps {
  standing: RefundStanding
  refused: RefusedForm | null
}

/** The page of what is on a card that its holder gives up: keep spending it, or have the issuer pay; and how far that is. */
export function RefundPage(props: RefundPageProps) {
  const w = useWords(pageWords)
  return (
    <Page title={w.title} islands={['once', 'pad-digits']}>
      <h1>{w.title}</h1>
      <RefundParts {...props} />
      <p className="actions">
        <a className="button quiet" href="/my-card">
          {w.back}
        </a>
      </p>
    </Page>
  )
}

/** What there is to do about refunds: how each stands, and asking. */
export function RefundParts({ standing, refused }: RefundPageProps) {
  const w = useWords(pageWords)
  const issuer = useSaid(standing.issuer)
  const underWay = standing.cards.filter(card => card.case && card.case.stage !== 'withdrawn')
  const open = standing.cards.filter(card => card.mayAsk)
  const withdrawn = standing.cards.some(card => card.case?.stage === 'withdrawn')
  const cannot = standing.cards.filter(card => !card.mayAsk && !card.case)
  return (
    <>
      {refused && (
        <Notice tone="no" title={w.fixFirst} urgent>
          <p>{refused.field ? <a href={`#${refused.field}`}>{refused.message}</a> : refused.message}</p>
        </Notice>
      )}
      {underWay.map(card => (
        <UnderWay key={card.cardId} card={card} standing={standing} refused={refused} />
      ))}
      {withdrawn && underWay.length === 0 && (
        <Lead tone="info">{w.lead.withdrawn({ issuer, by: '', on: '', amount: '', left: false })}</Lead>
      )}
      {open.length > 0 && <Asking standing={standing} open={open} refused={refused} />}
      {open.length === 0 && underWay.length === 0 && (
        <EmptyState title={w.none}>{cannot[0]?.whyNot?.message ?? w.noneNext}</EmptyState>
      )}
      {(open.length > 0 || underWay.length > 0) && cannot.length > 0 && <Cannot cards={cannot} />}
    </>
  )
}

function CardName({ card }: { card: RefundCard }) {
  const w = useWords(pageWords)
  return (
    <>
      {sayAlone(useSaid(card.edition))}
      {card.ending && ` ${w.ending(card.ending)}`}
    </>
  )
}

function Asking({
  standing,
  open,
  refused,
}: {
  standing: RefundStanding
  open: RefundCard[]
  refused: RefusedForm | null
}) {
  const w = useWords(pageWords)
  const issuer = useSaid(standing.issuer)
  const first = refused?.typed.cardId ?? String(open[0]!.cardId)
  const spendable = open.some(({ why }) => why !== 'lost')
  return (
    <>
      <p>{spaced(w.about(issuer, standing.workingDays))}</p>
      {spendable && (
        <Notice tone="info" title={w.keepTitle}>
          <p>{w.keep}</p>
        </Notice>
      )}
      {spendable && standing.passes.length > 0 && (
        <Notice tone="warn" title={w.passTitle}>
          {standing.passes.map(pass => (
            <p key={pass.name}>
              {spaced(w.pass(pass.name))} {pass.advice}
            </p>
          ))}
        </Notice>
      )}
      <HolderForm to="/refund" noValidate>
        <fieldset>
          <legend>{w.which}</legend>
          {open.map(card => (
            <label key={card.cardId}>
              <input
                type="radio"
                name="cardId"
                value={card.cardId}
                defaultChecked={String(card.cardId) === first}
              />
              <span>
                <CardName card={card} />
                {card.why && <small> {w.why[card.why]}</small>}
              </span>
            </label>
          ))}
        </fieldset>
        <DestinationFields standing={standing} card={open[0]!} refused={refused} />
        <p>{w.beforeAsk}</p>
        <p className="actions">
          <button type="submit">{w.ask}</button>
        </p>
      </HolderForm>
    </>
  )
}

const tones: Record<RefundStage, Tone> = {
  asked: 'wait',
  sent: 'wait',
  received: 'wait',
  paid: 'yes',
  refused: 'warn',
  closed: 'no',
  withdrawn: 'info',
}

/** The one sentence that is true of a case now. */
function useSentence(of: RefundCase, issuer: string): string {
  const w = useWords(pageWords)
  const shell = useShell()
  const day = (on: string | null) => (on ? sayDate(on, shell) : '')
  const by = day(of.promisedBy ?? of.expectedBy)
  if (of.late) return spaced(w.lateLead(issuer, by))
  const amount = of.paid?.said ?? ''
  const left = (of.paid?.amount ?? 0) > 0
  return spaced(w.lead[of.stage]({ issuer, by, on: day(of.paid?.on ?? null), amount, left }))
}

function UnderWay({
  card,
  standing,
  refused,
}: {
  card: RefundCard
  standing: RefundStanding
  refused: RefusedForm | null
}) {
  const w = useWords(pageWords)
  const shell = useShell()
  const issuer = useSaid(standing.issuer)
  const of = card.case!
  const sentence = useSentence(of, issuer)
  const withIssuer = of.stage === 'sent' || of.stage === 'received'
  return (
    <section aria-label={w.track}>
      <Lead tone={of.late ? 'warn' : tones[of.stage]}>{sentence}</Lead>
      {of.issuerSaid && (
        <Notice tone="warn">
          <p>{of.issuerSaid.message}</p>
        </Notice>
      )}
      {of.paid && of.paid.amount < 0 && <p>{w.less(of.paid.said)}</p>}
      <Panel title={w.track}>
        {of.late && (
          <p>
            <Verdict tone="warn" word={w.late} />
          </p>
        )}
        <Track
          label={w.track}
          steps={of.steps.map(({ step, state, on }) => {
            const by = step === 'paid' && !on ? (of.promisedBy ?? of.expectedBy) : null
            const settled = step === 'paid' && of.paid !== null && of.paid.amount <= 0
            return {
              label: settled ? w.nothingPaid : state === 'done' ? w.steps[step] : w.ahead[step],
              state,
              ...(on ? { when: <time dateTime={on}>{sayDate(on, shell)}</time> } : {}),
              ...(by ? { when: <time dateTime={by}>{w.latest(sayDate(by, shell))}</time> } : {}),
              ...(state === 'failed' ? { note: w.failed } : {}),
            }
          })}
        />
        <Facts
          facts={[
            { name: w.card, value: <CardName card={card} /> },
            { name: w.reason, value: w.why[of.why] },
            ...(of.to ? [{ name: w.to, value: `${of.way === 'bank' ? w.bank : w.mail} ${of.to}` }] : []),
          ]}
        />
        {of.stage !== 'paid' && <Fees standing={standing} card={card} way={of.way} />}
        {withIssuer && of.why !== 'lost' && <p>{w.doNotSpend}</p>}
      </Panel>
      {of.mayChange && (
        <details open={of.stage === 'refused' || refused !== null}>
          <summary>{of.stage === 'refused' ? w.changeAgain : w.change}</summary>
          <HolderForm to="/refund/change" noValidate>
            <input type="hidden" name="cardId" value={card.cardId} />
            <DestinationFields standing={standing} card={card} refused={refused} />
            <p className="actions">
              <button type="submit">{of.stage === 'refused' ? w.changeAgain : w.change}</button>
            </p>
          </HolderForm>
        </details>
      )}
      {of.mayWithdraw && (
        <HolderForm to="/refund/withdraw">
          <input type="hidden" name="cardId" value={card.cardId} />
          <p>{w.withdrawAbout}</p>
          <p className="actions">
            <button type="submit" className="quiet">
              {w.withdraw}
            </button>
          </p>
        </HolderForm>
      )}
    </section>
  )
}

function Cannot({ cards }: { cards: RefundCard[] }) {
  const w = useWords(pageWords)
  return (
    <details>
      <summary>{w.cannot}</summary>
      <ul>
        {cards.map(card => (
          <li key={card.cardId}>
            <CardName card={card} /> <small>{card.whyNot?.message}</small>
          </li>
        ))}
      </ul>
    </details>
  )
}
