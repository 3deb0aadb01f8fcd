/** The two languages of every page, message and refusal, at equal depth. */
export const languages = ['zh-TW', 'en'] as const
export type Language = (typeof languages)[number]

/** The same thing said in both languages. */
export type Bilingual = Readonly<Record<Language, string>>

/** The reader's language from an Accept-Language header or a choice; Traditional Chinese when nothing is said. */
export function languageOf(asked: string | undefined | null): Language {
  for (const part of (asked ?? '').split(',')) {
    const tag = part.trim().toLowerCase()
    if (tag.startsWith('en')) return 'en'
    if (tag.startsWith('zh')) return 'zh-TW'
  }
  return 'zh-TW'
}
