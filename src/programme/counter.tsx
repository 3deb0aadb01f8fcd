import { sayList } from '../lib/say.ts'
import { When } from '../web/moment.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { CounterNow } from './notice.ts'
import { words } from './notice-words.ts'
import { Unconfirmed } from './pieces.tsx'

/** Whether a counter is open now, until when, or when it opens next. */
export function OpenNow({ counter }: { counter: CounterNow }) {
  const w = useWords(words)
  return (
    <span className="open-now">
      <Verdict tone={counter.open ? 'yes' : 'no'} word={counter.open ? w.open : w.closed} />{' '}
      <span className="open-detail">
        {counter.because && `${counter.because} · `}
        {counter.until && (
          <>
            {w.until} <When at={counter.until} />
          </>
        )}
        {counter.opensAt && (
          <>
            {w.opensAt} <When at={counter.opensAt} />
          </>
        )}
        {!counter.open && !counter.opensAt && w.noOpening}
      </span>
    </span>
  )
}

/** A counter: where it is, whether it is open now, its hours and phone. */
export function CounterCard({ counter }: { counter: CounterNow }) {
  const w = useWords(words)
  const { language } = useShell()
  return (
    <section className="counter">
      <h3>{counter.name}</h3>
      <p>
        <OpenNow counter={counter} />
      </p>
      <p className="counter-place">
        {counter.place}
        {counter.mapCode && (
          <span className="map-code">
            <span className="unseen">{w.map} </span>
            {counter.mapCode}
          </span>
        )}
      </p>
      <ul className="hours">
        {counter.hours.map((line, at) => (
          <li key={line.days}>
            <span>{line.days}</span> <span>{line.times}</span>
            {at === counter.hours.length - 1 && counter.hoursUnconfirmed && <Unconfirmed />}
          </li>
        ))}
      </ul>
      {counter.phones.length > 0 && (
        <p className="counter-phone">
          {w.phone} {sayList(counter.phones, language, 'or')}
        </p>
      )}
    </section>
  )
}
