import { Button, Switch } from '@mantine/core'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { HandoverBody } from '../handover/api.ts'
import type { AskedToSignReply } from '../handover/signing-api.ts'
import type { SigningPlace } from '../handover/signing-rules.ts'
import { When } from '../web/moment.tsx'
import { Notice } from '../web/panel.tsx'
import { useApi } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { ViewReply } from './api.ts'
import { besideOf } from './session.ts'
import { useKept } from './side.tsx'
import { signingVerdict } from './signing-verdict.ts'
import { signingDeskWords } from './signing-words.ts'

/** What the keys do about signing elsewhere. */
export interface SignElsewhereKeys {
  ask: (place: SigningPlace) => void
  /** Hands over with what was signed elsewhere; false where nothing was. */
  handOver: () => boolean
}

type Signing = NonNullable<ViewReply['signing']>

/** Whether there is a signature that only waits to be used. */
const isSigned = (signing: Signing | null): signing is Signing =>
  signing?.state === 'signed' || signing?.state === 'to-witness'

/**
 * Signing on the student's own phone or on the desk's tablet. Who showed their phone's live code is asked there by
 * itself; once they have signed, the desk hands over by itself. What was asked is taken back when the desk goes on with
 * something else.
 */
export function SignElsewhere({
  ref,
  view,
  ready,
  keys,
  busy,
  onSigned,
  onAsked,
}: {
  ref: Ref<SignElsewhereKeys>
  view: ViewReply | null
  /** Nothing but the signature is missing. */
  ready: boolean
  keys: boolean
  busy: boolean
  onSigned: (signature: HandoverBody['signature']) => void
  /** Looks again at what lies on the desk. */
  onAsked: () => void
}) {
  const w = useWords(signingDeskWords)
  const { language } = useShell()
  const api = useApi()
  const [always, setAlways] = useKept<'on' | 'off'>('desk.tablet', 'off')
  const [refused, setRefused] = useState<string | null>(null)
  const signing = ready ? (view?.signing ?? null) : null
  const { studentNumber, chip, evidence } = besideOf(view)
  const about = ready ? `${studentNumber} ${chip}` : ''
  const phone = view?.evidence.some(each => each.kind === 'app-proof' && each.holds) && !view.proxy

  async function ask(place: SigningPlace): Promise<void> {
    if (!ready || busy) return
    const answer = await api.post<AskedToSignReply>('/desk/signatures', {
      studentNumber,
      chip,
      evidence,
      place,
    })
    setRefused(answer.ok ? null : answer.message)
    onAsked()
  }
  const use = () => {
    if (isSigned(signing) && !busy) onSigned({ manner: 'elsewhere', request: signing.request })
    return isSigned(signing)
  }
  useImperativeHandle(ref, () => ({ ask: place => void ask(place), handOver: use }))

  // Asked by itself once for what lies there: never again after a no, or after the time ran out.
  const askedAbout = useRef('')
  const nothingAsked = signing === null
  // biome-ignore lint/correctness/useExhaustiveDependencies: what lies there is what asking depends on.
  useEffect(() => {
    setRefused(null)
    if (about === '') askedAbout.current = ''
    if (about === '' || !nothingAsked || askedAbout.current === about) return
    askedAbout.current = about
    if (always === 'on') void ask('tablet')
    else if (phone) void ask('phone')
  }, [about, nothingAsked])

  // The desk goes on by itself; a button that was pressed on the tablet waits for the clerk who saw it.
  const used = useRef(0)
  const signed = signing?.state === 'signed' ? signing.request : 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: each signature is used once.
  useEffect(() => {
    if (signed === 0 || used.current === signed) return
    used.current = signed
    use()
  }, [signed])

  // Whoever is asked sees it go when another card or person is scanned, or the desk is cleared.
  const standing = useRef<number | null>(null)
  const request = signing && signing.state !== 'elsewhere' ? signing.request : null
  useEffect(() => {
    const before = standing.current
    standing.current = request
    if (before !== null && before !== request) void api.post(`/desk/signatures/${before}/withdrawal`)
  }, [request, api])

  if (!ready) return null
  const verdict = signingVerdict(signing, { language, keys })
  return (
    <div className="desk-elsewhere">
      {verdict && signing && (
        <div className="desk-evidence-row">
          <Verdict tone={verdict.tone} word={verdict.word} />
          {signing.state === 'asked' && (
            <span className="dim">
              {w.until} <When at={signing.goodUntil} />
            </span>
          )}
        </div>
      )}
      {refused && (
        <Notice tone="no" urgent>
          <p>{refused}</p>
        </Notice>
      )}
      <div className="desk-sign-actions">
        {signing?.state === 'to-witness' && (
          <Button onClick={use} disabled={busy}>
            {keys ? w.keyWitness : w.witness}
          </Button>
        )}
        {!view?.proxy && (
          <Button variant="default" onClick={() => void ask('phone')} disabled={busy}>
            {keys ? w.key.phone : w.phone}
          </Button>
        )}
        <Button variant="default" onClick={() => void ask('tablet')} disabled={busy}>
          {keys ? w.key.tablet : w.tablet}
        </Button>
        <Switch
          label={w.alwaysTablet}
          checked={always === 'on'}
          onChange={event => setAlways(event.currentTarget.checked ? 'on' : 'off')}
        />
      </div>
    </div>
  )
}
