import type { ReactNode } from 'react'
import { sayAlone } from '../lib/say.ts'
import { HolderForm, useAtDesk } from '../web/acting.tsx'
import { Facts } from '../web/facts.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { Phones } from '../web/phones.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import type { Missing, MissingCard } from './missing-shape.ts'
import { missingWords } from './missing-words.ts'
import { type LossCosts, WholeCost } from './whole-cost.tsx'
import { words } from './words.ts'

/** What there is to do about a person's cards when one is missing. */
export interface MissingCardsProps {
  missing: Missing
  costs: LossCosts
  /** Where questions are answered. */
  askAt: string
  /** Why nothing can be reported here any more, for who has left. */
  left: string | null
}

/** Each card with its two switches, or how its loss report stands. */
export function MissingCards({
  refused,
  ...props
}: MissingCardsProps & {
  /** The page says above why something was refused just now. */
  refused: boolean
}) {
  const w = useWords(missingWords)
  const { missing, costs, askAt, left } = props
  return (
    <>
      {!left && missing.cards.some(card => card.loss === null) && <p>{w.about}</p>}
      {missing.cards.map(card => (
        <OneCard key={card.cardId} {...{ card, missing, costs, askAt, left: left !== null, refused }} />
      ))}
      {left && (
        <Notice tone="warn" title={w.leftTitle}>
          <p>{left}</p>
          <IssuerPhones missing={missing} />
        </Notice>
      )}
      <p>{w.doors}</p>
    </>
  )
}

function IssuerPhones({ missing: { issuer } }: { missing: Missing }) {
  const w = useWords(missingWords)
  const { language } = useShell()
  if (issuer.phones.length === 0) return null
  return (
    <p>
      {w.callIssuer(issuer.name[language])}
      <strong>
        <Phones numbers={issuer.phones} />
      </strong>
    </p>
  )
}

/** A form that sends one card's id, and its button. */
function CardForm({
  to,
  card,
  danger,
  children,
}: {
  to: string
  card: MissingCard
  danger?: boolean
  children: ReactNode
}) {
  return (
    <HolderForm to={to} className="actions">
      <input type="hidden" name="cardId" value={card.cardId} />
      <button type="submit" className={danger ? 'danger' : undefined}>
        {children}
      </button>
    </HolderForm>
  )
}

function OneCard(props: {
  card: MissingCard
  missing: Missing
  costs: LossCosts
  askAt: string
  left: boolean
  /** The page says above why something was refused just now. */
  refused: boolean
}) {
  const { card, missing, costs, askAt, left, refused } = props
  return (
    <>
      <h2>
        <CardName card={card} />
      </h2>
      {card.loss ? (
        <Reported {...{ card, loss: card.loss, missing, refused }} />
      ) : (
        <>
          <Pausing card={card} askAt={askAt} />
          {!left && <Reporting card={card} missing={missing} costs={costs} />}
        </>
      )}
    </>
  )
}

function CardName({ card }: { card: MissingCard }) {
  const w = useWords(missingWords)
  const { language } = useShell()
  return (
    <>
      {sayAlone(card.edition[language])} {card.ending && <small>{w.ending(card.ending)}</small>}
    </>
  )
}

function Pausing({ card, askAt }: { card: MissingCard; askAt: string }) {
  const w = useWords(missingWords)
  const shell = useShell()
  // At a desk it is resumed however often it was.
  const atDesk = useAtDesk()
  if (!card.inUse) return <p>{w.nothingToPause}</p>
  if (card.pausedSince === null)
    return (
      <Panel title={w.pauseTitle}>
        <p>{w.pauseText}</p>
        <CardForm to="/pause" card={card}>
          {w.pause}
        </CardForm>
      </Panel>
    )
  return (
    <Notice tone="wait" title={w.pausedSince(sayWhen(card.pausedSince, shell))}>
      <p>{w.pausedText}</p>
      {atDesk || card.resumesLeft > 0 ? (
        <>
          {!atDesk && <p>{w.resumesLeft(card.resumesLeft)}</p>}
          <CardForm to="/resume" card={card}>
            {w.resume}
          </CardForm>
        </>
      ) : (
        <p>{w.noResumes(askAt)}</p>
      )}
    </Notice>
  )
}

function Reporting({ card, missing, costs }: { card: MissingCard; missing: Missing; costs: LossCosts }) {
  const w = useWords(missingWords)
  const shell = useShell()
  const { nextSending, putOffTimes } = missing
  const atOnce = nextSending === missing.now
  return (
    <Notice tone="no" title={w.lossTitle}>
      <p>{w.lossText(missing.issuer.name[shell.language])}</p>
      <WholeCost card={card} missing={missing} costs={costs} sendAt={nextSending} />
      {!card.purseLocked && <IssuerPhones missing={missing} />}
      <HolderForm method="get" to="/loss/report">
        <input type="hidden" name="card" value={card.cardId} />
        {putOffTimes.length > 0 && !card.purseLocked && (
          <fieldset>
            <legend>{w.when}</legend>
            <label>
              <input type="radio" name="when" value="now" defaultChecked />
              <span>{atOnce ? w.nowAtOnce : w.now(sayWhen(nextSending, shell))}</span>
            </label>
            <label>
              <input type="radio" name="when" value="later" />
              <span>{w.later}</span>
            </label>
            <select name="sendAt" aria-label={w.laterTime}>
              {putOffTimes.map(at => (
                <option key={at} value={at}>
                  {sayWhen(at, shell)}
                </option>
              ))}
            </select>
          </fieldset>
        )}
        <p className="actions">
          <button type="submit" className="danger quiet">
            {w.goOn}
          </button>
        </p>
      </HolderForm>
    </Notice>
  )
}

/** A card that was reported lost: where the report is, who bears what until when, and what finding it brings. */
function Reported({
  card,
  loss,
  missing,
  refused,
}: {
  card: MissingCard
  loss: NonNullable<MissingCard['loss']>
  missing: Missing
  refused: boolean
}) {
  const w = useWords(missingWords)
  const shell = useShell()
  const said = (at: string) => sayWhen(at, shell)
  const { issuer } = missing
  const steps = [
    loss.sentAt === null ? w.leavesAt(said(loss.sendAt)) : w.wasSentAt(said(loss.sentAt)),
    ...(loss.receivedAt ? [w.receivedAt(said(loss.receivedAt))] : []),
  ]
  const risk = loss.riskUntil ? w.riskUntil(said(loss.riskUntil)) : w.riskNotStarted(issuer.riskHours)
  return (
    <>
      <Notice tone="no" title={w.reportedAt(said(loss.at))}>
        {loss.oldCardGoesOn && <p>{w.oldGoesOn}</p>}
        <Facts
          facts={[
            { name: w.sent, value: steps.join(shell.language === 'en' ? '. ' : '；') },
            ...(loss.refusedBecause ? [] : [{ name: w.risk, value: risk }]),
          ]}
        />
        {loss.refusedBecause && (
          <p>
            {w.issuerRefused(loss.refusedBecause, issuer.name[shell.language])}
            <strong>
              <Phones numbers={issuer.phones} />
            </strong>
          </p>
        )}
      </Notice>
      {loss.found === 'withdraws' && (
        <Panel title={w.foundTitle}>
          <p>{w.withdrawText(said(loss.sendAt))}</p>
          <CardForm to="/loss/withdrawal" card={card}>
            {w.withdraw}
          </CardForm>
        </Panel>
      )}
      {loss.found === 'restores-campus-access' && (
        <Panel title={w.foundTitle}>
          <p>{w.foundText}</p>
          <CardForm to="/found" card={card}>
            {w.found}
          </CardForm>
        </Panel>
      )}
      {!refused && (loss.found === 'replacement-produced' || loss.found === 'never-restored') && (
        <Panel title={w.foundTitle}>
          <p>{words[shell.language].refusal[loss.found]()}</p>
        </Panel>
      )}
    </>
  )
}
