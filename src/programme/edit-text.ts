import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml'

/** Keys and indexes that lead to a value of a programme's text. */
export type EditPath = readonly (string | number)[]

/** One change of a text as a form makes it. */
export type Edit =
  | { kind: 'set'; path: EditPath; value: unknown }
  | { kind: 'remove'; path: EditPath }
  /** Adds to the end of a list, which is begun where there is none. */
  | { kind: 'add'; path: EditPath; value: unknown }
  /** Changes places with the item before or after. */
  | { kind: 'move'; path: EditPath; by: -1 | 1 }

const options = { version: '1.2', prettyErrors: false, uniqueKeys: false } as const

/** A text as a document, or null where its YAML cannot be read; that is mended in the text itself. */
function documentOf(text: string): Document | null {
  try {
    const document = parseDocument(text, options)
    const readable = document.errors.length === 0
    return readable && (document.contents === null || isMap(document.contents)) ? document : null
  } catch {
    return null
  }
}

/** What a text says, as plain data; null where it cannot be read, nothing where it is empty. */
export function dataOf(text: string): Record<string, unknown> | null {
  try {
    const data: unknown = documentOf(text)?.toJS({ maxAliasCount: 100 })
    return data === undefined ? null : ((data ?? {}) as Record<string, unknown>)
  } catch {
    return null
  }
}

/** Lists are written as [a, b] and maps as { a: b }, as in the files that come with Gatehouse; the library knows one way for both. */
function padAsWritten(document: Document): void {
  const padded = (node: YAMLMap | YAMLSeq, flowCollectionPadding: string): void => {
    if (!node.flow) return
    const own = node.toString.bind(node)
    node.toString = (ctx, ...rest) => own(ctx ? { ...ctx, flowCollectionPadding } : ctx, ...rest)
  }
  visit(document, {
    Map: (_, node) => padded(node, ' '),
    Seq: (_, node) => padded(node, ''),
  })
}

/** A value as it is written new: short lists of plain values on one line. */
function nodeOf(document: Document, value: unknown): Node {
  const node = document.createNode(value) as Node
  visit(node, {
    Seq(_, seq) {
      if (seq.items.every(item => isScalar(item) || (isSeq(item) && item.flow !== false))) seq.flow = true
    },
  })
  return node
}

/** Puts a new field where the shape has it, before the first one that comes later. */
function insertInOrder(map: YAMLMap, pair: Pair, order: readonly string[]): void {
  const keyOf = (each: Pair): string => String(isScalar(each.key) ? each.key.value : each.key)
  const place = order.indexOf(keyOf(pair))
  const before = map.items.findIndex(each => order.indexOf(keyOf(each)) > place)
  if (place < 0 || before < 0) map.items.push(pair)
  else map.items.splice(before, 0, pair)
}

function set(
  document: Document,
  path: EditPath,
  { value, order }: { value: unknown; order: readonly string[] },
): void {
  const there = document.getIn(path, true)
  const plain = typeof value !== 'object' || value === null
  if (isScalar(there) && plain) {
    there.value = value
    if (there.type === Scalar.BLOCK_LITERAL && typeof value === 'string' && !value.includes('\n'))
      delete there.type
    return
  }
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (there === undefined && isMap(parent) && path.length === 1) {
    insertInOrder(parent, document.createPair(path[0], nodeOf(document, value)), order)
    return
  }
  // A parent that stands there without a value (`counters:`) takes its first.
  if (parent !== undefined && !isMap(parent) && !isSeq(parent) && path.length > 1) {
    const holder = typeof path.at(-1) === 'number' ? new YAMLSeq() : new YAMLMap()
    set(document, path.slice(0, -1), { value: holder.toJSON(), order })
  }
  document.setIn(path, nodeOf(document, value))
}

/** The items of the list that a path stands in; a comment before the first one goes with it. */
function itemsAround(document: Document, path: EditPath): unknown[] {
  const list = document.getIn(path.slice(0, -1), true)
  if (!isSeq(list)) return []
  const [first] = list.items
  if (isNode(first) && list.commentBefore && !first.commentBefore) {
    first.commentBefore = list.commentBefore
    list.commentBefore = null
  }
  return list.items
}

/**
 * A text with one change made to it; its comments and its order stay as they are. `order` says in which order a
 * programme has its fields. Null where the text cannot be read.
 */
export function editText(text: string, edit: Edit, order: readonly string[] = []): string | null {
  const document = documentOf(text)
  if (document === null) return null
  if (document.contents === null)
    document.contents = document.createNode({}) as unknown as typeof document.contents
  const { path } = edit
  if (edit.kind === 'set') set(document, path, { value: edit.value, order })
  else if (edit.kind === 'remove') document.deleteIn(path)
  else if (edit.kind === 'add') {
    const list = document.getIn(path, true)
    if (isSeq(list)) {
      if (list.items.length === 0) list.flow = false
      list.items.push(nodeOf(document, edit.value))
    } else set(document, path, { value: [edit.value], order })
  } else {
    const items = itemsAround(document, path)
    const at = Number(path.at(-1))
    const to = at + edit.by
    if (items[at] !== undefined && items[to] !== undefined) [items[at], items[to]] = [items[to], items[at]]
  }
  padAsWritten(document)
  return document.toString({ lineWidth: 0, singleQuote: true })
}

/** A short name of small letters, digits and hyphens, made from an English name; another one where a list has it already. */
export function idFrom(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 50)
  const base = plain === '' ? 'item' : plain
  if (!taken.includes(base)) return base
  for (let more = 2; more <= taken.length + 2; more += 1)
    if (!taken.includes(`${base}-${more}`)) return `${base}-${more}`
  return base
}
