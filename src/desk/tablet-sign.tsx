import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { SignedReply, TabletReply, TabletSignatureBody } from '../handover/signing-api.ts'
import { answeringRefusals } from '../handover/signing-rules.ts'
import { answeringWords } from '../handover/signing-words.ts'
import type { Language } from '../lib/words.ts'
import type { Answer } from '../web/api.ts'
import { Notice } from '../web/panel.tsx'
import { useApi } from '../web/staff/use-api.tsx'
import { SignaturePad } from './signature-pad.tsx'
import { tabletWords } from './tablet-words.ts'

type Refused = Extract<Answer<unknown>, { ok: false }>

type Given = { manner: TabletSignatureBody['manner']; picture: string }

/** What one person signs: the sentence in their language, the field, a name or a button instead, and a no. */
export function TabletSign({
  asked,
  onAnswered,
}: {
  asked: NonNullable<TabletReply['asked']>
  onAnswered: (signed: boolean) => void
}) {
  const api = useApi()
  const [language, setLanguage] = useState<Language>(asked.language)
  const [drawing, setDrawing] = useState('')
  const [name, setName] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const w = tabletWords[language]
  const other = language === 'en' ? 'zh-TW' : 'en'
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const { request } = asked
  /** Why it was not taken, in the signer's language, which need not be the staff's. */
  const why = ({ status, refusal, message }: Refused): string => {
    if (status === 0) return w.offline
    const known = answeringRefusals.find(each => each === refusal)
    return known ? answeringWords(known, language) : message
  }
  async function send(path: string, body: object): Promise<void> {
    if (sending) return
    setSending(true)
    const answer = await api.post<SignedReply>(path, { request, ...body })
    setSending(false)
    setWrong(answer.ok ? null : why(answer))
    if (answer.ok) onAnswered(answer.value.signed)
  }
  const sign = (given: Given) => void send('/tablet/signature', { ...given, language })
  const signName = (event: FormEvent) => {
    event.preventDefault()
    sign({ manner: 'typed', picture: name?.trim() ?? '' })
  }
  return (
    <section className="tablet-sign" lang={language}>
      <div className="tablet-head">
        <h1 ref={heading} tabIndex={-1}>
          {w.sign}
        </h1>
        <Button variant="default" size="lg" lang={other} onClick={() => setLanguage(other)}>
          {w.switchTo}
        </Button>
      </div>
      <p className="tablet-sentence">{asked.text[language]}</p>
      {wrong && (
        <Notice tone="no" urgent>
          <p>{wrong}</p>
        </Notice>
      )}
      {name === null ? (
        <SignaturePad label={w.draw} again={w.drawAgain} path={drawing} onPath={setDrawing} />
      ) : (
        <form onSubmit={signName} className="tablet-name">
          <TextInput
            size="xl"
            label={w.name}
            description={w.nameHint}
            value={name}
            maxLength={120}
            autoComplete="off"
            data-autofocus
            autoFocus
            onChange={event => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="xl" disabled={sending || name.trim() === ''}>
            {w.signName}
          </Button>
        </form>
      )}
      <div className="tablet-actions">
        {name === null && (
          <Button
            size="xl"
            disabled={sending || !drawing.includes('L')}
            onClick={() => sign({ manner: 'drawn', picture: drawing })}
          >
            {w.signDrawn}
          </Button>
        )}
        <Button size="xl" variant="default" onClick={() => setName(name === null ? '' : null)}>
          {name === null ? w.typeName : w.draw}
        </Button>
      </div>
      <div className="tablet-actions">
        <Button
          size="xl"
          variant="default"
          disabled={sending}
          aria-describedby="tablet-received"
          onClick={() => sign({ manner: 'witnessed', picture: '' })}
        >
          {w.received}
        </Button>
        <p id="tablet-received" className="dim">
          {w.receivedAbout}
        </p>
      </div>
      <div className="tablet-actions">
        <Button
          size="xl"
          variant="default"
          disabled={sending}
          onClick={() => void send('/tablet/refusal', {})}
        >
          {w.refuse}
        </Button>
      </div>
    </section>
  )
}
