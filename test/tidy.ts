import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { parseSync } from 'vite'

/** One import or re-export of a file, as written. */
export interface Import {
  /** A path from the project's root for our own files, else the package's name as written. */
  of: string
  ours: boolean
  /** Nothing of it is left when the program runs. */
  typeOnly: boolean
}

/** A node of the syntax tree, as far as the checks look at it. */
export type Node = Readonly<Record<string, unknown>> & { type: string }

/** One file of the tree; for TypeScript also what it imports and its syntax. */
export interface Source {
  path: string
  text: string
  imports: readonly Import[]
  body: readonly Node[]
}

const root = join(import.meta.dirname, '..')
const isCode = (path: string): boolean => /\.tsx?$/.test(path)

interface Entry {
  isType: boolean
}
const typesOnly = (entries: readonly Entry[]): boolean =>
  entries.length > 0 && entries.every(entry => entry.isType)

/** Reads a text as a file of that path would be read: this is also how a bad sample is planted. */
export function sourceOf(path: string, text: string): Source {
  if (!isCode(path)) return { path, text, imports: [], body: [] }
  const { program, module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]!.message}`)
  const named = (request: string, typeOnly: boolean): Import =>
    request.startsWith('.')
      ? { of: normalize(join(dirname(path), request)), ours: true, typeOnly }
      : { of: request, ours: false, typeOnly }
  const imports = [
    ...module.staticImports.map(each => named(each.moduleRequest.value, typesOnly(each.entries))),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(each => (each.moduleRequest ? [named(each.moduleRequest.value, each.isType)] : [])),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
      named(text.slice(start + 1, end - 1), false),
    ),
  ]
  walk(program.body, node => {
    if (node.type === 'TSImportType') imports.push(named((node.source as { value: string }).value, true))
  })
  return { path, text, imports, body: program.body as unknown as Node[] }
}

/** What .gitignore leaves out, beside the folders whose name begins with a dot. */
const left = new Set(['node_modules', 'dist', 'coverage'])

/** Every file of the project itself. */
export function readTree(): Source[] {
  return globSync('**/*.{ts,tsx,mjs,css,sql,md,yml,yaml,json}', {
    cwd: root,
    exclude: path => left.has(basename(path)) || basename(path).startsWith('.'),
  })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path !== 'package-lock.json')
    .toSorted()
    .map(path => sourceOf(path, readFileSync(join(root, path), 'utf8')))
}

/** Visits every node of a file's syntax. */
export function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const each of node) walk(each, visit)
  else if (typeof node === 'object' && node !== null) {
    if ('type' in node && typeof node.type === 'string') visit(node as Node)
    for (const value of Object.values(node)) if (typeof value === 'object') walk(value, visit)
  }
}

/** The texts that a file's program contains (not its comments): SQL, sentences, names. */
export function textsIn(source: Source): string[] {
  const texts: string[] = []
  walk(source.body, node => {
    if (node.type === 'Literal' && typeof node.value === 'string') texts.push(node.value)
    if (node.type === 'JSXText') texts.push(String(node.value))
    if (node.type === 'TemplateLiteral') {
      const parts = node.quasis as { value: { cooked: string } }[]
      texts.push(parts.map(part => part.value.cooked).join('…'))
    }
  })
  return texts
}

/** `object.property` as written, for each member expression of two names. */
export function membersIn(source: Source): string[] {
  const members: string[] = []
  walk(source.body, node => {
    if (node.type !== 'MemberExpression') return
    const [object, property] = [node.object, node.property] as { type: string; name?: string }[]
    if (object?.type === 'Identifier' && property?.name) members.push(`${object.name}.${property.name}`)
  })
  return members
}

/** Every file that runs when this one does, itself included: imports of types are not followed. */
export function reachedFrom(source: Source, byPath: ReadonlyMap<string, Source>): Source[] {
  const reached = new Map([[source.path, source]])
  for (const each of reached.values())
    for (const { of, ours, typeOnly } of each.imports) {
      const next = ours && !typeOnly ? byPath.get(of) : undefined
      if (next) reached.set(of, next)
    }
  return [...reached.values()]
}
