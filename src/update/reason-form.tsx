import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { useWords } from '../web/surroundings.tsx'
import { governWords } from './govern-words.ts'

/** Asks for the reason of something before it is done; what refused it is said above the field. */
export function ReasonForm({
  go,
  pending,
  refused,
  ready = true,
  children,
  onGo,
  onBack,
}: {
  /** What the button says. */
  go: string
  pending: boolean
  refused: string | null
  /** Whether the rest of the form is filled in. */
  ready?: boolean
  /** What is asked before the reason; the form begins there. */
  children?: ReactNode
  onGo: (reason: string) => void
  onBack: () => void
}) {
  const w = useWords(governWords)
  const [reason, setReason] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onGo(reason)
  }
  return (
    <form onSubmit={send} className="reason-form">
      {refused !== null && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
        </Notice>
      )}
      {children}
      <TextInput
        label={w.reason}
        description={w.reasonHint}
        value={reason}
        maxLength={500}
        required
        autoFocus={children === undefined}
        autoComplete="off"
        onChange={event => setReason(event.currentTarget.value)}
      />
      <Group mt="sm">
        <Button type="submit" loading={pending} disabled={!ready || reason.trim() === ''}>
          {go}
        </Button>
        <Button variant="default" disabled={pending} onClick={onBack}>
          {w.back}
        </Button>
      </Group>
    </form>
  )
}
