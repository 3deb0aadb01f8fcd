import { en } from './field-words-en.ts'
import { zhTW } from './field-words-zh.ts'

/** What the fields of a programme are called on the office's screen; every field of the shape has its word. */
export const fieldWords: Readonly<Record<'zh-TW' | 'en', Readonly<Record<string, string>>>> = {
  'zh-TW': zhTW,
  en,
}
