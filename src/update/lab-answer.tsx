import { Table } from '@mantine/core'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { EmptyState, Panel } from '../web/panel.tsx'
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
                            word={`${other.chip} ${other.person?.studentNumber ?? w.blank}${other.retired ? ` (${w.retired})` : ''}`}
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
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.building}</Table.Th>
            <Table.Th>{w.number}</Table.Th>
            <Table.Th>{w.doors}</Table.Th>
            <Table.Th>{w.days}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {places.map(place => (
            <Table.Tr key={`${place.controllerId} ${place.number} ${place.by}`}>
              <Table.Td>
                {place.building[language]} <small className="dim">{place.controllerId}</small>
              </Table.Td>
              <Table.Td>
                <span className="figures">{place.number}</span>{' '}
                <small className="dim">
                  {w.by[place.by]} <When at={place.at} /> {place.standing && standings[place.standing]}
                </small>
              </Table.Td>
              <Table.Td className="figures">
                <DoorsSaid doors={place.doors} />
              </Table.Td>
              <Table.Td className="figures">{w.until(place.from, place.to)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Readings({ lab }: { lab: Lab }) {
  const w = useWords(labWords)
  const { language } = useShell()
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.format}</Table.Th>
            <Table.Th>{w.chip}</Table.Th>
            <Table.Th>{w.cardsInIt}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lab.readings.map(({ format, name, patterns, whole, inUse, cards }) => (
            <Table.Tr key={format}>
              <Table.Td>
                <span className="figures">{format}</span> <small className="dim">{name}</small>
                {inUse && <strong> {w.inUse}</strong>}
              </Table.Td>
              <Table.Td className="figures">
                {patterns.map(pattern => (
                  <div key={pattern}>{pattern}</div>
                ))}
                {!whole && <small className="dim">{w.part}</small>}
              </Table.Td>
              <Table.Td className="figures">{sayCount(cards, language)}</Table.Td>
            </Table.Tr>
          ))}
          {lab.unfit.map(({ format, name, message }) => (
            <Table.Tr key={format}>
              <Table.Td>
                <span className="figures">{format}</span> <small className="dim">{name}</small>
              </Table.Td>
              <Table.Td>
                <Verdict tone="no" word={w.unfit} />
              </Table.Td>
              <Table.Td>{message}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
