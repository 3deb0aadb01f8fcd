import type { Heading } from '../lib/own-headings.ts'
import { ownHeadings } from '../lib/own-headings.ts'
import { Facts } from '../web/facts.tsx'
import { PostForm } from '../web/post-form.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDate, sayWhen } from '../web/when.ts'
import type { CorrectionShown } from './correction-shown.ts'
import { correctionWords } from './correction-words.ts'

const action = '/my-card/data/corrections'

export interface CorrectionsProps {
  /** What its reader asked for: what waits first, then the newest. */
  asked: readonly CorrectionShown[]
  /** Within how many days the office answers. */
  days: number
  /** What was just sent and not taken up, with why, in the reader's language; it stays in the form. */
  refused: { part: Heading; wrong: string; why: string } | null
}

/** What its reader asked to have corrected, and the form in which they ask. */
export function OwnCorrections({ asked, days, refused }: CorrectionsProps) {
  const w = useWords(correctionWords)
  return (
    <>
      <h3>{w.title}</h3>
      <p>{w.about(days)}</p>
      <Ask asked={asked} refused={refused} />
      {asked.length > 0 && (
        <>
          <h3>{w.asked}</h3>
          {asked.map(each => (
            <Asked key={each.id} of={each} />
          ))}
        </>
      )}
    </>
  )
}

function Asked({ of }: { of: CorrectionShown }) {
  const w = useWords(correctionWords)
  const shell = useShell()
  const { id, part, wrong, askedAt, dueOn, prolongedBecause, overdue, answer, answeredAt, reason } = of
  const heading = ownHeadings[part][shell.language]
  const due = sayDate(dueOn, shell)
  const waits = overdue ? w.overdue(due) : w.waits(due)
  return (
    <>
      <Facts
        facts={[
          { name: w.ofPart, value: heading },
          { name: w.said, value: wrong },
          { name: w.askedAt, value: sayWhen(askedAt, shell) },
          { name: w.state, value: answer === null ? waits : w.ended[answer] },
          ...(prolongedBecause === null ? [] : [{ name: w.longerBecause, value: prolongedBecause }]),
          ...(answeredAt === null ? [] : [{ name: w.answeredAt, value: sayWhen(answeredAt, shell) }]),
          ...(answer === null || reason === null ? [] : [{ name: w.reasonOf[answer], value: reason }]),
        ]}
      />
      {answer === null && (
        <PostForm action={`${action}/${id}/withdrawal`}>
          <p className="actions">
            <button type="submit" className="quiet" aria-label={w.takeBackOf(heading)}>
              {w.takeBack}
            </button>
          </p>
        </PostForm>
      )}
    </>
  )
}

function Ask({ asked, refused }: Omit<CorrectionsProps, 'days'>) {
  const w = useWords(correctionWords)
  const { language } = useShell()
  const waiting = asked.filter(({ answer }) => answer === null).map(({ part }) => part)
  const free = Object.entries(ownHeadings).filter(
    ([part]) => !waiting.includes(part as Heading) || part === refused?.part,
  )
  if (free.length === 0) return <p>{w.allOpen}</p>
  const told = refused ? 'wrong-hint wrong-error' : 'wrong-hint'
  return (
    <PostForm action={action}>
      <div className="field">
        <label htmlFor="part">{w.part}</label>
        <select id="part" name="part" required defaultValue={refused?.part ?? ''}>
          <option value="" disabled>
            {w.choosePart}
          </option>
          {free.map(([part, says]) => (
            <option key={part} value={part}>
              {says[language]}
            </option>
          ))}
        </select>
      </div>
      <div className={refused ? 'field wrong' : 'field'}>
        <label htmlFor="wrong">{w.wrong}</label>
        <p className="hint" id="wrong-hint">
          {w.wrongHint}
        </p>
        {refused && (
          <p className="error" id="wrong-error">
            {refused.why}
          </p>
        )}
        <textarea
          id="wrong"
          name="wrong"
          rows={4}
          required
          defaultValue={refused?.wrong}
          aria-describedby={told}
          aria-invalid={refused ? true : undefined}
        />
      </div>
      <p className="actions">
        <button type="submit">{w.ask}</button>
      </p>
    </PostForm>
  )
}
