import type { Check } from '../handover/present-rules.ts'
import { sayAlone } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { Facts } from '../web/facts.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import type { MyCard, OneCard } from './my-card-shape.ts'
import { words } from './present-words.ts'

/** A way to check who somebody is, said: the kind of document, or the document. */
export const sayCheck = ({ id, name, kind }: Check, oldCard: string, language: Language): string =>
  id === 'old-card' ? oldCard : sayAlone((kind ?? name)[language])

/** How the clerk checked who stands there; without a choice nothing is done. */
export function CheckedField({
  checks,
  chosen,
  error,
  about,
}: {
  checks: readonly Check[]
  chosen: string
  error: string | null
  about?: string
}) {
  const w = useWords(words)
  const { language } = useShell()
  return (
    <div className={error ? 'field wrong' : 'field'}>
      <label htmlFor="checked">{w.checked}</label>
      <p className="hint" id="checked-hint">
        {about && `${about} `}
        {w.checkedHint}
      </p>
      {error && (
        <p className="error" id="checked-error">
          {error}
        </p>
      )}
      <select
        id="checked"
        name="checked"
        required
        defaultValue={chosen}
        aria-describedby={error ? 'checked-hint checked-error' : 'checked-hint'}
        aria-invalid={error ? true : undefined}
      >
        <option value="">{w.choose}</option>
        {checks.map(check => (
          <option key={check.id} value={check.id}>
            {sayCheck(check, w.oldCard, language)}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The person's two cards, as far as the clerk needs to know which is which. */
export function TheirCards({ card }: { card: MyCard }) {
  const w = useWords(words)
  return (
    <Facts
      facts={[
        { name: w.newCard, value: <CardSaid card={card.newCard} isFetched={card.representative !== null} /> },
        { name: w.oldCardName, value: <CardSaid card={card.oldCard} /> },
      ]}
    />
  )
}

function CardSaid({ card, isFetched = false }: { card: OneCard | null; isFetched?: boolean }) {
  const w = useWords(words)
  const shell = useShell()
  if (card === null) return w.none
  const when = (at: string) => sayWhen(at, shell)
  const said = [
    ...(card.ending ? [w.ending(card.ending)] : []),
    card.collectedAt ? w.collectedAt(when(card.collectedAt)) : isFetched ? w.fetched : w.waits,
    ...(card.lostReportedAt
      ? [w.lostAt(when(card.lostReportedAt))]
      : card.accessEndsAt
        ? [w.accessEnds(when(card.accessEndsAt))]
        : []),
  ]
  return (
    <>
      {sayAlone(card.edition[shell.language])}
      <br />
      <small>{said.join(shell.language === 'en' ? ', ' : '，')}</small>
    </>
  )
}
