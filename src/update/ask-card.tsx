import { Facts } from '../web/facts.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { sayDate, sayWhen } from '../web/when.ts'
import { askWords } from './ask-words.ts'
import { Causes } from './history-parts.tsx'
import type { CardAtDoorReply } from './why-shapes.ts'
import { answerWords } from './why-words.ts'

type Reason = CardAtDoorReply['reason']

const waits: readonly Reason[] = [
  'window-to-come',
  'window-running',
  'not-verified',
  'not-activated',
  'no-card',
  'days-not-begun',
]
const mind: readonly Reason[] = [
  'not-decided',
  'held-back',
  'silent',
  'full',
  'taken',
  'rejected',
  'not-confirmed',
  'clock-unset',
  'grant-stays-behind',
  'no-number',
]

/** How a reason stands: it opens, it only waits, somebody must look, or it is refused as it should be. */
export function toneOf(reason: Reason): Tone {
  if (reason === 'opens') return 'yes'
  if (waits.includes(reason)) return 'wait'
  return mind.includes(reason) ? 'warn' : 'no'
}

/** One card at one door: its sentence, what is decided, what the controller confirmed and answered, and its numbers. */
export function AskedCard({ card, speaks }: { card: CardAtDoorReply; speaks: boolean }) {
  const w = useWords(askWords)
  const shell = useShell()
  const when = (at: string) => sayWhen(at, shell)
  const { should, did, answer } = card
  const name = w.card(card.edition, card.chip)
  return (
    <section className="ask-card" aria-label={name}>
      <h3>
        {name} {speaks && <small className="dim">{w.speaks}</small>}
      </h3>
      {!speaks && (
        <p>
          <Verdict tone={toneOf(card.reason)} word={card.message} />
        </p>
      )}
      <Facts
        facts={[
          {
            name: w.decided,
            value:
              should === null ? (
                w.undecided
              ) : (
                <>
                  {should.opens ? w.opens : w.closed}
                  <br />
                  <small className="dim">
                    {w.carried(when(should.carriedBy), should.due)}
                    <br />
                    {w.days(sayDate(should.from, shell), sayDate(should.to, shell))}
                  </small>
                </>
              ),
          },
          ...(should && should.because.length > 0
            ? [{ name: w.because, value: <Causes because={should.because} /> }]
            : []),
          {
            name: w.confirmed,
            value:
              did === null ? (
                w.notConfirmed
              ) : (
                <>
                  {did.opens ? w.opens : w.closed}
                  <br />
                  <small className="dim">
                    {w.confirmedAt(when(did.confirmedAt))}
                    <br />
                    {did.verifiedAt === null ? w.notVerified : w.verifiedAt(when(did.verifiedAt))}
                  </small>
                </>
              ),
          },
          ...(answer
            ? [
                {
                  name: w.answer,
                  value: `${answerWords[answer.answer][shell.language]} ${w.since(when(answer.since))}`,
                },
              ]
            : []),
          {
            name: w.numbers,
            value: (
              <ul className="ask-plain">
                {card.numbers.map(({ format, name: formatName, number, here }) => (
                  <li key={format}>
                    <span className="figures">{number}</span> <small className="dim">{formatName}</small>
                    {here && <strong> {w.here}</strong>}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </section>
  )
}
