import type { Errand } from '../eligibility/rules.ts'
import { sayDesk } from '../handover/words.ts'
import type { Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import type { LookUpRefusal } from './look-up.ts'

/** The refusals that only a look-up has; the others are said as at a handover. */
type OwnRefusal = 'person-first' | 'card-of-nobody'

const zhTW: Readonly<Record<OwnRefusal, string>> = {
  'card-of-nobody': '這是空白卡的卡號，尚未指定給任何學生。請改掃學號，再感應要交付的卡。',
  'person-first': '請先掃描或輸入學生是誰，再記錄出示的證件。',
}

const en: typeof zhTW = {
  'card-of-nobody':
    'This is the number of a blank card that is nobody’s yet. Scan the student number, then tap the card to be given.',
  'person-first': 'Scan or type first who it is, then record what was shown.',
}

/** What a look-up says when a scan is of no use, in both languages, each with what to do next. */
export const words = { 'zh-TW': zhTW, en }

const isOwn = (refusal: string): refusal is OwnRefusal => Object.hasOwn(zhTW, refusal)

/** Says why a scan is of no use at the desk, as one sentence with what to do next. */
export function sayLookUp(
  refused: Refused<LookUpRefusal> & { errand?: Errand },
  programme: Programme,
  language: Language,
): string {
  const { refusal } = refused
  return isOwn(refusal) ? words[language][refusal] : sayDesk({ ...refused, refusal }, programme, language)
}
