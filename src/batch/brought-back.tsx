import { useState } from 'react'
import { Panel } from '../web/panel.tsx'
import { useAct } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { BackReply } from './batch-api.ts'
import { CardReader } from './reader.tsx'
import { screenWords } from './screen-words.ts'

interface Scanned {
  place: number
  back: BackReply | null
  message: string
}

/** A pile that came back, scanned card by card: each says into which box it goes, or why it does not come back. */
export function BroughtBack({ usual }: { usual: string }) {
  const w = useWords(screenWords)
  const { language } = useShell()
  const taking = useAct<{ scan: string; readerFormat: string }, BackReply>('/desk/batches/brought-back', {
    refresh: ['/desk/batches'],
  })
  const [scanned, setScanned] = useState<readonly Scanned[]>([])
  async function take(scan: string, readerFormat: string): Promise<void> {
    const answer = await taking.mutateAsync({ scan, readerFormat })
    setScanned(before => [
      {
        place: before.length,
        back: answer.ok ? answer.value : null,
        message: answer.ok ? w.intoBox(answer.value.box ?? '—') : answer.message,
      },
      ...before,
    ])
  }
  return (
    <Panel title={w.back}>
      <p className="dim">{w.backAbout}</p>
      <CardReader usual={usual} onScan={take} />
      <div aria-live="polite">
        {scanned.length > 0 && <p>{w.tookBack(scanned.filter(({ back }) => back !== null).length)}</p>}
        <ul className="batch-pile">
          {scanned.slice(0, 60).map(({ place, back, message }) => (
            <li key={place}>
              <Verdict
                tone={back ? 'yes' : 'no'}
                word={back ? `${back.name[language]} ${back.studentNumber}` : w.notBack}
              />
              <span>{message}</span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  )
}
