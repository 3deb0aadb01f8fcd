import type { Language } from '../../lib/words.ts'
import { words } from '../words.ts'

/**
 * Fetches a file of the API and hands it to the browser to keep, under the name that the server gave it. Says why not,
 * in the reader's language; null where it is there.
 */
export async function fetchFile(path: string, language: Language): Promise<string | null> {
  const w = words[language]
  let answer: Response
  try {
    answer = await fetch(`/api/v1${path}`, {
      headers: { 'accept-language': language },
      credentials: 'same-origin',
    })
  } catch {
    return w.networkRefusal
  }
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { message?: string }
    return problem.message ?? w.noWordsRefusal(answer.status)
  }
  const named = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')
  const address = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = named?.[1] ?? 'list'
  link.click()
  URL.revokeObjectURL(address)
  return null
}
