import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import type { Facts } from '../lib/decision.ts'
import type { Contradiction, Path } from './contradictions.ts'
import { formOf, kindOf } from './form-words.ts'
import { type Programme, ProgrammeShape } from './shape.ts'
import type { ProblemRule } from './words.ts'

const shape = Compile(ProgrammeShape)

/** Enough to mend a programme in one go, and a bound for a document that is something else altogether. */
const mostProblems = 200

type ShapeError = ReturnType<typeof shape.Errors>[number]

function errorsOf(value: unknown): ShapeError[] {
  const before = Settings.Get().maxErrors
  Settings.Set({ maxErrors: mostProblems * 4 })
  try {
    return shape.Errors(value)
  } finally {
    Settings.Set({ maxErrors: before })
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Follows a JSON pointer, numbers for items of lists, and says the path it walked. */
function follow(root: unknown, pointer: string): { path: (string | number)[]; value: unknown } {
  const path: (string | number)[] = []
  let value = root
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(Array.isArray(value) ? Number(key) : key)
    value = isRecord(value) ? value[key] : undefined
  }
  return { path, value }
}

/** An alias may stand inside of what it stands for, and then has no end. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return '…'
  }
}

const readable = (value: unknown): string => {
  if (value === undefined) return ''
  const text = textOf(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

const at = (path: Path, rule: ProblemRule, facts: Facts = {}): Contradiction => ({ path, rule, facts })

/** One validator's error as problems that a clerk can mend. */
function problemsOf(error: ShapeError, root: unknown): Contradiction[] {
  const { path, value } = follow(root, error.instancePath)
  const given = readable(value)
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map(name =>
        name === 'zh-TW' || name === 'en'
          ? at(path, 'language-missing', { language: name })
          : at(path, 'field-missing', { name, within: String(path[0] ?? '') }),
      )
    case 'additionalProperties':
      return error.params.additionalProperties.map(name => at([...path, name], 'field-unknown', { name }))
    case 'type':
      return [at(path, 'wrong-type', { wanted: kindOf(String(error.params.type), path), given })]
    case 'enum':
      return [at(path, 'not-one-of', { wanted: error.params.allowedValues.map(String).join(', '), given })]
    case 'const':
      return [at(path, 'not-one-of', { wanted: String(error.params.allowedValue), given })]
    case 'minLength': {
      const last = path.at(-1)
      const bilingual = last === 'zh-TW' || last === 'en'
      return [bilingual ? at(path, 'language-missing', { language: last }) : at(path, 'text-empty')]
    }
    case 'format':
      return [at(path, 'not-a-date', { given })]
    case 'pattern':
      return [
        error.params.pattern.toString().includes(':[0-5]')
          ? at(path, 'not-a-time', { given })
          : at(path, 'wrong-form', { given, wanted: formOf(path) }),
      ]
    case 'minItems':
      return [at(path, 'list-empty')]
    case 'maxItems':
    case 'maxLength':
      return [at(path, 'too-long')]
    case 'minimum':
    case 'maximum':
      return [
        at(path, 'number-out-of-range', { given, limit: `${error.params.comparison} ${error.params.limit}` }),
      ]
    default:
      return [at(path, 'wrong-form', { given })]
  }
}

const outcomes = ProgrammeShape.properties.cohorts.items.properties.outcome

/** An outcome is judged as the kind it says it is; the other kinds' complaints would only confuse. */
function ofItsKind(errors: ShapeError[], root: unknown): Contradiction[] {
  const choices = errors.filter(error => error.keyword === 'anyOf')
  const problems: Contradiction[] = []
  const kindOf = new Map<string, number>()
  for (const choice of choices) {
    const { path, value } = follow(root, choice.instancePath)
    const kinds: unknown[] = outcomes.anyOf.map(each => each.properties.kind.const)
    const kind = isRecord(value) ? value.kind : undefined
    const index = kinds.indexOf(kind)
    kindOf.set(choice.instancePath, index)
    if (index < 0)
      problems.push(
        at(isRecord(value) && 'kind' in value ? [...path, 'kind'] : path, 'not-one-of', {
          wanted: kinds.join(', '),
          given: readable(kind ?? value),
        }),
      )
  }
  for (const error of errors) {
    // "schema is false" repeats what additionalProperties says.
    if (error.keyword === 'anyOf' || error.keyword === 'boolean') continue
    const branch = /\/anyOf\/(\d+)/.exec(error.schemaPath)
    if (branch) {
      const owner = [...kindOf.keys()].find(
        path => error.instancePath === path || error.instancePath.startsWith(`${path}/`),
      )
      if (owner === undefined || kindOf.get(owner) !== Number(branch[1])) continue
    }
    problems.push(...problemsOf(error, root))
  }
  return problems
}

/** What keeps a value from having the shape of a programme, at most 200 problems; none means that it has it. */
export function shapeProblems(value: unknown): Contradiction[] {
  if (shape.Check(value)) return []
  const problems = ofItsKind(errorsOf(value), value)
  // Never nothing: whatever the list above passes over, a wrong shape stays refused.
  if (problems.length === 0) return [at([], 'wrong-form', { given: '' })]
  return problems.slice(0, mostProblems)
}

/** Whether a value has the shape of a programme; its contradictions are another question. */
export const hasShape = (value: unknown): value is Programme => shape.Check(value)
