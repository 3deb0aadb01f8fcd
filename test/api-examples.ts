/** One request of a document, with the telling part of its answer. */
export interface Example {
  /** The line of the document on which the request begins. */
  line: number
  /** The student's number whose session sends it. */
  who: string
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  body: string
  answer: unknown
}

/** The paths of an OpenAPI document, with what can be asked of each. */
export type Paths = Readonly<Record<string, object>>

const pair = /^```http\n(?<request>.*?)^```\n```json\n(?<answer>.*?)^```$/gmsu
const fence = /^```http$/gmu

/** Reads the examples of a document; one that is malformed, or without an answer or a student, is a fault. */
export function readExamples(text: string): Example[] {
  const examples = [...text.matchAll(pair)].map(({ groups, index }) => {
    const [head = '', ...bodies] = groups!.request!.split('\n\n')
    const [first = '', ...headers] = head.trim().split('\n')
    const [method = '', path = ''] = first.split(' ')
    const line = text.slice(0, index).split('\n').length
    const who = [...text.slice(0, index).matchAll(/^As (\d{8}[A-Z])/gmu)].at(-1)?.[1]
    if (who === undefined) throw new Error(`line ${line}: nobody is named as who sends it ("As 41047007S")`)
    return {
      line,
      who,
      method,
      path,
      headers: Object.fromEntries(headers.map(each => each.split(': ', 2) as [string, string])),
      body: bodies.join('\n').trim(),
      answer: readJson(groups!.answer!, line),
    }
  })
  if (examples.length !== [...text.matchAll(fence)].length)
    throw new Error('a request has no ```json answer right behind it')
  return examples
}

function readJson(text: string, line: number): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`line ${line}: the answer is no JSON`, { cause: error })
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isLike = (documented: string, actual: string): boolean =>
  new RegExp(
    `^${documented
      .split('…')
      .map(part => RegExp.escape(part))
      .join('.*')}$`,
    'su',
  ).test(actual)

/**
 * Where an answer is not as it is documented, a sentence each. More fields and more in a list is well; `…` is any text.
 * Ids of cards are noted in `ids`, by the number that the document gives them.
 */
export function differences(
  documented: unknown,
  actual: unknown,
  ids: Map<number, number>,
  at = 'answer',
): string[] {
  if (Array.isArray(documented)) {
    if (!Array.isArray(actual)) return [`${at} is no list`]
    let from = 0
    return documented.flatMap((each: unknown, place) => {
      const found = actual.findIndex(
        (other, index) => index >= from && differences(each, other, new Map(ids)).length === 0,
      )
      if (found < 0) return [`${at}[${place}] is not in the list: ${JSON.stringify(actual).slice(0, 400)}`]
      from = found + 1
      return differences(each, actual[found], ids, `${at}[${place}]`)
    })
  }
  if (isObject(documented)) {
    if (!isObject(actual)) return [`${at} is ${JSON.stringify(actual)}`]
    return Object.entries(documented).flatMap(([name, value]) => {
      if (!(name in actual)) return [`${at}.${name} does not exist`]
      const other = actual[name]
      if (name === 'cardId' && typeof value === 'number' && typeof other === 'number') {
        const known = ids.get(value) ?? other
        ids.set(value, known)
        return known === other ? [] : [`${at}.cardId is another card than before`]
      }
      return differences(value, other, ids, `${at}.${name}`)
    })
  }
  if (typeof documented === 'string' && typeof actual === 'string' && isLike(documented, actual)) return []
  return documented === actual ? [] : [`${at} is ${JSON.stringify(actual)}`]
}

/** A request's text with the real ids of the cards that it speaks of. */
export const withIds = (text: string, ids: ReadonlyMap<number, number>): string =>
  text.replaceAll(/(cardId"?\s*[:=]\s*)(\d+)/gu, (_, before: string, id: string) => {
    const real = ids.get(Number(id))
    if (real === undefined) throw new Error(`no answer before has the cardId ${id}`)
    return before + real
  })

/** Whether a path leads to one that is written with parameters: /extras/{item}/mark. */
function leadsTo(path: string, written: string): boolean {
  const [steps, others] = [path.split('?')[0]!.split('/'), written.split('/')]
  return (
    steps.length === others.length && others.every((each, at) => each.startsWith('{') || each === steps[at])
  )
}

const namesOf = (paths: Paths): { method: string; path: string }[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => ({ method: method.toUpperCase(), path })),
  )

/** Of some requests, those that the OpenAPI document does not have. */
export const unknownRoutes = (asked: readonly Pick<Example, 'method' | 'path'>[], paths: Paths): string[] =>
  asked
    .filter(
      each => !namesOf(paths).some(({ method, path }) => method === each.method && leadsTo(each.path, path)),
    )
    .map(({ method, path }) => `${method} ${path}`)

/** The student's routes of the OpenAPI document of which there is no example. */
export const withoutExample = (
  examples: readonly Pick<Example, 'method' | 'path'>[],
  paths: Paths,
): string[] =>
  namesOf(paths)
    .filter(({ path }) => path.startsWith('/api/v1/me/'))
    .filter(({ method, path }) => !examples.some(each => each.method === method && leadsTo(each.path, path)))
    .map(({ method, path }) => `${method} ${path}`)

/** The requests that the curl lines of a document send. */
export const curlRequests = (text: string): { method: string; path: string }[] =>
  [...text.matchAll(/\bcurl\b(?<flags>.*?)https?:\/\/[\w.:-]+(?<path>\/api\/v1\/[\w/.-]+)/gsu)].map(
    ({ groups }) => ({
      method: /-X ([A-Z]+)/u.exec(groups!.flags!)?.[1] ?? 'GET',
      path: groups!.path!,
    }),
  )
