import type { Language } from '../lib/words.ts'
import { type Answer, newKey } from '../web/api.ts'
import { words } from '../web/words.ts'
import type { PreviewReply } from './import-api.ts'

/**
 * Sends a roster and tells how much of it is on its way: `fetch` cannot say that, so this is an older request. A
 * dead network is the refusal `network`, like everywhere.
 */
export function sendRoster(
  file: File,
  { language, onSent }: { language: Language; onSent: (bytes: number) => void },
): Promise<Answer<PreviewReply>> {
  const w = words[language]
  return new Promise(resolve => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.set('file', file)
    request.open('POST', '/api/v1/roster/uploads')
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', language)
    request.setRequestHeader('idempotency-key', newKey())
    request.upload.addEventListener('progress', event => onSent(event.loaded))
    request.addEventListener('error', () =>
      resolve({ ok: false, status: 0, refusal: 'network', message: w.networkRefusal }),
    )
    request.addEventListener('load', () => {
      const { status } = request
      try {
        const body = JSON.parse(request.responseText) as PreviewReply & { refusal?: string; message?: string }
        if (status < 300) resolve({ ok: true, status, value: body })
        else
          resolve({
            ok: false,
            status,
            refusal: body.refusal ?? 'fault',
            message: body.message ?? w.noWordsRefusal(status),
          })
      } catch {
        resolve({ ok: false, status, refusal: 'unreadable', message: w.unreadableRefusal })
      }
    })
    request.send(form)
  })
}
