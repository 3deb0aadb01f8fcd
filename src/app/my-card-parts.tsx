import { words as proxyWords } from '../proxy/words.ts'
import { Notice } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDate, sayDated, sayWhen } from '../web/when.ts'
import type { NextStep } from './card-story.ts'
import type { MyCard } from './my-card-shape.ts'
import { words } from './student-words.ts'

/** Hidden, and shown by what keeps the page on the phone where no answer came: of when it is, and what was not answered. */
export function WithoutSignal({ now }: { now: string }) {
  const w = useWords(words)
  const shell = useShell()
  return (
    <>
      <div data-offline="" hidden>
        <Notice tone="warn" title={w.offline(sayDated(now, shell))}>
          <p>{w.offlineAbout}</p>
        </Notice>
      </div>
      <div data-unsent="" hidden>
        <Notice tone="warn" title={w.unsent} urgent>
          <p>{w.unsentAbout}</p>
        </Notice>
      </div>
    </>
  )
}

const nextActs: Partial<
  Record<NextStep, { href: string; says: 'resumeAct' | 'reissueAct' | 'payAct' | 'foundAct' }[]>
> = {
  resume: [{ href: '/my-card/loss', says: 'resumeAct' }],
  'find-or-apply': [
    { href: '/my-card/loss', says: 'foundAct' },
    { href: '/my-card/reissue', says: 'reissueAct' },
  ],
  'apply-reissue': [{ href: '/my-card/reissue', says: 'reissueAct' }],
  'pay-reissue': [{ href: '/my-card/reissue', says: 'payAct' }],
}

/** The one button of what is to be done next, where that is on a page of its own. */
export function NextAct({ card }: { card: MyCard }) {
  const w = useWords(words)
  const acts = nextActs[card.next] ?? []
  if (acts.length === 0) return null
  return (
    <p className="actions">
      {acts.map(({ href, says }, at) => (
        <a key={href} className={at === 0 ? 'button' : 'button quiet'} href={href}>
          {w[says]}
        </a>
      ))}
    </p>
  )
}

/** When the issuer of the stored value is told of a lost card, or was. */
export function StoredValue({ lost }: { lost: NonNullable<MyCard['lost']> }) {
  const w = useWords(words)
  const shell = useShell()
  const issuer = lost.issuer[shell.language]
  const { sentAt, sendAt } = lost
  return (
    <Notice tone="warn" title={w.storedValue}>
      <p>
        {sentAt
          ? w.issuerTold(issuer, sayWhen(sentAt, shell))
          : w.issuerWillBe(issuer, sayWhen(sendAt, shell))}
      </p>
      <p>
        <a href="/my-card/loss">{w.lossMore}</a>
      </p>
    </Notice>
  )
}

/** The old card's campus access is paused while the page tells of the new one. */
export function OldPaused({ since }: { since: string }) {
  const w = useWords(words)
  const shell = useShell()
  return (
    <Notice tone="warn" title={w.oldPaused(sayWhen(since, shell))}>
      <p>
        <a href="/my-card/loss">{w.lostLink}</a>
      </p>
    </Notice>
  )
}

/** A card that was lent: until when it opens doors, and that it is to be brought back. */
export function Lent({ lastDay }: { lastDay: string }) {
  const w = useWords(words)
  const shell = useShell()
  return (
    <Notice tone="info" title={w.lent(sayDate(lastDay, shell))}>
      <p>{w.lentAbout}</p>
    </Notice>
  )
}

/** Who collects for the holder, or did; and the way to name somebody where a card lies ready. */
export function ByProxy({ card }: { card: MyCard }) {
  const w = useWords(proxyWords)
  const shell = useShell()
  const { proxy } = card
  if (proxy?.collectedAt)
    return card.next === 'activate' ? (
      <Notice tone="info" title={w.onMyCardCollected(proxy.name, sayWhen(proxy.collectedAt, shell))}>
        <p>{w.collectedNext}</p>
      </Notice>
    ) : null
  if (proxy?.lastDay)
    return (
      <Notice tone="info" title={w.onMyCardLive(proxy.name, sayDate(proxy.lastDay, shell))}>
        <p>
          <a href="/my-card/proxy">{w.onMyCardLiveMore}</a>
        </p>
      </Notice>
    )
  return card.mayNameProxy ? (
    <p>
      <a href="/my-card/proxy">{w.onMyCard}</a>
    </p>
  ) : null
}

/** The other things that can be done of one's cards, each on its own page; and what one was told. */
export function OtherWays({ card, hasDates }: { card: MyCard; hasDates: boolean }) {
  const w = useWords(words)
  const hasCard = card.newCard?.collectedAt || card.representative || card.oldCard
  const hasLeft = card.story === 'left'
  const ways = [
    // Who has left finds there whom to call.
    ...(hasCard ? [{ href: '/my-card/loss', says: w.lostLink }] : []),
    ...(hasCard && !hasLeft ? [{ href: '/my-card/reissue', says: w.reissueLink }] : []),
    ...(hasDates ? [{ href: '/my-card/calendar.ics', says: w.calendarLink }] : []),
    ...(hasCard ? [{ href: '/my-card/refund', says: w.refundLink }] : []),
    ...(card.oldCard && !hasLeft ? [{ href: '/my-card/extras', says: w.extrasLink }] : []),
    { href: '/my-card/messages', says: w.messagesLink },
    { href: '/my-card/looks', says: w.looksLink },
  ]
  return (
    <nav aria-label={w.otherWays}>
      <h2>{w.otherWays}</h2>
      <ul className="ways-on">
        {ways.map(({ href, says }) => (
          <li key={href}>
            <a href={href}>{says}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
