import { NativeSelect, Switch } from '@mantine/core'
import { useState } from 'react'
import { isReaderFormat } from '../card/formats.ts'
import { words as cardWords } from '../card/words.ts'
import { withLabel } from '../lib/both.ts'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { DeskReply } from './api.ts'
import type { DeskKeys } from './key-rules.ts'
import { KeyTable } from './key-table.tsx'
import type { ReaderEnds } from './scan-field.tsx'
import { deskWords } from './screen-words.ts'

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

/** What belongs to this computer: its reader, whether its keys and sounds are on, and which keys they are. */
export function Settings({
  desk,
  reader,
  onReader,
  ends,
  onEnds,
  keys,
  onKeys,
  keymap,
  onKeymap,
  sound,
  onSound,
}: {
  desk: DeskReply
  reader: string
  onReader: (format: string) => void
  ends: ReaderEnds
  onEnds: (ends: ReaderEnds) => void
  keys: boolean
  onKeys: (on: boolean) => void
  keymap: DeskKeys
  onKeymap: (keys: DeskKeys) => void
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
          label: isReaderFormat(format) ? withLabel(format, formats[format], language) : format,
        }))}
        onChange={event => onReader(event.currentTarget.value)}
      />
      <NativeSelect
        label={w.readerEnds}
        value={ends}
        data={(['suffix', 'nothing'] as const).map(each => ({ value: each, label: w.readerEndsWith[each] }))}
        onChange={event => onEnds(event.currentTarget.value as ReaderEnds)}
      />
      <Switch label={w.keysOn} checked={keys} onChange={event => onKeys(event.currentTarget.checked)} />
      <Switch label={w.sound} checked={sound} onChange={event => onSound(event.currentTarget.checked)} />
      {keys && <p className="desk-keys">{Object.values(w.key).join(' · ')}</p>}
      {keys && <KeyTable keys={keymap} onKeys={onKeymap} />}
      <p className="dim">{w.settingsNote}</p>
    </section>
  )
}
