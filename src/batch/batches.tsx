import '../desk/desk.css'
import './batches.css'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { EmptyState, Notice } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { BatchesReply } from './batch-api.ts'
import { BroughtBack } from './brought-back.tsx'
import { GiveBatch } from './give.tsx'
import { BatchList } from './list.tsx'
import { screenWords } from './screen-words.ts'

/** Cards that class representatives fetch: given against one signature, scanned back, and what is still out. */
export function Batches() {
  const w = useWords(screenWords)
  const { reader } = useShell()
  const { data: answer } = useGet<BatchesReply>('/desk/batches')
  const [does, setDoes] = useState<'give' | 'back'>('give')
  if (!answer) return <p className="waits">{w.loading}</p>
  if (!answer.ok)
    return (
      <Notice tone="no" title={w.refused} urgent>
        <p>{answer.message}</p>
      </Notice>
    )
  const { allowed, checks, usualReaderFormat: usual, batches } = answer.value
  const atDesk = reader?.roles.includes('desk') ?? false
  return (
    <div className="batches">
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      {!allowed && batches.length === 0 && <EmptyState title={w.notAllowed}>{w.notAllowedNext}</EmptyState>}
      {atDesk && (allowed || batches.length > 0) && (
        <>
          <SegmentedControl
            fullWidth
            value={does}
            onChange={value => setDoes(value)}
            data={[
              { value: 'give', label: w.give, disabled: !allowed },
              { value: 'back', label: w.back },
            ]}
          />
          {does === 'give' && allowed ? (
            <GiveBatch checks={checks} usual={usual} />
          ) : (
            <BroughtBack usual={usual} />
          )}
        </>
      )}
      {(allowed || batches.length > 0) && <BatchList batches={batches} />}
    </div>
  )
}
