import { describe, expect, it } from 'vitest'
import { sayChoice } from './choice-words.ts'
import { choicesOf, fieldOrder, kindOf, type Schema, sectionOf, sections, shapeOfAll } from './editor-form.ts'

describe('the editor’s form', () => {
  it('has every field of a programme in one part', () => {
    const asked: readonly string[] = Object.values(sections).flat()
    expect(asked.toSorted()).toEqual(fieldOrder.toSorted())
    expect(sectionOf('counters')).toBe('counters')
  })

  it('knows how each field is asked for, and has words for each choice in both languages', () => {
    const kinds = new Set<string>()
    const visit = (names: readonly string[], schema: Schema): void => {
      const kind = kindOf(names.at(-1)!, schema)
      kinds.add(kind)
      for (const value of choicesOf(schema))
        for (const language of ['zh-TW', 'en'] as const)
          expect(sayChoice(names, value, language), `${names.join('.')} ${value}`).toBeTruthy()
      for (const [name, each] of Object.entries(schema.properties ?? {})) visit([...names, name], each)
      if (schema.items) visit(names, schema.items)
      for (const each of schema.anyOf ?? []) visit(names, each)
    }
    for (const field of fieldOrder) visit([field], shapeOfAll.properties![field]!)
    expect([...kinds]).toEqual(
      expect.arrayContaining(['both', 'reference', 'references', 'bring', 'outcome', 'keyed', 'time']),
    )
  })
})
