import './history.css'
import './windows.css'
import { useState } from 'react'
import { Panel } from '../web/panel.tsx'
import { useWords } from '../web/surroundings.tsx'
import { ContentList } from './content-list.tsx'
import { ControllerSelect, DoorSelect } from './doors-known.tsx'
import { MomentForm, type WallTime } from './history-parts.tsx'
import { historyWords } from './history-words.ts'
import { OpenersList } from './openers-list.tsx'

interface Asked {
  what: string
  at: WallTime
}

/** What was: who could open a door at a moment, and what a controller held. Read only when asked for: reads are journalled. */
export function History() {
  const w = useWords(historyWords)
  const [door, setDoor] = useState<string | null>(null)
  const [serial, setSerial] = useState<string | null>(null)
  const [openers, setOpeners] = useState<Asked | null>(null)
  const [content, setContent] = useState<Asked | null>(null)
  return (
    <div className="asked">
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Panel title={w.openersTitle}>
        <MomentForm ready={door !== null} onAsk={at => setOpeners({ what: door!, at })}>
          <DoorSelect label={w.door} placeholder={w.choose} value={door} onChange={setDoor} />
        </MomentForm>
        {openers && <OpenersList key={`${openers.what} ${openers.at}`} door={openers.what} at={openers.at} />}
      </Panel>
      <Panel title={w.contentTitle}>
        <MomentForm ready={serial !== null} onAsk={at => setContent({ what: serial!, at })}>
          <ControllerSelect label={w.controller} placeholder={w.choose} value={serial} onChange={setSerial} />
        </MomentForm>
        {content && (
          <ContentList key={`${content.what} ${content.at}`} serial={content.what} at={content.at} />
        )}
      </Panel>
    </div>
  )
}
