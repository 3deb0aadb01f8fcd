import { tokenHeader } from '../../lib/form-token.ts'
import { type Answer, newKey } from '../api.ts'
import type { Shell } from '../shell.ts'
import { words } from '../words.ts'

/** What came back for a file; a refusal with its facts. */
export type SentFile<Value> = Answer<Value> & { facts?: RefusedBody['facts'] }

interface RefusedBody {
  refusal: string
  message: string
  facts: Readonly<Record<string, unknown>>
}

/**
 * Sends a file to a path of the API and tells how much of it is on its way: `fetch` cannot say that, so this is an older request. A
 * dead network is the refusal `network`, like everywhere.
 */
export function sendFile<Value>(
  path: string,
  file: File,
  { shell, onSent }: { shell: Pick<Shell, 'language' | 'formToken'>; onSent: (bytes: number) => void },
): Promise<SentFile<Value>> {
  const { language, formToken } = shell
  const w = words[language]
  return new Promise(resolve => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.set('file', file)
    request.open('POST', `/api/v1${path}`)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', language)
    request.setRequestHeader('idempotency-key', newKey())
    if (formToken !== null) request.setRequestHeader(tokenHeader, formToken)
    request.upload.addEventListener('progress', event => onSent(event.loaded))
    request.addEventListener('error', () =>
      resolve({ ok: false, status: 0, refusal: 'network', message: w.networkRefusal }),
    )
    request.addEventListener('load', () => {
      const { status } = request
      try {
        const body = JSON.parse(request.responseText) as Value & Partial<RefusedBody>
        if (status < 300) resolve({ ok: true, status, value: body })
        else
          resolve({
            ok: false,
            status,
            refusal: body.refusal ?? 'fault',
            message: body.message ?? w.noWordsRefusal(status),
            facts: body.facts ?? {},
          })
      } catch {
        resolve({ ok: false, status, refusal: 'unreadable', message: w.unreadableRefusal })
      }
    })
    request.send(form)
  })
}
