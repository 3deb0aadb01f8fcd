import type { Bilingual, Language } from './words.ts'

/** The same thing said in both languages, Chinese first. */
export const both = (zh: string, en: string): Bilingual => ({ 'zh-TW': zh, en })

/** The names of one of the register's people, or of the staff, as everybody is shown them. */
export const bothNames = ({ nameZh, nameEn }: { nameZh: string; nameEn: string }): Bilingual =>
  both(nameZh, nameEn)

/** What stands the same in both languages: an id for which nobody has a name any more. */
export const sameInBoth = (text: string): Bilingual => both(text, text)

/** What a sentence is in each language. */
export const saidInBoth = (say: (language: Language) => string): Bilingual => both(say('zh-TW'), say('en'))

/** Things beside each other, as a language writes such a row: 東樓、西樓, East Building, West Building. */
export const besideEachOther = (texts: readonly string[], language: Language): string =>
  texts.join(language === 'zh-TW' ? '、' : ', ')

/** A thing and what it says, as a language writes it: 狀態：待領取, State: waits. */
export const withLabel = (label: string, text: string, language: Language): string =>
  language === 'zh-TW' ? `${label}：${text}` : `${label}: ${text}`

/** What follows something in brackets, with the room before them that a language leaves: 東樓（已註銷）, East (retired). */
export const inBrackets = (text: string, language: Language): string =>
  language === 'zh-TW' ? `（${text}）` : ` (${text})`
