import type { TestCampus } from './campus.ts'

/** A shape of the OpenAPI document, as far as a test reads it. */
export interface Shape {
  type?: string
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  anyOf?: Shape[]
  enum?: unknown[]
  const?: unknown
  pattern?: string
  format?: string
  minLength?: number
  minimum?: number
  minItems?: number
}
/** What a route is sent, as the document tells it. */
export interface Operation {
  tags?: string[]
  parameters?: { in: string; name: string; schema: Shape }[]
  requestBody?: { content: Record<string, { schema: Shape }> }
}

/** A value that a shape allows, or nearly: enough to come past it where only one field is wrong. */
export function plausible(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.anyOf) return plausible(shape.anyOf[0]!)
  if (shape.type === 'object')
    return Object.fromEntries(
      Object.entries(shape.properties ?? {}).map(([name, each]) => [name, plausible(each)]),
    )
  if (shape.type === 'array') return shape.items ? [plausible(shape.items)] : []
  if (shape.type === 'boolean') return true
  if (shape.type === 'integer' || shape.type === 'number') return Math.max(1, shape.minimum ?? 1)
  if (shape.pattern?.includes('[0-9a-f]{2}:')) return '00:66:aa:00:00:01'
  return shape.format === 'date' ? '2023-10-18' : 'a1'
}

/** A route of the running server, as its own document tells it. */
export interface Asked {
  path: string
  method: string
  operation: Operation
}

/** Every route that the running server documents. */
export async function operations(campus: TestCampus): Promise<Asked[]> {
  const { body } = await campus.gatehouse.server.inject('/api/openapi.json')
  const { paths } = JSON.parse(body) as { paths: Record<string, Record<string, Operation>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation,
    })),
  )
}
