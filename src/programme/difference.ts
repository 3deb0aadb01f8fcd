import type { Programme } from './shape.ts'

/** One thing that differs between two programmes. */
export interface Change {
  /** Keys that lead to it; an item of a list that has an id is named by it, as under `invented`. */
  path: readonly (string | number)[]
  /** `moved`: the same items of a list, in another order. */
  kind: 'added' | 'removed' | 'changed' | 'moved'
  before: unknown
  after: unknown
}

type Path = Change['path']
type Item = Record<string, unknown>

const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const idOf = (value: unknown): string | null =>
  isItem(value) && typeof value.id === 'string' ? value.id : null

/** Whether two values of a document say the same; the order of an object's fields says nothing. */
export function saysTheSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, at) => saysTheSame(each, b[at]))
  if (isItem(a) && isItem(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...keys].every(key => saysTheSame(a[key], b[key]))
  }
  return a === b
}

function* ofNamedItems(before: readonly unknown[], after: readonly unknown[], path: Path): Generator<Change> {
  const was = new Map(before.map(item => [idOf(item)!, item]))
  const is = new Map(after.map(item => [idOf(item)!, item]))
  for (const [id, item] of was)
    if (!is.has(id)) yield { path: [...path, id], kind: 'removed', before: item, after: undefined }
  for (const [id, item] of is)
    if (was.has(id)) yield* between(was.get(id), item, [...path, id])
    else yield { path: [...path, id], kind: 'added', before: undefined, after: item }
  const stayed = (items: ReadonlyMap<string, unknown>, others: ReadonlyMap<string, unknown>) =>
    [...items.keys()].filter(id => others.has(id))
  const [orderWas, orderIs] = [stayed(was, is), stayed(is, was)]
  if (!saysTheSame(orderWas, orderIs)) yield { path, kind: 'moved', before: orderWas, after: orderIs }
}

/** Items without an id (hours, phones, windows): those that both have are left out, the others are set side by side. */
function* ofUnnamedItems(
  before: readonly unknown[],
  after: readonly unknown[],
  path: Path,
): Generator<Change> {
  const gone = before.filter(item => !after.some(other => saysTheSame(item, other)))
  const come = after
    .map((item, at) => ({ item, at }))
    .filter(({ item }) => !before.some(other => saysTheSame(item, other)))
  for (const [at, { item, at: place }] of come.entries())
    yield at < gone.length
      ? { path: [...path, place], kind: 'changed', before: gone[at], after: item }
      : { path: [...path, place], kind: 'added', before: undefined, after: item }
  for (const item of gone.slice(come.length))
    yield { path: [...path, before.indexOf(item)], kind: 'removed', before: item, after: undefined }
  if (gone.length === 0 && come.length === 0)
    yield { path, kind: before.length === after.length ? 'moved' : 'changed', before, after }
}

function* between(before: unknown, after: unknown, path: Path): Generator<Change> {
  if (saysTheSame(before, after)) return
  if (before === undefined) yield { path, kind: 'added', before, after }
  else if (after === undefined) yield { path, kind: 'removed', before, after }
  else if (Array.isArray(before) && Array.isArray(after)) {
    const all: unknown[] = [...before, ...after]
    if (all.every(item => idOf(item) !== null)) yield* ofNamedItems(before, after, path)
    else if (all.every(isItem)) yield* ofUnnamedItems(before, after, path)
    else yield { path, kind: 'changed', before, after }
  } else if (isItem(before) && isItem(after))
    for (const key of new Set([...Object.keys(after), ...Object.keys(before)]))
      yield* between(before[key], after[key], [...path, key])
  else yield { path, kind: 'changed', before, after }
}

/** Everything that differs between two programmes, in the order of the document; all of it where there was none. */
export const differenceBetween = (before: Programme | null, after: Programme): Change[] => [
  ...between(before ?? {}, after, []),
]
