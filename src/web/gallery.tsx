import { Facts } from './facts.tsx'
import { Field, FormErrors } from './field.tsx'
import { samples } from './gallery-words.ts'
import { Page } from './layout.tsx'
import { Day, When } from './moment.tsx'
import { EmptyState, Lead, Notice, Panel } from './panel.tsx'
import { PostForm } from './post-form.tsx'
import { ProgressBar } from './progress.tsx'
import { StudentCard } from './student-card.tsx'
import { useShell } from './surroundings.tsx'
import { SwitchTable } from './switch-table.tsx'
import { Track } from './track.tsx'
import { Verdict } from './verdict.tsx'

/** Every component once, with invented people: what the browser tests look at, in both languages and themes. */
export function Gallery() {
  const { language } = useShell()
  const s = samples[language]
  return (
    <Page title={s.title} islands={['once']}>
      <h1>{s.title}</h1>
      <StudentCard
        university={samples.university}
        edition={{ name: samples.newEdition, colour: '#0f4c81' }}
        holder={samples.holder}
        ending="3F7A"
      />
      <Lead tone="wait">
        {s.leadBefore} <When at="2024-02-29T07:00:00Z" /> {s.leadAfter}
      </Lead>
      <p className="actions">
        <a className="button" href="#activate">
          {s.activate}
        </a>
        <a className="button quiet" href="#lost">
          {s.cannotFind}
        </a>
      </p>
      <Panel title={s.trackTitle}>
        <Track
          label={s.trackTitle}
          steps={[
            { label: s.ready, state: 'done', when: <Day on="2023-11-06" /> },
            { label: s.collected, state: 'done', when: <When at="2024-02-28T02:02:00Z" /> },
            { label: s.activated, state: 'done', when: <When at="2024-02-29T03:00:00Z" /> },
            {
              label: s.doors,
              state: 'current',
              when: <When at="2024-02-29T08:00:00Z" />,
              note: s.doorsNote,
            },
            { label: s.refund, state: 'waiting' },
          ]}
        />
      </Panel>
      <SwitchTable
        caption={s.switchCaption}
        now={<When at="2024-02-29T03:00:00Z" />}
        after={s.after}
        rows={[
          {
            card: s.oldCard,
            detail: '··91C2',
            now: { tone: 'yes', word: s.opens },
            after: { tone: 'no', word: s.stops },
          },
          {
            card: s.newCard,
            detail: '··3F7A',
            now: { tone: 'wait', word: s.notYet },
            after: { tone: 'yes', word: s.opens },
          },
        ]}
      />
      <Notice tone="info" title={s.carryTitle}>
        <p>{s.carry}</p>
      </Notice>
      <Notice tone="warn" title={s.warnTitle}>
        <p>{s.warn}</p>
      </Notice>
      <Notice tone="no" title={s.noTitle} urgent>
        <p>{s.no}</p>
      </Notice>
      <Panel title={s.verdicts}>
        <p>
          <Verdict tone="yes" word={s.eligible} large />
        </p>
        <p>
          <Verdict tone="no" word={s.wrongCard} large />
        </p>
        <p className="actions">
          <Verdict tone="yes" word={s.opens} />
          <Verdict tone="no" word={s.stops} />
          <Verdict tone="wait" word={s.notYet} />
          <Verdict tone="warn" word={s.check} />
          <Verdict tone="info" word={s.offline} />
        </p>
      </Panel>
      <Panel title={s.factsTitle}>
        <Facts facts={s.facts.map(([name, value]) => ({ name, value }))} />
        <ProgressBar label={s.progress} value={312} of={417} note={s.progressNote} />
      </Panel>
      <Panel title={s.formTitle}>
        <FormErrors errors={[{ field: 'ending', text: s.fieldError }]} />
        <PostForm action="/gallery">
          <Field
            name="ending"
            label={s.field}
            hint={s.fieldHint}
            error={s.fieldError}
            defaultValue="3F7"
            autoComplete="off"
            required
          />
          <Field name="remark" label={s.remark} />
          <fieldset>
            <legend>{s.choose}</legend>
            <label>
              <input type="radio" name="evidence" defaultChecked /> {s.oldCard}
            </label>
            <label>
              <input type="radio" name="evidence" /> {s.app}
            </label>
          </fieldset>
          <p className="actions">
            <button type="submit">{s.activate}</button>
            <button type="submit" className="danger quiet">
              {s.report}
            </button>
            <button type="submit" className="danger">
              {s.report}
            </button>
          </p>
        </PostForm>
      </Panel>
      <div className="scroll">
        <table>
          <caption>{s.windows}</caption>
          <thead>
            <tr>
              <th scope="col">{s.window}</th>
              <th scope="col" className="number">
                {s.changes}
              </th>
              <th scope="col">{s.state}</th>
            </tr>
          </thead>
          <tbody>
            {(['2024-02-28T17:00:00Z', '2024-02-29T02:00:00Z', '2024-02-29T07:00:00Z'] as const).map(
              (at, row) => (
                <tr key={at}>
                  <th scope="row">
                    <When at={at} />
                  </th>
                  <td className="number">{[4112, 312, 417][row]}</td>
                  <td>
                    <Verdict tone={row < 2 ? 'yes' : 'wait'} word={row < 2 ? s.finished : s.notYet} />
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
      <EmptyState
        title={s.emptyTitle}
        action={
          <a className="button" href="#import">
            {s.emptyAction}
          </a>
        }
      >
        {s.emptyText}
      </EmptyState>
      <h2>{s.oldCard}</h2>
      <StudentCard
        university={samples.university}
        edition={{ name: samples.oldEdition, colour: '#f2c14e' }}
        holder={samples.longHolder}
        ending="91C2"
        faded
      />
    </Page>
  )
}
