import { NativeSelect, Switch } from '@mantine/core'
import { useState } from 'react'
import { isReaderFormat } from '../card/formats.ts'
import { words as cardWords } from '../card/words.ts'
import { When } from '../web/moment.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { DeskReply } from './desk-api.ts'
import type { Done } from './desk-session.ts'
import { deskWords } from './desk-words.ts'

/** A choice that this computer keeps, since readers and ears belong to it; where it cannot be kept it lasts the visit. */
export function useKept<Choice extends string>(
  name: string,
  usual: Choice,
): [Choice, (choice: Choice) => void] {
  const [choice, setChoice] = useState<Choice>(() => {
    try {
      return (localStorage.getItem(name) as Choice | null) ?? usual
    } catch {
      return usual
    }
  })
  const keep = (next: Choice) => {
    setChoice(next)
    try {
      localStorage.setItem(name, next)
    } catch {
      // A browser that keeps nothing still works.
    }
  }
  return [choice, keep]
}

/** The last handovers of this session, for the question "did I give it?". */
export function LastFive({ last }: { last: readonly Done[] }) {
  const w = useWords(deskWords)
  const { language } = useShell()
  return (
    <section className="panel desk-last">
      <h2>{w.last}</h2>
      {last.length === 0 ? (
        <p className="dim">{w.noneYet}</p>
      ) : (
        <ol>
          {last.map(done => (
            <li key={done.at}>
              <Verdict tone="yes" word={done.name[language]} />
              <span className="figures dim">
                {done.studentNumber} · {done.ending} · <When at={done.at} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** What belongs to this computer: its reader, whether its keys and sounds are on. */
export function Settings({
  desk,
  reader,
  onReader,
  keys,
  onKeys,
  sound,
  onSound,
}: {
  desk: DeskReply
  reader: string
  onReader: (format: string) => void
  keys: boolean
  onKeys: (on: boolean) => void
  sound: boolean
  onSound: (on: boolean) => void
}) {
  const w = useWords(deskWords)
  const { language } = useShell()
  const { formats } = cardWords[language]
  return (
    <section className="panel desk-settings">
      <h2>{w.settings}</h2>
      <NativeSelect
        label={w.reader}
        value={reader}
        data={desk.readerFormats.map(format => ({
          value: format,
          label: isReaderFormat(format) ? `${format}: ${formats[format]}` : format,
        }))}
        onChange={event => onReader(event.currentTarget.value)}
      />
      <Switch label={w.keysOn} checked={keys} onChange={event => onKeys(event.currentTarget.checked)} />
      <Switch label={w.sound} checked={sound} onChange={event => onSound(event.currentTarget.checked)} />
      {keys && <p className="desk-keys">{Object.values(w.key).join(' · ')}</p>}
      <p className="dim">{w.settingsNote}</p>
    </section>
  )
}
