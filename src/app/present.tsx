import { ConfirmLossPage, type ConfirmLossProps } from '../loss/confirm-loss.tsx'
import { type Acting, ActingFor, ForWhom } from '../web/acting.tsx'
import { Field } from '../web/field.tsx'
import { Page } from '../web/layout.tsx'
import { When } from '../web/moment.tsx'
import { Lead, Notice } from '../web/panel.tsx'
import { PostForm } from '../web/post-form.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { DoorsList } from './doors-list.tsx'
import { tones } from './my-card.tsx'
import { words as story } from './my-card-words.ts'
import { NotDoneSaid, PresentActs } from './present-acts.tsx'
import { CheckedField, sayCheck, TheirCards } from './present-parts.tsx'
import type { FindPresentProps, PersonHere, PresentPart, PresentProps } from './present-shape.ts'
import { words } from './present-words.ts'
import { Switching } from './switching.tsx'

/** Where a clerk begins: who is here, and how that was checked. */
export function FindPresentPage({ checks, typed, refused }: FindPresentProps) {
  const w = useWords(words)
  const ofWho = refused === 'nobody-found' || refused === 'several-found'
  return (
    <Page title={w.title} islands={['once']}>
      <h1>{w.title}</h1>
      <p>{w.about}</p>
      <PostForm action="/staff/present/find">
        <Field
          name="who"
          label={w.who}
          hint={w.whoHint}
          error={ofWho ? w.refusal[refused] : null}
          defaultValue={typed.who}
          autoComplete="off"
          maxLength={200}
          required
          autoFocus={refused !== 'not-checked'}
        />
        <CheckedField
          checks={checks}
          chosen={typed.checked}
          error={refused === 'not-checked' ? w.refusal[refused] : null}
        />
        <p className="actions">
          <button type="submit">{w.find}</button>
        </p>
      </PostForm>
    </Page>
  )
}

/** The pages of this person at this desk, and what their forms tell. */
export function actingFor({ id, name, studentNumber, checked }: PersonHere, part?: PresentPart): Acting {
  const under = `/staff/present/${id}`
  const asked = new URLSearchParams({ ...(checked && { checked: checked.id }), ...(part && { part }) })
  return {
    under,
    at: null,
    told: checked ? { checked: checked.id } : {},
    backTo: `${under}?${asked}${part ? `#${part}` : ''}`,
    forWhom: <Present {...{ name, studentNumber, checked }} />,
  }
}

function Present({ name, studentNumber, checked }: Omit<PersonHere, 'id'>) {
  const w = useWords(words)
  const { language } = useShell()
  return (
    <p>
      {w.forWhom} <strong>{name}</strong> {studentNumber}
      {checked && ` · ${w.checkedBy(sayCheck(checked, w.oldCard, language))}`}
    </p>
  )
}

/** One person who is here: what My card says to them, and everything that can be done for them, by the same forms. */
export function PresentPage(props: PresentProps) {
  const { person, checks, card, notDone } = props
  const w = useWords(words)
  const s = useWords(story)
  return (
    <ActingFor acting={actingFor(person)}>
      <Page title={w.title} islands={['once', 'pad-digits']}>
        <div className="my-card">
          <h1>{w.title}</h1>
          <ForWhom />
          <p className="actions">
            <a className="button quiet" href="/staff/present">
              {w.another}
            </a>
            {person.checked && (
              <a className="button quiet" href={`/staff/present/${person.id}`}>
                {w.change}
              </a>
            )}
          </p>
          {notDone && !person.checked && <NotDoneSaid notDone={notDone} />}
          <Done done={props.done} />
          <h2>{w.says}</h2>
          <Lead tone={tones[card.story]}>{card.sentence}</Lead>
          <p className="next-step">{s.next[card.next]}</p>
          <TheirCards card={card} />
          <Switching card={card} />
          {card.paused && <DoorsList title={w.doorsPaused} doors={card.paused.doors} folded />}
          {card.lost && <DoorsList title={w.doorsLost} doors={card.lost.doors} folded />}
          {person.checked ? (
            <PresentActs {...props} />
          ) : (
            <form method="get" action={`/staff/present/${person.id}`}>
              <CheckedField checks={checks} chosen="" error={null} about={w.checkFirst} />
              <p className="actions">
                <button type="submit">{w.goOn}</button>
              </p>
            </form>
          )}
        </div>
      </Page>
    </ActingFor>
  )
}

/** What was done at desks today, so that whoever presses a button sees that it was. */
function Done({ done }: { done: PresentProps['done'] }) {
  const w = useWords(words)
  if (done.length === 0) return null
  return (
    <div id="done">
      <Notice tone="yes" title={w.done}>
        <ul>
          {done.map(({ at, act }) => (
            <li key={at + act}>
              <When at={at} /> {w.didActs[act]}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}

/** The second step of a loss report at a desk: the whole cost once more, and one button. */
export function PresentLossPage({ person, step }: { person: PersonHere; step: ConfirmLossProps }) {
  return (
    <ActingFor acting={actingFor(person, 'missing')}>
      <ConfirmLossPage {...step} />
    </ActingFor>
  )
}
