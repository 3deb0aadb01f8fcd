import { ExportList } from '../web/staff/export-list.tsx'
import './versions.css'
import { Anchor, Button } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Answer } from '../web/api.ts'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useBegan } from '../web/staff/of-campus.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import { CheckResult } from './check-result.tsx'
import { differenceWords } from './difference-words.ts'
import { editorWords } from './editor-words.ts'
import type { CheckReply, VersionReply } from './publish-api.ts'
import { screenWords } from './screen-words.ts'
import { ProgrammeText, selectLine } from './text-field.tsx'
import { ChooseVersions, sourceHref, usePublisher } from './version-facts.tsx'

/** What a check found, and the very text it was made of. */
interface Checked {
  source: string
  answer: Answer<CheckReply>
}

/** The office's programme: what is in force, a new text with its difference, and all versions. */
export function ProgrammeVersions() {
  const w = useWords(screenWords)
  const e = useWords(editorWords)
  const began = useBegan()
  const shell = useShell()
  // Whoever published a proposal or a draft comes from there.
  const asked: { published?: unknown } = useSearch({ strict: false })
  const { data: listed } = useGet<{ versions: VersionReply[] }>('/programme/versions')
  const checking = useAct<{ source: string }, CheckReply>('/programme/checks')
  const [text, setText] = useState('')
  const [checked, setChecked] = useState<Checked | null>(null)
  const [published, setPublished] = useState<number | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const newest = listed?.ok ? listed.value.versions[0] : undefined
  const done = newest?.version === (published ?? asked.published) ? newest : undefined

  const result = useRef<HTMLDivElement>(null)
  // What was found stands below a long text, and what was done above it.
  useEffect(() => {
    if (checked !== null || published !== null) result.current?.scrollIntoView({ block: 'start' })
  }, [checked, published])

  async function check(source: string): Promise<void> {
    setChecked(null)
    setPublished(null)
    setChecked({ source, answer: await checking.mutateAsync({ source }) })
  }
  return (
    <div className="files programme">
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <p>
        <Anchor component={Link} to="/programme/edit" underline="always">
          {e.toEditor}
        </Anchor>
      </p>
      {listed && !listed.ok && (
        <Notice tone="no" title={w.refused}>
          {listed.message}
        </Notice>
      )}
      {listed?.ok ? <InForce newest={listed.value.versions[0]} /> : <p className="waits">{w.loading}</p>}
      {done && checked === null && (
        <div ref={result}>
          <Notice tone="yes" title={w.done(done.version, sayWhen(done.publishedAt, shell))} urgent>
            <p>{w.doneNext}</p>
          </Notice>
        </div>
      )}
      <ProgrammeText
        text={text}
        field={field}
        checking={checking.isPending}
        onText={setText}
        onCheck={source => void check(source)}
      />
      {checked && (
        <div ref={result}>
          <CheckResult
            {...checked}
            edited={checked.source !== text}
            onLine={line => selectLine(field.current, line)}
            onCheckAgain={() => void check(text)}
            onPublished={version => {
              began()
              setPublished(version)
              setChecked(null)
              setText('')
            }}
          />
        </div>
      )}
      {listed?.ok && listed.value.versions.length > 0 && <Versions versions={listed.value.versions} />}
    </div>
  )
}

function InForce({ newest }: { newest: VersionReply | undefined }) {
  const w = useWords(screenWords)
  const publisher = usePublisher()
  if (newest === undefined) return <EmptyState title={w.none}>{w.noneNext}</EmptyState>
  return (
    <Panel title={w.inForce(newest.version)}>
      <Facts
        facts={[
          { name: w.programme, value: newest.programme },
          { name: w.since, value: <When at={newest.publishedAt} /> },
          { name: w.by, value: publisher(newest) },
        ]}
      />
      <Button component="a" variant="default" href={sourceHref(newest.version)} download>
        {w.download}
      </Button>
    </Panel>
  )
}

function Versions({ versions }: { versions: readonly VersionReply[] }) {
  const w = useWords(screenWords)
  const d = useWords(differenceWords)
  const { language } = useShell()
  const publisher = usePublisher()
  return (
    <Panel title={w.versions}>
      <ExportList path="/programme/versions" />
      {versions.length > 1 && (
        <>
          <h3>{d.compare}</h3>
          <ChooseVersions key={versions[0]?.version} versions={versions} />
        </>
      )}
      <ListTable
        columns={[w.programme, w.since, w.proposedBy, w.by, d.changed]}
        rows={versions.map(each => {
          const { version, replaces } = each
          return {
            key: version,
            cells: [
              <>
                <Anchor
                  href={sourceHref(version)}
                  download
                  underline="always"
                  aria-label={w.downloadOf(version)}
                >
                  {w.version(version)}
                </Anchor>{' '}
                <span className="dim">{each.programme}</span>
              </>,
              <When key="since" at={each.publishedAt} />,
              each.proposal?.by[language] ?? w.nobodyElse,
              publisher(each),
              replaces === null ? (
                d.first
              ) : (
                <Link key="changed" to="/programme/differences" search={{ from: replaces, to: version }}>
                  {d.since(replaces)}
                </Link>
              ),
            ],
          }
        })}
      />
    </Panel>
  )
}
