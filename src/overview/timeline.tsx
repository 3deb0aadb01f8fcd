import './overview.css'
import { Anchor, Button, Group, Select } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ShowPhoto } from '../photo/show-photo.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDated } from '../web/when.ts'
import { type Kind, kinds } from './act-words.ts'
import type { TimelineReply } from './api.ts'
import { GiveData } from './give-data.tsx'
import { timelineWords } from './timeline-words.ts'

/** One person's whole story, and what holds of them now. */
export function Timeline() {
  const w = useWords(timelineWords)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { data: answer } = useGet<TimelineReply>(`/people/${encodeURIComponent(id)}/timeline`, {
    rememberMs: 0,
    journalled: true,
  })
  return (
    <>
      <p>
        <Anchor component={Link} to="/people" underline="always">
          {w.back}
        </Anchor>
      </p>
      {!answer && <p className="waits">{w.loading}</p>}
      {answer && !answer.ok && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{answer.message}</p>
        </Notice>
      )}
      {answer?.ok && <Story story={answer.value} />}
    </>
  )
}

function Story({ story }: { story: TimelineReply }) {
  const w = useWords(timelineWords)
  const shell = useShell()
  const { language, reader } = shell
  const [kind, setKind] = useState<Kind | null>(null)
  const [copied, setCopied] = useState(false)
  const shown = story.lines.filter(line => kind === null || line.kind === kind)
  async function copy() {
    await navigator.clipboard.writeText(story.answer.join('\n'))
    setCopied(true)
  }
  return (
    <>
      <h1>{w.title(story.studentNumber, story.name[language])}</h1>
      <p className="dim">{story.department[language]}</p>
      {reader?.roles.includes('office') && <ShowPhoto photo={story.photo} name={story.name} />}
      <Panel title={w.now}>
        <ul>
          {story.answer.slice(2).map(sentence => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <Group>
          <Button variant="default" onClick={() => void copy()}>
            {w.copy}
          </Button>
          <span role="status">{copied && w.copied}</span>
          {reader?.roles.includes('office') && (
            <Anchor href={`/staff/present/${story.personId}`} underline="always">
              {w.present}
            </Anchor>
          )}
        </Group>
      </Panel>
      <Panel title={w.entries}>
        <p className="dim">{w.readNoted}</p>
        {story.cut && <p>{w.cut}</p>}
        <Group mb="sm">
          <ExportList path={`/people/${story.personId}/timeline`} />
          {reader?.roles.includes('office') && <GiveData personId={story.personId} />}
        </Group>
        <Select
          label={w.filter}
          placeholder={w.all}
          data={kinds.map(value => ({ value, label: w.kinds[value] }))}
          value={kind}
          onChange={value => setKind(value)}
          clearable
          clearButtonProps={{ 'aria-label': w.all }}
          maw="20rem"
          mb="sm"
        />
        {shown.length === 0 ? (
          <EmptyState title={w.none}>{w.noneNext}</EmptyState>
        ) : (
          <ol className="timeline">
            {shown.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what happened does not change places.
              <li key={at}>
                <time className="when dim" dateTime={line.at}>
                  {sayDated(line.at, shell)}
                </time>
                <div>
                  <strong>{line.text}</strong>
                  <p className="dim">
                    {[w.kinds[line.kind], line.who, ...line.more].filter(part => part !== null).join(' · ')}
                  </p>
                  {line.signature !== null && (
                    <Anchor
                      underline="always"
                      renderRoot={props => (
                        <Link {...props} to={`/signatures/${line.signature}`} search={{ at: line.at }} />
                      )}
                    >
                      {w.verify(line.signature)}
                    </Anchor>
                  )}
                </div>
              </li>
            ))}
          </ol>
        )}
      </Panel>
    </>
  )
}
