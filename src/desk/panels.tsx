import { useEffect, useRef } from 'react'
import { Notice } from '../web/panel.tsx'
import { StudentCard } from '../web/student-card.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { ViewReply } from './api.ts'
import { deskWords } from './screen-words.ts'

/** A head and shoulders, where no photo is kept. */
const NoPhoto = ({ said }: { said: string }) => (
  <svg className="desk-photo" viewBox="0 0 96 120" role="img" aria-label={said}>
    <rect width="96" height="120" rx="8" />
    <circle cx="48" cy="46" r="20" />
    <path d="M10 120a38 40 0 0 1 76 0z" />
  </svg>
)

/** The face to compare, as large as the panel has room; one that is old is said to be. */
function Photo({ person: { photo, name } }: { person: NonNullable<ViewReply['person']> }) {
  const w = useWords(deskWords)
  const { language } = useShell()
  if (photo === null) return <NoPhoto said={w.noPhoto} />
  return (
    <figure className="desk-photo">
      <img src={`/api/v1/photos/${photo.id}/picture`} alt={w.photoOf(name[language])} />
      {photo.old && (
        <figcaption>
          <Verdict tone="warn" word={w.oldPhoto(photo.takenInOn.slice(0, 4))} />
        </figcaption>
      )}
    </figure>
  )
}

/** The person who stands there: who it is, whether they may collect, in which box the card lies. */
export function PersonPanel({ view }: { view: ViewReply | null }) {
  const w = useWords(deskWords)
  const { language } = useShell()
  const person = view?.person
  const panel = useRef<HTMLElement>(null)
  const studentNumber = person?.studentNumber
  useEffect(() => {
    // A new person is looked at first, wherever the page was scrolled to.
    if (studentNumber) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [studentNumber])
  if (!person)
    return (
      <section className="panel desk-person desk-empty" aria-label={w.person}>
        <NoPhoto said={w.noPerson} />
        <p className="desk-empty-title">{w.noPerson}</p>
        <p className="dim">{w.noPersonNext}</p>
      </section>
    )
  const { lies } = person
  return (
    <section className="panel desk-person" aria-label={w.person} ref={panel}>
      <div className="desk-who">
        <Photo person={person} />
        <div>
          <p className="desk-name" lang="zh-TW">
            {person.name['zh-TW']}
          </p>
          {person.name.en !== person.name['zh-TW'] && (
            <p className="desk-name-en" lang="en">
              {person.name.en}
            </p>
          )}
          <p className="desk-number figures">{person.studentNumber}</p>
          <p className="dim">
            {person.department[language]} · {person.site[language]}
          </p>
        </div>
      </div>
      {view.insteadOf && (
        <Notice tone="warn" title={w.insteadOf(view.insteadOf[language])}>
          <p>{w.insteadOfNext}</p>
        </Notice>
      )}
      {view.proxy && (
        <Notice tone="warn" title={`${w.proxy} · ${view.proxy.name}`}>
          <p>{w.proxyAbout}</p>
        </Notice>
      )}
      <div className={`desk-box ${lies?.here ? 'here' : ''}`}>
        {lies ? (
          <>
            <p>
              <span className="dim">{w.box}</span> <strong className="figures">{lies.box ?? '—'}</strong>
            </p>
            <p>
              <span className="dim">{w.counter}</span>{' '}
              {lies.here ? w.here : (lies.counter?.[language] ?? '—')}
            </p>
            <p>
              <span className="dim">{w.number}</span> <span className="figures">{lies.ending}</span>
            </p>
          </>
        ) : (
          <p className="dim">{w.nothingLies}</p>
        )}
      </div>
      {/* Why somebody cannot be served is said in the bar; on a small screen the bar has room for one language. */}
      {view.stop && (
        <p className="desk-say-narrow" lang={language === 'en' ? 'zh-TW' : 'en'}>
          {view.stop.message[language === 'en' ? 'zh-TW' : 'en']}
        </p>
      )}
      {view.stop === null && !view.proxy && (
        <div className="desk-say">
          <h2>{w.sayToStudent}</h2>
          <p lang={person.language}>{person.eligibility[person.language]}</p>
          {person.language !== language && (
            <p className="dim" lang={language}>
              {person.eligibility[language]}
            </p>
          )}
        </div>
      )}
    </section>
  )
}

/** The card that lies on the reader, drawn as it should look, so that a wrong one is seen. */
export function CardPart({ view }: { view: ViewReply | null }) {
  const w = useWords(deskWords)
  const { campusName } = useShell()
  const card = view?.card
  const person = view?.person
  if (!card) {
    const box = person?.lies?.here ? person.lies.box : null
    return (
      <div className="desk-card">
        <h2>{w.card}</h2>
        <Verdict tone="wait" word={w.noCard} />
        <p className="dim">{box ? w.takeFrom(box) : w.tapCard}</p>
      </div>
    )
  }
  return (
    <div className="desk-card">
      <h2>{w.card}</h2>
      <div className="desk-card-row">
        {person && card.madeForThem && (
          <StudentCard
            university={campusName}
            edition={{ name: card.edition, colour: '#0f4c81' }}
            holder={{ name: person.name, number: person.studentNumber, department: person.department }}
            ending={card.ending.slice(-4)}
          />
        )}
        <div>
          <Verdict tone={card.madeForThem ? 'yes' : 'warn'} word={card.madeForThem ? w.belongs : w.blank} />
          <p>
            <span className="dim">{w.number}</span> <span className="figures">{card.ending}</span>
          </p>
          <p className="dim">{w.compare}</p>
        </div>
      </div>
    </div>
  )
}
