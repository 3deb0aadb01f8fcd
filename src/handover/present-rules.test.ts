import { expect, it } from 'vitest'
import { harbour, ntnu } from '../programme/trial-facts.ts'
import { checkedSaid, checksOf, mayActFor } from './present-rules.ts'

it('a clerk sees who it is by the old card or by one of the documents of who has neither', () => {
  expect(checksOf(ntnu).map(({ id }) => id)).toEqual([
    'old-card',
    'id-document:national-id',
    'id-document:health-insurance-card',
    'id-document:driving-licence',
    'id-document:residence-permit',
    'id-document:passport',
  ])
  expect(checksOf(harbour).length).toBeGreaterThan(0)
})

it.each([
  ['the old card', 'old-card', true],
  ['a document of one kind', 'id-document:passport', true],
  ['a document of no kind, where it has kinds', 'id-document', false],
  ['a kind that the programme does not know', 'id-document:library-card', false],
  ['a proxy’s document', 'proxy-id:passport', false],
  ['the app, which needs a phone', 'app-proof', false],
  ['nothing', '', false],
])('%s', (_, checked, may) => {
  expect(mayActFor(ntnu, checked)).toMatchObject(may ? { ok: true } : { refusal: 'not-checked' })
})

it.each([
  ['the old card', 'old-card', '舊學生證'],
  ['a document of one kind by its kind', 'id-document:passport', '護照'],
  ['a document of no kind', 'id-document', '附照片的身分證件正本'],
  ['what the programme knows no more by its id', 'amulet:jade', 'amulet:jade'],
])('says %s in words', (_, checked, said) => {
  expect(checkedSaid(ntnu, checked)['zh-TW']).toBe(said)
})
