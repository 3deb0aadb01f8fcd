import { Button, Group, Paper, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { useAct } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { DeclineBody } from './door-task-routes.ts'
import { doorTaskWords } from './door-task-words.ts'

/** Asks why a door stays closed to a new card, which the student reads; what refused it is said above the field. */
export function DeclineTask({
  id,
  onTold,
  onBack,
}: {
  id: number
  onTold: (told: { tone: 'yes'; text: string | null }) => void
  onBack: () => void
}) {
  const w = useWords(doorTaskWords)
  const [reason, setReason] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const act = useAct<DeclineBody, { again: boolean }>(`/door-tasks/${id}/decline`, {
    refresh: ['/door-tasks'],
  })
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const answered = await act.mutateAsync({ reason })
    if (answered.ok) onTold({ tone: 'yes', text: null })
    else setRefused(answered.message)
  }
  return (
    <Paper component="form" p="sm" onSubmit={(event: FormEvent) => void send(event)}>
      {refused !== null && (
        <Notice tone="no" urgent>
          <p>{refused}</p>
        </Notice>
      )}
      <TextInput
        label={w.why}
        description={w.whyHint}
        value={reason}
        maxLength={200}
        required
        autoFocus
        autoComplete="off"
        onChange={event => setReason(event.currentTarget.value)}
      />
      <Group mt="sm">
        <Button type="submit" loading={act.isPending} disabled={reason.trim() === ''}>
          {w.sendDecline}
        </Button>
        <Button variant="default" disabled={act.isPending} onClick={onBack}>
          {w.back}
        </Button>
      </Group>
    </Paper>
  )
}
