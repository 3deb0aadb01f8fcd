import { HolderForm, useAtDesk } from '../web/acting.tsx'
import { Facts } from '../web/facts.tsx'
import { Field } from '../web/field.tsx'
import { Page } from '../web/layout.tsx'
import { Day } from '../web/moment.tsx'
import { EmptyState, Notice } from '../web/panel.tsx'
import { Phones } from '../web/phones.tsx'
import { useWords } from '../web/surroundings.tsx'
import { ExtraHead, KeepUntil } from './checklist.tsx'
import { DoorProgress } from './door-progress.tsx'
import type { ExtraItem, ExtrasList } from './list-extras.ts'
import type { MarkRefusal } from './rules.ts'
import { words } from './words.ts'

export interface ExtrasPageProps {
  extras: ExtrasList
  /** What was just refused, and of which item. */
  refused: { item: string; refusal: MarkRefusal } | null
}

/** What stays on the old card, one by one: whom to ask, where and until when; a pass's refund; and what is done. */
export function ExtrasPage(props: ExtrasPageProps) {
  const w = useWords(words)
  return (
    <Page title={w.title} islands={['once']}>
      <h1>{w.title}</h1>
      <ExtraItems {...props} />
      <p className="actions">
        <a className="button quiet" href="/my-card">
          {w.back}
        </a>
      </p>
    </Page>
  )
}

/** Each thing that stays on the old card, with what is to be said of it. */
export function ExtraItems({ extras, refused }: ExtrasPageProps) {
  const w = useWords(words)
  if (extras.items.length === 0) return <EmptyState title={w.emptyTitle}>{w.empty}</EmptyState>
  return (
    <>
      <p>{w.intro}</p>
      {refused && refused.refusal !== 'not-a-date' && !isOfField(refused.refusal) && (
        <Notice tone="no" title={w.wrong} urgent>
          <p>{w.refusals[refused.refusal]()}</p>
        </Notice>
      )}
      {extras.items.map(item => (
        <section className="panel" key={item.id} id={`extra-${item.id}`}>
          <Item item={item} refused={refused?.item === item.id ? refused.refusal : null} />
        </section>
      ))}
    </>
  )
}

/** Whether a refusal is told at the field of the pass's last day. */
const isOfField = (refusal: MarkRefusal): boolean =>
  ['not-a-date', 'pass-has-ended', 'pass-too-long'].includes(refusal)

function Item({ item, refused }: { item: ExtraItem; refused: MarkRefusal | null }) {
  const w = useWords(words)
  // Until when a pass runs is the holder's own to note.
  const atDesk = useAtDesk()
  const over = item.state === 'done' || item.state === 'not-mine'
  return (
    <>
      <ExtraHead item={item} />
      <KeepUntil item={item} />
      <p>{item.advice}</p>
      {item.warning && !over && (
        <Notice tone="warn">
          <p>{item.warning}</p>
        </Notice>
      )}
      {item.doors.length > 0 ? <DoorProgress doors={item.doors} /> : <p>{w.ask(item.owner)}</p>}
      <Where item={item} />
      {item.refund && <RefundTable refund={item.refund} />}
      {item.refund && !over && !atDesk && (
        <RunsUntil item={item} error={refused && isOfField(refused) ? refused : null} />
      )}
      {item.doors.length === 0 && <Marks item={item} />}
    </>
  )
}

function Where({ item }: { item: ExtraItem }) {
  const w = useWords(words)
  const facts = [
    ...(item.until ? [{ name: w.until, value: <Day on={item.until} /> }] : []),
    ...(item.place ? [{ name: w.place, value: item.place }] : []),
    ...(item.hours ? [{ name: w.hours, value: item.hours }] : []),
    ...(item.phones.length > 0 ? [{ name: w.phone, value: <Phones numbers={item.phones} /> }] : []),
    ...(item.link ? [{ name: w.link, value: <a href={item.link}>{new URL(item.link).host}</a> }] : []),
  ]
  return facts.length > 0 && <Facts facts={facts} />
}

function RefundTable({ refund }: { refund: NonNullable<ExtraItem['refund']> }) {
  const w = useWords(words)
  return (
    <table className="refund-table">
      <caption>{w.refundTitle(refund.price)}</caption>
      <thead>
        <tr>
          <th scope="col">{w.refundDay}</th>
          <th scope="col">{w.refundAmount}</th>
        </tr>
      </thead>
      <tbody>
        {refund.days.map(({ day, amount, said }, at) => (
          <tr key={day}>
            <th scope="row">{w.day(day, at === refund.days.length - 1)}</th>
            <td>{amount === 0 ? w.nothing : said}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function RunsUntil({ item, error }: { item: ExtraItem; error: MarkRefusal | null }) {
  const w = useWords(words)
  return (
    <HolderForm to="/extras/runs-until">
      <input type="hidden" name="item" value={item.id} />
      <Field
        name="until"
        label={w.runsUntil}
        hint={w.runsUntilHint}
        error={error && w.refusals[error]()}
        defaultValue={item.runsUntil ?? ''}
        autoComplete="off"
        maxLength={20}
        autoFocus={error !== null}
      />
      <p className="actions">
        <button type="submit">{w.save}</button>
      </p>
    </HolderForm>
  )
}

function Marks({ item }: { item: ExtraItem }) {
  const w = useWords(words)
  const choices =
    item.markedAt === null
      ? [
          { value: 'done', says: w.markDone },
          { value: 'not-mine', says: w.markNotMine },
        ]
      : [{ value: 'none', says: w.takeBack }]
  return (
    <HolderForm to="/extras">
      <input type="hidden" name="item" value={item.id} />
      <p className="actions">
        {choices.map(({ value, says }) => (
          <button
            key={value}
            type="submit"
            name="mark"
            value={value}
            className="quiet"
            aria-label={w.about(says, item.name)}
          >
            {says}
          </button>
        ))}
      </p>
    </HolderForm>
  )
}
