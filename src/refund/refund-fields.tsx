import { Field } from '../web/field.tsx'
import { useSaid, useWords } from '../web/surroundings.tsx'
import { type DestinationField, digitsOf } from './destination.ts'
import { pageWords } from './page-words.ts'
import type { RefusedForm } from './refund-page.tsx'
import type { RefundCard, RefundStanding } from './standing.ts'

type Way = RefundStanding['ways'][number]

const fieldsOf = (way: Way, { bankAccount }: RefundStanding): DestinationField[] => {
  if (way === 'registered-mail') return ['address']
  return bankAccount === 'iban' ? ['iban'] : ['bank', 'branch', 'account']
}

/** What the issuer takes off for a way of paying, by the fees of today. */
export function Fees({ standing, card, way }: { standing: RefundStanding; card: RefundCard; way: Way }) {
  const w = useWords(pageWords)
  const issuer = useSaid(standing.issuer)
  const fees = card.fees.filter(fee => fee.way === way && fee.amount > 0)
  const said = fees.map(({ purpose, said: amount }) => w.fees[purpose as keyof typeof w.fees](amount))
  return (
    <p className="final-note">
      {w.takenOff(issuer)}
      {said.length > 0 ? said.join(w.between) : w.free}
    </p>
  )
}

/** Where the money is to go: the way, and the fields of that way. The others are hidden by the style sheet alone. */
export function DestinationFields({
  standing,
  card,
  refused,
}: {
  standing: RefundStanding
  card: RefundCard
  refused: RefusedForm | null
}) {
  const w = useWords(pageWords)
  const chosen = refused?.typed.way ?? card.case?.way ?? standing.ways[0]
  const both = standing.ways.length > 1
  return (
    <fieldset>
      <legend>{w.how}</legend>
      {standing.ways.map(way => (
        <div key={way} className="refund-way">
          <label>
            <input type="radio" name="way" value={way} defaultChecked={way === chosen} />
            <span>{way === 'bank' ? w.bank : w.mail}</span>
          </label>
          <div className="refund-fields">
            <Fees standing={standing} card={card} way={way} />
            {way === 'bank' && both && standing.bankAccount === 'taiwan' && (
              <p className="final-note">{w.noAccount}</p>
            )}
            {fieldsOf(way, standing).map(field => (
              <OneField key={field} field={field} refused={refused} />
            ))}
          </div>
        </div>
      ))}
      <p className="final-note">{w.kept}</p>
    </fieldset>
  )
}

function OneField({ field, refused }: { field: DestinationField; refused: RefusedForm | null }) {
  const w = useWords(pageWords)
  const numbered = field in digitsOf ? digitsOf[field as keyof typeof digitsOf] : null
  const wrong = refused?.field === field
  return (
    <Field
      name={field}
      label={w.labels[field]}
      hint={w.hints[field]}
      error={wrong ? refused.message : null}
      defaultValue={refused?.typed[field] ?? ''}
      inputMode={numbered ? 'numeric' : 'text'}
      autoComplete={field === 'address' ? 'street-address' : 'off'}
      maxLength={field === 'address' ? 400 : 60}
      autoFocus={wrong}
      required
      {...(numbered ? { 'data-least': numbered.least, 'data-most': numbered.most } : {})}
    />
  )
}
