import './history.css'
import './windows.css'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { Notice, Panel } from '../web/panel.tsx'
import { useApi } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import { LabAnswer } from './lab-answer.tsx'
import type { Lab } from './number-lab-shapes.ts'
import { labWords } from './number-lab-words.ts'
import { longestNumber } from './number-readings.ts'

/** The number lab: what a number is in each format, which card it may be, and who holds it. Nothing of it is kept. */
export function NumberLab() {
  const w = useWords(labWords)
  const api = useApi()
  const field = useRef<HTMLInputElement>(null)
  const [looking, setLooking] = useState(false)
  const [lab, setLab] = useState<Lab | null>(null)
  const [refused, setRefused] = useState<string | null>(null)

  async function look(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (looking) return
    setLooking(true)
    const answer = await api.post<Lab>('/numbers/readings', { number: field.current?.value ?? '' })
    setLooking(false)
    setLab(answer.ok ? answer.value : null)
    setRefused(answer.ok ? null : answer.message)
    field.current?.select()
  }
  return (
    <div className="asked">
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Panel>
        <form className="ask-form" onSubmit={event => void look(event)}>
          <TextInput
            ref={field}
            label={w.number}
            description={w.hint}
            maxLength={longestNumber}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
          <Button type="submit" disabled={looking}>
            {looking ? w.looking : w.look}
          </Button>
        </form>
        {refused !== null && (
          <Notice tone="no" title={w.notDone} urgent>
            <p>{refused}</p>
          </Notice>
        )}
      </Panel>
      {lab && <LabAnswer lab={lab} />}
    </div>
  )
}
