import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { Focused } from '../web/staff/focused.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount } from '../web/when.ts'
import type { Approval, DryRun } from './govern-shapes.ts'
import { governWords } from './govern-words.ts'
import { Causers, Limits } from './guards.tsx'
import { LosingList } from './losing-list.tsx'
import { ReasonForm } from './reason-form.tsx'

/** The next update rehearsed: controller by controller, whom the guard would stop, and the approval beforehand. */
export function DryRunPanel({ onClose }: { onClose: () => void }) {
  const w = useWords(governWords)
  const run = useGet<DryRun>('/windows/next/dry-run')
  return (
    <Focused>
      <Panel title={w.dryTitle}>
        <p className="dim">{w.dryAbout}</p>
        {!run.data && <p role="status">{w.loading}</p>}
        {run.data?.ok === false && (
          <Notice tone="no" title={w.notDone} urgent>
            <p>{run.data.message}</p>
          </Notice>
        )}
        {run.data?.ok && <Rehearsed run={run.data.value} />}
        <Group mt="md">
          {run.data?.ok && <ExportList path="/windows/next/dry-run" />}
          <Button variant="default" onClick={onClose}>
            {w.dryClose}
          </Button>
        </Group>
      </Panel>
    </Focused>
  )
}

function Rehearsed({ run }: { run: DryRun }) {
  const w = useWords(governWords)
  const { language } = useShell()
  return (
    <>
      <GuardForeseen run={run} />
      <p>
        {run.runNow.message === null ? w.dryRunNow(run.runNow.numbers) : w.dryRunNowNot(run.runNow.message)}
      </p>
      {run.controllers.length === 0 && <p className="dim">{w.dryNothing}</p>}
      {run.controllers.length > 0 && (
        <ListTable
          columns={[w.building, w.persons, w.put, w.change, w.remove, w.givesNow, w.condition]}
          rows={run.controllers.map(each => ({
            key: each.controllerId,
            cells: [
              <span key="building">
                {each.building[language]} <small className="dim">{each.controllerId}</small>
              </span>,
              ...[each.people, each.puts, each.changes, each.removals, each.givesNow].map(many =>
                sayCount(many, language),
              ),
              <Verdict
                key="condition"
                tone={each.held ? 'warn' : 'wait'}
                word={each.held ? w.outcome.held : w.goes}
              />,
            ],
          }))}
        />
      )}
    </>
  )
}

function GuardForeseen({ run }: { run: DryRun }) {
  const w = useWords(governWords)
  const { guard } = run
  const [approves, setApproves] = useState(false)
  const [shows, setShows] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const [done, setDone] = useState<number | null>(null)
  const act = useAct<Approval, { people: number }>('/windows/next/approval', {
    refresh: ['/windows/next'],
  })
  async function approve(reason: string) {
    setRefused(null)
    const answered = await act.mutateAsync({ startsAt: run.startsAt, seal: guard.seal ?? '', reason })
    if (!answered.ok) return setRefused(answered.message)
    setApproves(false)
    setDone(answered.value.people)
  }
  return (
    <>
      <div role="status">
        {done !== null && (
          <Notice tone="yes">
            <p>{w.approved(done)}</p>
          </Notice>
        )}
      </div>
      {guard.people === 0 ? (
        <p>{w.dryGuardNone}</p>
      ) : (
        <Notice tone="warn" title={w.dryGuard(guard.people)}>
          <Limits limits={guard.limits} />
          <Causers causedBy={guard.causedBy} />
          {!guard.mayApprove && <p>{w.ownAct}</p>}
        </Notice>
      )}
      {guard.people > 0 && shows && (
        <Focused>
          <LosingList path="/windows/next/dry-run/people" />
        </Focused>
      )}
      {guard.people > 0 && !approves && (
        <Group mb="md">
          {guard.mayApprove && <Button onClick={() => setApproves(true)}>{w.dryApprove}</Button>}
          {!shows && (
            <Button variant="default" onClick={() => setShows(true)}>
              {w.who}
            </Button>
          )}
        </Group>
      )}
      {approves && (
        <ReasonForm
          go={w.dryApprove}
          pending={act.isPending}
          refused={refused}
          onGo={reason => void approve(reason)}
          onBack={() => setApproves(false)}
        />
      )}
    </>
  )
}
