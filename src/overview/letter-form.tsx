import { Button, Group, SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { languages } from '../lib/words.ts'
import { newKey } from '../web/api.ts'
import { Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { useAct } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { LetterBody, LetterPreview, SendBody, SentReply } from './api.ts'
import { letterWords } from './letter-words.ts'
import type { Chosen } from './which.ts'

const none = { 'zh-TW': '', en: '' }

type Previewed = LetterPreview & { of: LetterBody }

/** A letter to exactly the people of a list: written in both languages, previewed as one of them, sent once. */
export function LetterForm({ chosen, onClose }: { chosen: Chosen; onClose: () => void }) {
  const w = useWords(letterWords)
  const [draft] = useState(newKey)
  const [subject, setSubject] = useState(none)
  const [body, setBody] = useState(none)
  const [look, setLook] = useState(0)
  const [shown, setShown] = useState<Previewed | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const preview = useAct<LetterBody & { look: number }, LetterPreview>('/overview/letters/preview')
  const [sent, setSent] = useState<SentReply | null>(null)
  const letter: LetterBody = { ...chosen, subject, body }

  async function show(at: number) {
    setLook(at)
    const answer = await preview.mutateAsync({ ...letter, look: at })
    setRefused(answer.ok ? null : answer.message)
    setShown(answer.ok ? { ...answer.value, of: letter } : null)
  }
  const change = (
    set: (next: typeof none) => void,
    of: typeof none,
    language: 'zh-TW' | 'en',
    text: string,
  ) => {
    set({ ...of, [language]: text })
    setShown(null)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void show(0)
  }
  if (sent) {
    const addressees = `/overview/letters/${sent.letter}/addressees`
    return (
      <Notice tone="yes" title={sent.again ? w.sentAgain : w.sent(sent.people)} urgent>
        <Group>
          {sent.withoutAddress > 0 && (
            <ExportList path={addressees} query={{ withoutAddress: 'true' }} label={w.exportWithout} />
          )}
          <ExportList path={addressees} label={w.exportAll} />
        </Group>
      </Notice>
    )
  }
  return (
    <Panel title={w.title}>
      <p className="dim">{w.about}</p>
      <form onSubmit={submit}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {languages.map(language => (
            <div key={language}>
              <TextInput
                label={w.subject[language]}
                lang={language}
                maxLength={150}
                value={subject[language]}
                onChange={event => change(setSubject, subject, language, event.currentTarget.value)}
              />
              <Textarea
                label={w.body[language]}
                lang={language}
                rows={7}
                maxLength={4000}
                value={body[language]}
                onChange={event => change(setBody, body, language, event.currentTarget.value)}
              />
            </div>
          ))}
        </SimpleGrid>
        <p className="dim">
          {w.values}{' '}
          {Object.entries(w.valueNames)
            .map(([value, name]) => `{${value}} ${name}`)
            .join(' · ')}
        </p>
        <Group>
          <Button type="submit" variant="default" loading={preview.isPending}>
            {w.preview}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {w.cancel}
          </Button>
        </Group>
      </form>
      {refused && (
        <Notice tone="no" urgent>
          <p>{refused}</p>
        </Notice>
      )}
      {shown && (
        <Preview
          shown={shown}
          draft={draft}
          onAnother={() => void show(look + 1)}
          onSent={setSent}
          onRefused={message => {
            setRefused(message)
            setShown(null)
          }}
        />
      )}
    </Panel>
  )
}

function Preview({
  shown,
  draft,
  onAnother,
  onSent,
  onRefused,
}: {
  shown: Previewed
  draft: string
  onAnother: () => void
  onSent: (sent: SentReply) => void
  onRefused: (message: string) => void
}) {
  const w = useWords(letterWords)
  const [typed, setTyped] = useState('')
  const send = useAct<SendBody, SentReply>('/overview/letters', { refresh: ['/messages'] })
  const { people, secondLook, seal, as, of, withoutAddressInAll } = shown
  const again = secondLook ? { people: Number(typed.replaceAll(/[^0-9]/g, '')) } : {}
  async function go() {
    const answer = await send.mutateAsync({ ...of, draft, seal, ...again })
    if (answer.ok) onSent(answer.value)
    else onRefused(answer.message)
  }
  return (
    <section aria-label={w.as(as.studentNumber)}>
      <h3>{w.as(as.studentNumber)}</h3>
      <Panel>
        <div lang={as.language}>
          <strong>{as.subject}</strong>
          <p className="pasted">{as.body}</p>
        </div>
      </Panel>
      <p>
        <strong>{w.goesTo(people)}</strong> {withoutAddressInAll > 0 && w.without(withoutAddressInAll)}
      </p>
      {secondLook && (
        <TextInput
          label={w.again}
          inputMode="numeric"
          value={typed}
          maxLength={10}
          maw="24rem"
          mb="sm"
          onChange={event => setTyped(event.currentTarget.value)}
        />
      )}
      <Group>
        <Button onClick={() => void go()} loading={send.isPending}>
          {w.send(people)}
        </Button>
        {people > 1 && (
          <Button variant="default" onClick={onAnother}>
            {w.another}
          </Button>
        )}
      </Group>
    </section>
  )
}
