import './versions.css'
import './editor.css'
import { Anchor, Button, Textarea } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../web/api.ts'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Changes } from './changes.tsx'
import { Brings, Problems } from './check-result.tsx'
import type { ProposalReply } from './draft-api.ts'
import { editorWords } from './editor-words.ts'

/** A proposal as the second person sees it: exactly the difference, what it brings, and the two answers. */
export function ProgrammeProposal() {
  const w = useWords(editorWords)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { data: proposal } = useGet<ProposalReply>(`/programme/proposals/${id}`)
  return (
    <div className="files programme editor">
      <p>
        <Anchor component={Link} to="/programme/edit" underline="always">
          {w.back}
        </Anchor>
      </p>
      {proposal === undefined && <p className="waits">{w.loading}</p>}
      {proposal?.ok === false && <Notice tone="no" title={proposal.message} urgent />}
      {proposal?.ok && <Looked proposal={proposal.value} />}
    </div>
  )
}

function Looked({ proposal }: { proposal: ProposalReply }) {
  const w = useWords(editorWords)
  const { language } = useShell()
  const { check, answer, answeredBy, answeredAt, reason } = proposal
  return (
    <>
      <h1>{w.proposal(proposal.name)}</h1>
      <Panel>
        <Facts
          facts={[
            {
              name: w.proposedAt,
              value: (
                <>
                  <When at={proposal.proposedAt} /> {proposal.proposedBy[language]}
                </>
              ),
            },
            { name: w.note, value: proposal.note || w.noNote },
            ...(answer && answeredBy && answeredAt
              ? [
                  {
                    name: w.answered[answer],
                    value: (
                      <>
                        <When at={answeredAt} /> {answeredBy[language]} {reason}
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Panel>
      {answer === null && (
        <>
          {check.problems.length > 0 && <Problems problems={check.problems} onLine={() => {}} />}
          {check.refusals.length > 0 && (
            <Notice tone="no">
              <ul>
                {check.refusals.map(({ refusal, message }) => (
                  <li key={refusal}>{message}</li>
                ))}
              </ul>
            </Notice>
          )}
          {check.brings && <Brings found={check} />}
          {check.changeCount > 0 && <Changes found={check} />}
          <Answers proposal={proposal} />
        </>
      )}
    </>
  )
}

function Answers({ proposal }: { proposal: ProposalReply }) {
  const w = useWords(editorWords)
  const navigate = useNavigate()
  const path = `/programme/proposals/${proposal.id}`
  const refresh = ['/programme']
  const publish = useAct<object, { version: number }>(`${path}/publication`, { refresh })
  const decline = useAct<{ reason: string }, object>(`${path}/refusal`, { refresh })
  const withdraw = useAct<object, object>(`${path}/withdrawal`, { refresh })
  const [reason, setReason] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  async function then<Value>(
    answered: Promise<Answer<Value>>,
    leave: (value: Value) => Promise<void>,
  ): Promise<void> {
    setRefused(null)
    const answer = await answered
    if (answer.ok) await leave(answer.value)
    else setRefused(answer.message)
  }
  const draft = `/programme/edit/${proposal.draftId}`
  return (
    <Panel>
      {refused !== null && (
        <Notice tone="no" title={w.refused} urgent>
          {refused}
        </Notice>
      )}
      {proposal.own ? (
        <>
          <p>{w.ownNote}</p>
          <Button
            variant="default"
            onClick={() => void then(withdraw.mutateAsync({}), () => navigate({ to: draft }))}
          >
            {w.withdraw}
          </Button>
        </>
      ) : (
        <>
          <Button
            size="lg"
            disabled={publish.isPending}
            onClick={() =>
              void then(publish.mutateAsync({}), ({ version }) =>
                navigate({ to: '/programme', search: { published: version } }),
              )
            }
          >
            {publish.isPending ? w.publishing : w.publish}
          </Button>
          <Textarea
            label={w.reason}
            maxLength={1_000}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
          />
          <Button
            variant="default"
            onClick={() =>
              void then(decline.mutateAsync({ reason }), () => navigate({ to: '/programme/edit' }))
            }
          >
            {w.decline}
          </Button>
        </>
      )}
    </Panel>
  )
}
