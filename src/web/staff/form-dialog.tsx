import { Button, Group, Modal, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { Notice } from '../panel.tsx'
import { useWords } from '../surroundings.tsx'
import { actWords } from './act-words.ts'

/** A dialog that says what an act does, takes what it needs in its fields, and shows in words why it was refused. */
export function FormDialog({
  opened,
  title,
  about,
  refused,
  confirm,
  isSending,
  onSend,
  onLeave,
  children,
}: {
  opened: boolean
  title: string
  about: ReactNode
  /** Why it was not done; null: nothing was refused. */
  refused: string | null
  confirm: string
  isSending: boolean
  onSend: () => Promise<void>
  onLeave: () => void
  children?: ReactNode
}) {
  const w = useWords(actWords)
  const send = (event: FormEvent) => {
    event.preventDefault()
    void onSend()
  }
  return (
    <Modal opened={opened} onClose={onLeave} title={title} closeButtonProps={{ 'aria-label': w.cancel }}>
      <form onSubmit={send} noValidate>
        <Stack>
          <div>{about}</div>
          {refused !== null && (
            <Notice tone="no" title={w.refused} urgent>
              <p>{refused}</p>
            </Notice>
          )}
          {children}
          <Group>
            <Button type="submit" loading={isSending}>
              {confirm}
            </Button>
            <Button variant="default" onClick={onLeave}>
              {w.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
