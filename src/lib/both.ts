import type { Bilingual } from './words.ts'

/** The same thing said in both languages, Chinese first. */
export const both = (zh: string, en: string): Bilingual => ({ 'zh-TW': zh, en })
