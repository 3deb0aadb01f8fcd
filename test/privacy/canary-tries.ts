import { type Asked, plausible, type Shape } from '../openapi.ts'
import { canary as bird } from './canaries.ts'

const inText = [
  bird.studentNumber,
  bird.nameZh,
  bird.nameEn,
  bird.email,
  bird.chip,
  bird.printedNumber,
  bird.iban,
  bird.account,
]
let turn = 0
const nextWord = (): string => {
  turn += 1
  return inText[turn % inText.length]!
}

/** What a shape wants, with a canary wherever a text is free, and the person's id wherever an id is. */
function sung(shape: Shape): unknown {
  if (shape.const !== undefined || shape.enum || shape.format === 'date') return plausible(shape)
  if (shape.anyOf) return sung(shape.anyOf[0]!)
  if (shape.type === 'object')
    return Object.fromEntries(
      Object.entries(shape.properties ?? {}).map(([name, each]) => [name, sung(each)]),
    )
  if (shape.type === 'array') return shape.items ? [sung(shape.items)] : []
  if (shape.type === 'integer' || shape.type === 'number') return bird.id
  return shape.type === 'boolean' ? true : nextWord()
}

/** How a request is sent. */
export type Init = { method: string; headers: Record<string, string>; body?: string | FormData }

/** The requests that try one route: as it wants, with canaries everywhere, and with a body that is cut off. */
export function* triesOf({ path, method, operation }: Asked): Generator<{ path: string; init: Init }> {
  const { parameters = [], requestBody } = operation
  const shape = requestBody?.content['application/json']?.schema
  for (const fill of [sung, nextWord]) {
    const query = new URLSearchParams()
    let at = path
    for (const each of parameters) {
      const value = String(fill(each.schema))
      if (each.in === 'path') at = at.replace(`{${each.name}}`, encodeURIComponent(value))
      if (each.in === 'query' && fill !== sung) query.set(each.name, value)
    }
    const url = query.size > 0 ? `${at}?${query}` : at
    const json = { 'content-type': 'application/json' }
    if (method === 'GET') yield { path: url, init: { method, headers: {} } }
    else if (requestBody?.content['multipart/form-data'] || !shape) {
      const file = new FormData()
      const line = `${bird.studentNumber},${bird.nameZh},${bird.nameEn},${bird.email},${bird.chip}`
      file.set(
        'file',
        new Blob([`student_number,name_zh,name_en,email,chip\n${line}\n`]),
        `${bird.nameEn}.csv`,
      )
      yield { path: url, init: { method, headers: {}, body: file } }
    } else {
      yield { path: url, init: { method, headers: json, body: JSON.stringify(fill(shape)) } }
      yield {
        path: url,
        init: {
          method,
          headers: json,
          body: `{"studentNumber": "${bird.studentNumber}", "name": ${bird.nameEn}`,
        },
      }
    }
  }
}
