import { Button } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { useWords } from '../web/surroundings.tsx'
import { type DeskAct, type DeskKeys, deskActs, mayUseKey, usualKeys } from './key-rules.ts'
import { keyWords } from './key-words.ts'

const named = (key: string): string => (key === 'Escape' ? 'Esc' : key)

/** The keys of this computer: which does what; a row is pressed, and then the key that is wanted. */
export function KeyTable({ keys, onKeys }: { keys: DeskKeys; onKeys: (keys: DeskKeys) => void }) {
  const w = useWords(keyWords)
  const [waits, setWaits] = useState<DeskAct | null>(null)
  const [said, setSaid] = useState<{ tone: 'no' | 'yes'; text: string } | null>(null)
  function pressed(event: KeyboardEvent, act: DeskAct) {
    if (waits !== act || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return
    // Tab leaves, as everywhere; it could be no key of the desk anyway.
    if (event.key === 'Tab') return setWaits(null)
    event.preventDefault()
    event.stopPropagation()
    const may = mayUseKey(keys, act, event.key)
    setWaits(null)
    if (!may.ok) {
      const { key, act: other } = may.facts
      setSaid({
        tone: 'no',
        text: w.refusals[may.refusal](named(String(key)), other ? w.acts[other as DeskAct] : ''),
      })
      return
    }
    onKeys(may.keys)
    setSaid({ tone: 'yes', text: w.changed(named(may.keys[act]), w.acts[act]) })
  }
  return (
    <details className="desk-keytable">
      <summary>{w.title}</summary>
      <p className="dim">{w.about}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.act}</th>
            <th scope="col">{w.key}</th>
          </tr>
        </thead>
        <tbody>
          {deskActs.map(act => (
            <tr key={act}>
              <th scope="row">{w.acts[act]}</th>
              <td>
                <Button
                  variant="default"
                  size="compact-md"
                  aria-label={w.change(w.acts[act], named(keys[act]))}
                  data-own-keys={waits === act ? '' : undefined}
                  onClick={() => setWaits(act)}
                  onKeyDown={event => pressed(event, act)}
                  onBlur={() => setWaits(null)}
                >
                  <kbd>{waits === act ? w.pressNow : named(keys[act])}</kbd>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div role="status">
        {said && (
          <Notice tone={said.tone}>
            <p>{said.text}</p>
          </Notice>
        )}
      </div>
      <Button
        variant="default"
        onClick={() => {
          onKeys(usualKeys)
          setSaid({ tone: 'yes', text: w.usualAgain })
        }}
      >
        {w.reset}
      </Button>
    </details>
  )
}
