import { HolderForm } from '../web/acting.tsx'
import { Facts } from '../web/facts.tsx'
import { Field } from '../web/field.tsx'
import { Day } from '../web/moment.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { words } from './page-words.ts'
import type { ReissuePageProps } from './reissue.tsx'
import type { ReissueOffer } from './standing.ts'

/** Applying: the whole cost and all dates first, then why, the photo, and the button. */
export function ApplyForm({ offer, counters, refusals, error }: ReissuePageProps & { offer: ReissueOffer }) {
  const w = useWords(words)
  const { language } = useShell()
  const { cardId, ending, cardEdition, edition, reasons, fee, feeSaid, lastDayToPay, ways } = offer
  const choosable = reasons.filter(({ refusal }) => refusal === null)
  const whyNot = [...new Set(reasons.flatMap(({ refusal }) => (refusal ? [refusal] : [])))]
  if (choosable.length === 0)
    return (
      <Notice tone="info" title={w.notNow}>
        {whyNot.map(refusal => (
          <p key={refusal}>{refusals[refusal]}</p>
        ))}
      </Notice>
    )
  return (
    <HolderForm to="/reissue">
      <Panel title={w.cost}>
        <Facts
          facts={[
            { name: w.card, value: w.forCard(cardEdition[language], ending) },
            { name: w.edition, value: edition?.[language] ?? '' },
            { name: w.fee, value: <strong>{fee === 0 ? w.free : feeSaid}</strong> },
            ...(fee !== 0 && lastDayToPay
              ? [
                  {
                    name: w.payUntil,
                    value: (
                      <>
                        <Day on={lastDayToPay} /> <small>{w.payUntilNote}</small>
                      </>
                    ),
                  },
                  { name: w.how, value: ways.map(way => w.ways[way]).join(w.and) },
                ]
              : []),
            { name: w.whenMade, value: w.whenMadeText },
            { name: w.collectAt, value: counters.map(counter => counter.name).join(w.and) },
          ]}
        />
      </Panel>
      <input type="hidden" name="cardId" value={cardId} />
      <fieldset>
        <legend>{w.why}</legend>
        {reasons.map(({ reason, refusal }) => (
          <label key={reason}>
            <input
              type="radio"
              name="reason"
              value={reason}
              required
              disabled={refusal !== null}
              defaultChecked={choosable.length === 1 && refusal === null}
            />
            <span>
              {w.reasons[reason]}
              {refusal && <small> {refusals[refusal]}</small>}
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{w.photo}</legend>
        <p className="hint" id="photo-hint">
          {w.photoFirst} <a href="/my-card/photo">{w.ownPhoto}</a>
        </p>
        {error?.field === 'photo' && (
          <p className="error" id="photo-error" role="alert">
            {error.text}
          </p>
        )}
        <label>
          <input
            type="checkbox"
            name="photoIsRight"
            value="yes"
            aria-describedby={error?.field === 'photo' ? 'photo-hint photo-error' : 'photo-hint'}
          />
          <span>{w.photoRight}</span>
        </label>
      </fieldset>
      {ways.includes('kiosk') && fee !== 0 && (
        <Field
          name="receipt"
          label={w.receiptIfPaid}
          hint={w.receiptLater}
          error={error?.field === 'receipt' ? error.text : null}
          autoComplete="off"
          maxLength={60}
        />
      )}
      <p className="final-note">{w.purse}</p>
      <p className="actions">
        <button type="submit">{fee === 0 || feeSaid === null ? w.apply : w.applyFor(feeSaid)}</button>
      </p>
    </HolderForm>
  )
}
