import { Anchor } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { When } from '../web/moment.tsx'
import { Notice } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { ProposalWaiting } from './draft-api.ts'
import { editorWords } from './editor-words.ts'

/** Proposals of other officers that wait for the reader, above every screen but the one on which they are answered. */
export function ProposalNotices() {
  const w = useWords(editorWords)
  const { language } = useShell()
  const { pathname } = useLocation()
  const waiting = useGet<{ proposals: ProposalWaiting[] }>('/programme/proposals', { everyMs: 60_000 })
  if (!waiting.data?.ok) return null
  return waiting.data.value.proposals
    .map(proposal => ({ ...proposal, to: `/programme/proposals/${proposal.id}` }))
    .filter(({ to }) => to !== pathname)
    .map(({ id, to, name, by, at }) => (
      <Notice key={id} tone="wait" title={w.waitsForYou(by[language], name)}>
        <p>
          {w.proposedAt} <When at={at} /> ·{' '}
          <Anchor component={Link} to={to} underline="always">
            {w.lookAndAnswer}
          </Anchor>
        </p>
      </Notice>
    ))
}
