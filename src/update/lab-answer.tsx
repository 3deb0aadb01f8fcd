import { inBrackets } from '../lib/both.ts'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { EmptyState, Panel } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount } from '../web/when.ts'
import { DoorsSaid } from './doors-said.tsx'
import type { Lab } from './number-lab-shapes.ts'
import { labWords } from './number-lab-words.ts'
import { surveyWords } from './survey-words.ts'

/** Everything that a number can be: the card first, then what controllers hold, then how it may be read. */
export function LabAnswer({ lab }: { lab: Lab }) {
  const w = useWords(labWords)
  return (
    <>
      <Panel title={w.cards}>
        {lab.cards.length === 0 && <EmptyState title={w.noCards}>{w.noCardsNext}</EmptyState>}
        {lab.cards.map(card => (
          <LabCard key={card.cardId} card={card} />
        ))}
        {lab.more && <p className="dim">{w.more}</p>}
      </Panel>
      <Panel title={w.controllers}>
        {lab.onControllers.length === 0 ? (
          <EmptyState title={w.nothingThere}>{w.nothingThereNext}</EmptyState>
        ) : (
          <Places places={lab.onControllers} />
        )}
      </Panel>
      <Panel title={w.readings}>
        <Readings lab={lab} />
      </Panel>
      <Panel title={w.taken}>
        {lab.taken.map(taken => (
          <section key={taken.as} aria-label={w.as[taken.as]}>
            <h3>{w.as[taken.as]}</h3>
            <Facts
              facts={[
                { name: w.decimal, value: <span className="figures">{taken.decimal}</span> },
                { name: w.hex, value: <span className="figures">{taken.hex}</span> },
                {
                  name: w.reversed,
                  value: <span className="figures">{`${taken.reversedHex} ${taken.reversedDecimal}`}</span>,
                },
                { name: w.w26, value: w.w26Of(taken.facility, taken.inFacility) },
              ]}
            />
          </section>
        ))}
      </Panel>
    </>
  )
}

function LabCard({ card }: { card: Lab['cards'][number] }) {
  const w = useWords(labWords)
  const { language } = useShell()
  const { person, retired, lost } = card
  return (
    <section className="ask-card" aria-label={`${card.edition} ${card.chip}`}>
      <h3 className="figures">{card.chip}</h3>
      <p>
        <Verdict
          tone={retired || lost ? 'no' : 'yes'}
          word={`${card.edition}${language === 'en' ? ', ' : '，'}${retired ? w.retired : lost ? w.lost : w.live}`}
        />
      </p>
      <Facts
        facts={[
          { name: w.holder, value: person ? `${person.studentNumber} ${person.name[language]}` : w.blank },
          {
            name: w.readAs,
            value: (
              <ul className="ask-plain">
                {card.readAs.length === 0 && <li>{w.printed}</li>}
                {card.readAs.map(({ format, name }) => (
                  <li key={format}>
                    <span className="figures">{format}</span> <small className="dim">{name}</small>
                  </li>
                ))}
              </ul>
            ),
          },
          {
            name: w.sends,
            value: (
              <ul className="ask-plain">
                {card.sends.map(({ format, name, number, controllers }) => (
                  <li key={format}>
                    <span className="figures">{number ?? w.cannot}</span>{' '}
                    <small className="dim">
                      {name}
                      {language === 'en' ? ', ' : '，'}
                      {w.sendsTo(controllers)}
                    </small>
                  </li>
                ))}
              </ul>
            ),
          },
          ...(card.shares24Bits.length > 0
            ? [
                {
                  name: w.shares,
                  value: (
                    <ul className="ask-plain">
                      {card.shares24Bits.map(other => (
                        <li key={other.cardId}>
                          <Verdict
                            tone="warn"
                            word={`${other.chip} ${other.person?.studentNumber ?? w.blank}${other.retired ? inBrackets(w.retired, language) : ''}`}
                          />
                        </li>
                      ))}
                    </ul>
                  ),
                },
              ]
            : []),
        ]}
      />
    </section>
  )
}

function Places({ places }: { places: Lab['onControllers'] }) {
  const w = useWords(labWords)
  const standings = useWords(surveyWords).standing
  const { language } = useShell()
  return (
    <ListTable
      columns={[w.building, w.number, w.doors, w.days]}
      rows={places.map(place => ({
        key: `${place.controllerId} ${place.number} ${place.by}`,
        cells: [
          <span key="building">
            {place.building[language]} <small className="dim">{place.controllerId}</small>
          </span>,
          <span key="number">
            {place.number}{' '}
            <small className="dim">
              {w.by[place.by]} <When at={place.at} /> {place.standing && standings[place.standing]}
            </small>
          </span>,
          <DoorsSaid key="doors" doors={place.doors} />,
          w.until(place.from, place.to),
        ],
      }))}
    />
  )
}

function Readings({ lab }: { lab: Lab }) {
  const w = useWords(labWords)
  const { language } = useShell()
  return (
    <ListTable
      columns={[w.format, w.chip, w.cardsInIt]}
      rows={[
        ...lab.readings.map(({ format, name, patterns, whole, inUse, cards }) => ({
          key: format,
          cells: [
            <span key="format">
              {format} <small className="dim">{name}</small>
              {inUse && <strong> {w.inUse}</strong>}
            </span>,
            <span key="chip">
              {patterns.map(pattern => (
                <div key={pattern}>{pattern}</div>
              ))}
              {!whole && <small className="dim">{w.part}</small>}
            </span>,
            sayCount(cards, language),
          ],
        })),
        ...lab.unfit.map(({ format, name, message }) => ({
          key: format,
          cells: [
            <span key="format">
              {format} <small className="dim">{name}</small>
            </span>,
            <Verdict key="unfit" tone="no" word={w.unfit} />,
            message,
          ],
        })),
      ]}
    />
  )
}
