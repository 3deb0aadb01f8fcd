import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useApi } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { WhichPeople } from './cohort-people.ts'
import type { CohortPeopleReply, CohortsReply, WhyNotReply } from './cohort-routes.ts'
import { cohortWords } from './cohort-words.ts'
import { PagedPeople } from './paged-people.tsx'
import { useOfDraft } from './use-of-draft.ts'

/** The rules of a draft as sentences, with how many people of the register each decides about, and who they are. */
export function CohortCounts({
  source,
  draft,
}: {
  source: string
  /** The draft of which this very text is kept; null while it is not. */
  draft: number | null
}) {
  const w = useWords(cohortWords)
  const { found, isNow, refused, ask } = useOfDraft<CohortsReply>('/programme/cohorts', source)
  return (
    <section aria-label={w.title}>
      <h3>{w.title}</h3>
      <p className="dim">{w.about}</p>
      <Button variant="default" onClick={ask}>
        {w.ask}
      </Button>
      {refused !== null && <Notice tone="no" title={refused} urgent />}
      {found && !isNow && <p className="dim">{w.before}</p>}
      {found && <Counted source={found.of} draft={isNow ? draft : null} cohorts={found.value.cohorts} />}
    </section>
  )
}

function Counted({
  source,
  draft,
  cohorts,
}: {
  source: string
  draft: number | null
  cohorts: CohortsReply['cohorts']
}) {
  const w = useWords(cohortWords)
  const [shown, setShown] = useState<{ of: string; cohort: string; which: WhichPeople } | null>(null)
  return (
    <>
      <ListTable
        columns={[w.group, w.rule, w.people, w.change]}
        rows={cohorts.map(({ id, name, conditions, outcome, people, joins, leaves }) => {
          const show = (which: WhichPeople) => (
            <Button
              key={which}
              size="compact-sm"
              variant="subtle"
              aria-label={`${w.show[which]}: ${name}`}
              onClick={() => setShown({ of: source, cohort: id, which })}
            >
              {w.show[which]}
            </Button>
          )
          return {
            key: id,
            cells: [
              name,
              `${conditions} → ${outcome}`,
              <>
                <span className="figures">{people.toLocaleString('en')}</span> {people > 0 && show('all')}
              </>,
              <>
                {joins === 0 && leaves === 0 && w.same}
                {joins > 0 && (
                  <>
                    {w.joins(joins)} {show('joins')}
                  </>
                )}{' '}
                {leaves > 0 && (
                  <>
                    {w.leaves(leaves)} {show('leaves')}
                  </>
                )}
              </>,
            ],
          }
        })}
      />
      {/* Of a changed text people are shown when somebody asks for them again: each look is journalled. */}
      {shown?.of === source && (
        <People
          key={`${shown.cohort} ${shown.which}`}
          source={source}
          draft={draft}
          cohort={shown.cohort}
          which={shown.which}
        />
      )}
      <WhyNot source={source} cohorts={cohorts} />
    </>
  )
}

function People({
  source,
  draft,
  cohort,
  which,
}: {
  source: string
  draft: number | null
  cohort: string
  which: WhichPeople
}) {
  const w = useWords(cohortWords)
  const api = useApi()
  return (
    <>
      {draft !== null && (
        <ExportList path={`/programme/drafts/${draft}/cohorts/${cohort}`} query={{ which }} these="people" />
      )}
      <PagedPeople<CohortPeopleReply['people'][number]>
        load={after => api.post('/programme/cohorts/people', { source, cohort, which, after })}
        column={which === 'all' ? undefined : { name: w.other, of: ({ other }) => other }}
        words={w}
      />
    </>
  )
}

function WhyNot({ source, cohorts }: { source: string; cohorts: CohortsReply['cohorts'] }) {
  const w = useWords(cohortWords)
  const api = useApi()
  const [chosen, setChosen] = useState(cohorts[0]?.id ?? '')
  const cohort = cohorts.some(({ id }) => id === chosen) ? chosen : (cohorts[0]?.id ?? '')
  const [studentNumber, setStudentNumber] = useState('')
  const [said, setSaid] = useState<{ of: string; tone: 'info' | 'no'; text: string } | null>(null)
  async function ask(): Promise<void> {
    const answer = await api.post<WhyNotReply>('/programme/cohorts/why', { source, cohort, studentNumber })
    setSaid(
      answer.ok
        ? { of: source, tone: 'info', text: `${answer.value.decides} ${answer.value.said}` }
        : { of: source, tone: 'no', text: answer.message },
    )
  }
  return (
    <form
      className="editor-ask"
      onSubmit={event => {
        event.preventDefault()
        void ask()
      }}
    >
      <h3>{w.why}</h3>
      <p className="dim">{w.whyAbout}</p>
      <NativeSelect
        label={w.asked}
        value={cohort}
        data={cohorts.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={event => setChosen(event.currentTarget.value)}
      />
      <TextInput
        label={w.number}
        autoComplete="off"
        value={studentNumber}
        onChange={event => setStudentNumber(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={studentNumber.trim() === ''}>
        {w.answer}
      </Button>
      {said?.of === source && <Notice tone={said.tone} title={said.text} urgent />}
    </form>
  )
}
