import { describe, expect, it } from 'vitest'
import { choiceWords } from './choice-words.ts'
import { fieldOrder, kindOf, type Schema, sectionOf, sections, shapeOfAll } from './editor-form.ts'

describe('the editor’s form', () => {
  it('has every field of a programme in one part', () => {
    const asked: readonly string[] = Object.values(sections).flat()
    expect(asked.toSorted()).toEqual(fieldOrder.toSorted())
    expect(sectionOf('counters')).toBe('counters')
  })

  it('knows how each field is asked for, and has words for each choice in both languages', () => {
    const kinds = new Set<string>()
    const visit = (field: string, schema: Schema): void => {
      const kind = kindOf(field, schema)
      kinds.add(kind)
      for (const value of kind === 'choice' ? schema.enum! : kind === 'choices' ? schema.items!.enum! : [])
        for (const language of ['zh-TW', 'en'] as const)
          expect(
            choiceWords[language][`${field}.${value}`] ?? choiceWords[language][value],
            `${field} ${value}`,
          ).toBeTruthy()
      for (const [name, each] of Object.entries(schema.properties ?? {})) visit(name, each)
      if (schema.items) visit(field, schema.items)
      for (const each of schema.anyOf ?? []) visit(field, each)
    }
    for (const field of fieldOrder) visit(field, shapeOfAll.properties![field]!)
    expect([...kinds]).toEqual(
      expect.arrayContaining(['both', 'reference', 'references', 'bring', 'outcome', 'keyed', 'time']),
    )
  })
})
