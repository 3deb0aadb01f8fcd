import './versions.css'
import './editor.css'
import { Anchor, Button, Textarea } from '@mantine/core'
import { Link, useBlocker, useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Problems } from './check-result.tsx'
import { CohortCounts } from './cohort-counts.tsx'
import type { DraftReply } from './draft-api.ts'
import { DraftEnd } from './draft-end.tsx'
import { DraftKept } from './draft-kept.tsx'
import { dataOf, type Edit, editText } from './edit-text.ts'
import { InEditing } from './editing.tsx'
import { fieldOrder, type Section, sectionOf, sections, shapeOfAll } from './editor-form.ts'
import { Field } from './editor-lists.tsx'
import { editorWords } from './editor-words.ts'
import { NoticePreview } from './notice-preview.tsx'
import type { CheckReply } from './publish-api.ts'
import { selectLine } from './text-field.tsx'
import { useDraft } from './use-draft.ts'
import { WaveCounts } from './wave-counts.tsx'

/** A draft of the programme, written by form or as text. */
export function ProgrammeEditor() {
  const w = useWords(editorWords)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  // Not remembered: who comes back writes on from what the server has then.
  const { data: draft } = useGet<DraftReply>(`/programme/drafts/${id}`, { rememberMs: 0 })
  const [unkept, setUnkept] = useState<DraftReply | null>(null)
  // What is not kept stays on the screen, whatever became of the draft meanwhile.
  const written =
    draft?.ok && !draft.value.ended && !draft.value.proposal
      ? draft.value
      : unkept?.id === Number(id)
        ? unkept
        : null
  return (
    <div className="files programme editor">
      <p>
        <Anchor component={Link} to="/programme/edit" underline="always">
          {w.back}
        </Anchor>
      </p>
      {draft === undefined && <p className="waits">{w.loading}</p>}
      {draft?.ok === false && <Notice tone="no" title={draft.message} urgent />}
      {draft?.ok && <h1>{draft.value.name}</h1>}
      {draft?.ok && draft.value.ended && <Notice tone="info" title={w.endedTitle} />}
      {draft?.ok && draft.value.proposal && (
        <Notice tone="wait" title={w.isProposed}>
          <p>{w.isProposedNext}</p>
          <Anchor component={Link} to={`/programme/proposals/${draft.value.proposal.id}`} underline="always">
            {w.looking}
          </Anchor>
        </Notice>
      )}
      {written && <Writing key={written.id} draft={written} onUnkept={setUnkept} />}
    </div>
  )
}

const names = Object.keys(sections) as Section[]

/** How many problems each part has. */
function counted(problems: CheckReply['problems']): Map<Section, number> {
  const many = new Map<Section, number>()
  for (const { path, missing } of problems) {
    const field = path.split('/')[1] || (missing ?? '')
    const section = sectionOf(field)
    if (section) many.set(section, (many.get(section) ?? 0) + 1)
  }
  return many
}

function Writing({
  draft,
  onUnkept,
}: {
  draft: DraftReply
  /** Told the draft while something of it is not kept, and then null. */
  onUnkept: (draft: DraftReply | null) => void
}) {
  const w = useWords(editorWords)
  const { language } = useShell()
  const written = useDraft(draft)
  const isKept = written.keeping.state === 'kept'
  useEffect(() => {
    onUnkept(isKept ? null : draft)
    return () => onUnkept(null)
  }, [isKept, draft, onUnkept])
  // Whoever leaves for another page of the staff waits until it is kept; if it cannot be, they are asked.
  useBlocker({
    shouldBlockFn: async () => !(await written.keepAll()) && !window.confirm(w.leaveUnkept),
    enableBeforeUnload: () => {
      void written.keepAll()
      return !written.isKept()
    },
  })
  const [section, setSection] = useState<Section>('campus')
  const field = useRef<HTMLTextAreaElement>(null)
  const data = useMemo(() => dataOf(written.text), [written.text])
  const problems = written.check?.ok ? written.check.value.problems : []
  const many = counted(problems)
  const next = names.find(name => (many.get(name) ?? 0) > 0)
  const edit = (change: Edit): void => {
    const text = editText(written.text, change, fieldOrder)
    if (text !== null) written.write(text)
  }
  return (
    <>
      {draft.declined !== null && <Notice tone="warn" title={w.declinedFor(draft.declined)} />}
      <DraftKept draft={draft} written={written} />
      {data === null ? (
        <Notice tone="no" title={w.unreadable} urgent />
      ) : (
        <div className="editor-parts">
          <nav aria-label={w.parts}>
            <ul>
              {names.map(name => (
                <li key={name}>
                  <button
                    type="button"
                    aria-current={name === section ? 'true' : undefined}
                    onClick={() => setSection(name)}
                  >
                    {w.sections[name]}
                    {(many.get(name) ?? 0) > 0 && (
                      <span className="editor-error"> {w.problemsIn(many.get(name)!)}</span>
                    )}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          <section className="panel" aria-label={w.sections[section]}>
            <h2>{w.sections[section]}</h2>
            <InEditing editing={{ data, problems, edit }}>
              {sections[section].map(name => (
                <Field
                  key={`${section} ${name} ${language}`}
                  path={[name]}
                  schema={shapeOfAll.properties![name]!}
                  required={shapeOfAll.required?.includes(name) ?? false}
                />
              ))}
            </InEditing>
            {section === 'notice' && <NoticePreview source={written.text} />}
            {section === 'waves' && <WaveCounts source={written.text} />}
            {section === 'cohorts' && <CohortCounts source={written.text} draft={isKept ? draft.id : null} />}
            {written.checked && next && next !== section && (
              <Button onClick={() => setSection(next)}>{w.next(w.sections[next], many.get(next)!)}</Button>
            )}
            {written.checked && written.check?.ok && problems.length === 0 && <p role="status">{w.done}</p>}
          </section>
        </div>
      )}
      <details className="panel" open={data === null}>
        <summary>{w.text}</summary>
        <Textarea
          ref={field}
          id="programme-text"
          label={w.text}
          description={w.textHint}
          rows={16}
          spellCheck={false}
          value={written.text}
          onChange={event => written.write(event.currentTarget.value)}
          classNames={{ input: 'programme-source' }}
        />
        {problems.length > 0 && (
          <Problems problems={problems} onLine={line => selectLine(field.current, line)} />
        )}
      </details>
      <DraftEnd draft={draft} written={written} />
    </>
  )
}
