import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { HandoverBody } from '../handover/api.ts'
import type { SigningPlace } from '../handover/signing-rules.ts'
import type { Language } from '../lib/words.ts'
import { useWords } from '../web/surroundings.tsx'
import type { DeskReply, ViewReply } from './api.ts'
import { deskWords } from './screen-words.ts'
import { SignElsewhere, type SignElsewhereKeys } from './sign-elsewhere.tsx'
import { SignaturePad } from './signature-pad.tsx'

/** What the keys do in the panel. */
export interface SignPanelKeys {
  typeName: () => void
  witnessed: () => void
  handOver: () => void
  /** Asks for it on the student's phone, or on the tablet. */
  ask: (place: SigningPlace) => void
}

/** The signature: drawn, typed, witnessed by the clerk, or given elsewhere; offered once nothing else is missing. */
export function SignPanel({
  ref,
  view,
  desk,
  keys,
  busy,
  onSigned,
  onAsked,
  onLeave,
}: {
  ref: Ref<SignPanelKeys>
  view: ViewReply | null
  desk: DeskReply
  keys: boolean
  busy: boolean
  onSigned: (signature: HandoverBody['signature']) => void
  /** Looks again at what lies on the desk. */
  onAsked: () => void
  /** Back to the field of the scans. */
  onLeave: () => void
}) {
  const w = useWords(deskWords)
  const [drawing, setDrawing] = useState('')
  const [name, setName] = useState<string | null>(null)
  const [chosen, setChosen] = useState<Language | null>(null)
  const nameField = useRef<HTMLInputElement>(null)
  const person = view?.person ?? null
  const ready = view?.next === 'signature' && desk.signatureText !== null
  const proxy = view?.proxy ?? null
  const language = chosen ?? (proxy ?? person)?.language ?? 'zh-TW'

  // Nobody signs for the person before: another person, or none, begins with an empty field.
  const signer = `${person?.studentNumber ?? ''} ${proxy?.name ?? ''} ${view?.card?.chip ?? ''}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signer is what another person is told by.
  useEffect(() => {
    setDrawing('')
    setName(null)
    setChosen(null)
  }, [signer])
  // What is to be done next comes into sight, also on a small screen.
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (ready) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [ready])
  const typing = name !== null
  useEffect(() => {
    if (typing) nameField.current?.focus()
  }, [typing])

  const signed = (signature: { manner: 'drawn' | 'typed'; picture: string } | { manner: 'witnessed' }) => {
    if (!ready || busy) return
    onSigned(
      signature.manner === 'witnessed' ? { ...signature, picture: '', language } : { ...signature, language },
    )
    onLeave()
  }
  const elsewhere = useRef<SignElsewhereKeys>(null)
  const handOver = () => {
    // What is drawn or typed here is what the clerk sees; else what was signed elsewhere is used.
    if (drawing.includes('L')) signed({ manner: 'drawn', picture: drawing })
    else if (name?.trim()) signed({ manner: 'typed', picture: name.trim() })
    else elsewhere.current?.handOver()
  }
  useImperativeHandle(ref, () => ({
    typeName: () => {
      if (ready) setName(name ?? '')
    },
    witnessed: () => signed({ manner: 'witnessed' }),
    handOver,
    ask: place => elsewhere.current?.ask(place),
  }))
  const signsElsewhere = <SignElsewhere ref={elsewhere} {...{ view, ready, keys, busy, onSigned, onAsked }} />

  if (!ready || !person || !desk.signatureText)
    return (
      <section className="panel desk-sign">
        <h2>{w.sign}</h2>
        <p className="dim">{w.signLater}</p>
        {signsElsewhere}
      </section>
    )
  function inName(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) handOver()
    if (event.key !== 'Escape') return
    // Only the field is left; the desk keeps what lies on it.
    event.stopPropagation()
    setName(null)
    onLeave()
  }
  return (
    <section className="panel desk-sign" ref={panel}>
      <div className="desk-sign-head">
        <h2>{w.sign}</h2>
        <Button
          variant="subtle"
          size="compact-md"
          lang={language === 'en' ? 'zh-TW' : 'en'}
          onClick={() => setChosen(language === 'en' ? 'zh-TW' : 'en')}
        >
          {language === 'en' ? '中文' : 'English'}
        </Button>
      </div>
      <p className="desk-signed" lang={language}>
        {(proxy?.signatureText ?? desk.signatureText)[language]}
      </p>
      {signsElsewhere}
      <SignaturePad label={w.draw} again={w.drawAgain} path={drawing} onPath={setDrawing} />
      {name !== null && (
        <TextInput
          ref={nameField}
          label={proxy ? w.proxyName : w.name}
          description={proxy ? proxy.name : w.nameHint(`${person.name['zh-TW']}, ${person.name.en}`)}
          value={name}
          maxLength={120}
          autoComplete="off"
          onChange={event => setName(event.currentTarget.value)}
          onKeyDown={inName}
        />
      )}
      <div className="desk-sign-actions">
        <Button onClick={handOver} disabled={busy || !(drawing.includes('L') || name?.trim())}>
          {keys ? w.key.handOver : w.handOver}
        </Button>
        {name === null && (
          <Button variant="default" onClick={() => setName('')}>
            {keys ? w.key.name : w.typeName}
          </Button>
        )}
        <Button variant="default" onClick={() => signed({ manner: 'witnessed' })} disabled={busy}>
          {keys ? w.key.witnessed : w.witnessed}
        </Button>
      </div>
    </section>
  )
}
