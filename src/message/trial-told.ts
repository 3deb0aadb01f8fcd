import { expect } from 'vitest'
import type { Reader } from './letter.ts'
import { type Composed, compose, type Told } from './rules.ts'

/** A wall time of the campus. */
export const at = (wall: string): Temporal.Instant => Temporal.Instant.from(`${wall}+08:00`)

/** The number on the card that is told of; no message says it whole. */
export const printedNumber = '1234567890123456'

/** Who reads Chinese. */
export const chinese: Reader = {
  language: 'zh-TW',
  name: '示例生 甲01',
  campus: '示例大學',
  zone: 'Asia/Taipei',
  now: at('2023-10-18T11:00'),
  askAt: '註冊組',
}

/** Who reads English. */
export const english: Reader = {
  ...chinese,
  language: 'en',
  name: 'Sample One',
  campus: 'Sample University',
  askAt: 'the Registration Division',
}

/** What is told, and what its message must say in Chinese and in English. */
export type Case = readonly [
  says: string,
  told: Told,
  inChinese: readonly string[],
  inEnglish: readonly string[],
]

/** No message says the bare word instead of which life of a card ends, has a hole in it, or the whole card number. */
function isPlain({ subject, body }: Composed): void {
  const all = `${subject}\n${body}`
  expect(all).not.toMatch(/deactivat|停用|undefined|null|NaN/iu)
  expect(all).not.toContain('123456789012')
  expect(subject).not.toContain('\n')
}

/** What is told is plain in both languages. */
export function expectPlain(told: Told): void {
  for (const reader of [chinese, english]) isPlain(compose(told, reader))
}

/** What is told names what it must, in both languages, and is plain. */
export function expectSaid(told: Told, inChinese: readonly string[], inEnglish: readonly string[]): void {
  const [zh, en] = [compose(told, chinese), compose(told, english)]
  for (const part of inChinese) expect(`${zh.subject}\n${zh.body}`).toContain(part)
  for (const part of inEnglish) expect(`${en.subject}\n${en.body}`).toContain(part)
  expect(zh.body.startsWith('示例生 甲01 您好：')).toBe(true)
  expect(en.body.startsWith('Dear Sample One,')).toBe(true)
  isPlain(zh)
  isPlain(en)
}
