import { Anchor, Button, Group } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDate } from '../web/when.ts'
import type { Acknowledged, ExpiryWarning, ExpiryWarnings } from './expiry-shapes.ts'
import { expiryWords } from './expiry-words.ts'

/** Warnings that nobody of the reader's role has acknowledged, above every screen: the nearest stage of each day. */
export function ExpiryNotices() {
  const list = useGet<ExpiryWarnings>('/expiry/warnings', { everyMs: 60_000 })
  if (!list.data?.ok) return null
  return list.data.value.warnings.map(warning => (
    <ExpiryNotice key={`${warning.lastDay} ${warning.stage}`} warning={warning} />
  ))
}

function ExpiryNotice({ warning }: { warning: ExpiryWarning }) {
  const w = useWords(expiryWords)
  const shell = useShell()
  const [refused, setRefused] = useState<string | null>(null)
  const acknowledging = useAct<Acknowledged, Acknowledged>('/expiry/acknowledgements', {
    refresh: ['/expiry'],
  })
  const { lastDay, stage, cards, people, controllers } = warning
  async function acknowledge(): Promise<void> {
    const answer = await acknowledging.mutateAsync({ lastDay, stage: stage as Acknowledged['stage'] })
    if (!answer.ok) setRefused(answer.message)
  }
  return (
    <Notice tone="warn" title={w.notice(sayDate(lastDay, shell), cards, people)}>
      <p>{w.noticeNext(controllers)}</p>
      {refused !== null && <p role="alert">{refused}</p>}
      <Group>
        <Button disabled={acknowledging.isPending} onClick={() => void acknowledge()}>
          {w.acknowledge}
        </Button>
        <Anchor href="/staff/expiry" underline="always">
          {w.look}
        </Anchor>
      </Group>
    </Notice>
  )
}
