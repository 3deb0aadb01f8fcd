import { useEffect, useRef, useState } from 'react'
import type { Answer } from '../web/api.ts'
import { useApi } from '../web/staff/use-api.tsx'
import type { DraftReply } from './draft-api.ts'
import type { CheckReply } from './publish-api.ts'

/** How long nothing was changed before it is kept and checked: a form changes several fields in a row. */
const restMs = 500

/** Whether what stands on the screen is kept. */
export type Keeping =
  | { state: 'kept' | 'keeping' | 'unkept' }
  | { state: 'refused'; refusal: string; message: string }

/** A draft as it is being written: its text, kept and checked a moment after each change. */
export interface Written {
  text: string
  write: (text: string) => void
  /** Takes what the server has. */
  take: (draft: DraftReply) => void
  revision: number
  /** The version that what stands here was written from or brought up to. */
  comparedWith: number | null
  keeping: Keeping
  keepNow: () => void
  /** Keeps what stands here, also what is being typed, and says whether it is kept. */
  keepAll: () => Promise<boolean>
  isKept: () => boolean
  check: Answer<CheckReply> | null
  /** Whether the check is of the very text that stands here. */
  checked: boolean
}

/** Writes a draft: one keeping at a time, each naming the revision that was read; the check goes beside it. */
export function useDraft(draft: DraftReply): Written {
  const api = useApi()
  const [text, setText] = useState(draft.source)
  const [keeping, setKeeping] = useState<Keeping>({ state: 'kept' })
  const [revision, setRevision] = useState(draft.revision)
  const [check, setCheck] = useState<{ of: string; answer: Answer<CheckReply> } | null>(null)
  const newest = useRef(draft.source)
  const kept = useRef(draft.source)
  const known = useRef(draft.revision)
  const [comparedWith, setComparedWith] = useState(draft.comparedWith)
  const running = useRef<Promise<void> | null>(null)
  const isKept = (): boolean => newest.current === kept.current

  function keep(): Promise<void> {
    running.current ??= keepNewest().finally(() => {
      running.current = null
    })
    return running.current
  }
  async function keepNewest(): Promise<void> {
    if (isKept()) {
      setKeeping(now => (now.state === 'unkept' ? { state: 'kept' } : now))
      return
    }
    setKeeping({ state: 'keeping' })
    const source = newest.current
    const answer = await api.post<{ revision: number }>(`/programme/drafts/${draft.id}/text`, {
      revision: known.current,
      source,
    })
    if (!answer.ok) {
      setKeeping({ state: 'refused', refusal: answer.refusal, message: answer.message })
      return
    }
    known.current = answer.value.revision
    kept.current = source
    setRevision(answer.value.revision)
    setKeeping({ state: isKept() ? 'kept' : 'unkept' })
    await keepNewest()
  }

  // What is checked is what stands here, also what the draft began with.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the functions of the hook are made anew each time
  useEffect(() => {
    let given = false
    const look = async (): Promise<void> => {
      const answer = await api.post<CheckReply>('/programme/checks', { source: text })
      if (!given) setCheck({ of: text, answer })
    }
    const timer = setTimeout(() => {
      void keep()
      void look()
    }, restMs)
    return () => {
      given = true
      clearTimeout(timer)
    }
  }, [text])

  return {
    text,
    write(next) {
      newest.current = next
      setText(next)
      if (next !== kept.current) setKeeping(now => (now.state === 'refused' ? now : { state: 'unkept' }))
    },
    take(theirs) {
      newest.current = theirs.source
      kept.current = theirs.source
      known.current = theirs.revision
      setRevision(theirs.revision)
      setComparedWith(theirs.comparedWith)
      setText(theirs.source)
      setKeeping({ state: 'kept' })
    },
    revision,
    comparedWith,
    keeping,
    keepNow: () => void keep(),
    async keepAll() {
      // A field hands its text over when it is left.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      await keep()
      return isKept()
    },
    isKept,
    check: check?.answer ?? null,
    checked: check?.of === text,
  }
}
