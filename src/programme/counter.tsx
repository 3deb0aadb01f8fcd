import { Fragment, type ReactNode } from 'react'
import { When } from '../web/moment.tsx'
import { Phones } from '../web/phones.tsx'
import { useWords } from '../web/surroundings.tsx'
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

/** Opening times such as "09:00–12:00, 13:30–17:00", broken over lines only between two of them. */
export function Times({ said, children }: { said: string; children?: ReactNode }) {
  const spans = said.split(/(?<=、|, )/)
  return spans.map((span, at) => (
    <Fragment key={span}>
      <span className="whole">
        {span.trimEnd()}
        {at === spans.length - 1 && children}
      </span>
      {span.endsWith(' ') && ' '}
    </Fragment>
  ))
}

/** The way to a page of somebody else's that shows where a counter is; which page was left is not told there. */
export function MapLink({ counter: { map, name } }: { counter: Pick<CounterNow, 'map' | 'name'> }) {
  const w = useWords(words)
  if (map === null) return null
  return (
    <a href={map} rel="noreferrer">
      {w.mapLink}
      <span className="unseen"> {name}</span>
    </a>
  )
}

/** A counter: where it is, whether it is open now, its hours and phone. */
export function CounterCard({ counter }: { counter: CounterNow }) {
  const w = useWords(words)
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
        )}{' '}
        <MapLink counter={counter} />
      </p>
      <ul className="hours">
        {counter.hours.map((line, at) => (
          <li key={line.days}>
            <span>{line.days}</span>{' '}
            <Times said={line.times}>
              {at === counter.hours.length - 1 && counter.hoursUnconfirmed && <Unconfirmed />}
            </Times>
          </li>
        ))}
      </ul>
      {counter.phones.length > 0 && (
        <p className="counter-phone">
          {w.phone} <Phones numbers={counter.phones} />
        </p>
      )}
    </section>
  )
}
