import type { Facts } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'

/** How values are written whose form is checked; the last sentence of a problem says it. */
const forms = {
  id: {
    'zh-TW': '代號只能用小寫英文、數字與連字號。',
    en: 'Ids take lower-case letters, digits and hyphens.',
  },
  'kind-of-evidence': {
    'zh-TW': '這個代號只能用小寫英文與連字號，不可有數字。',
    en: 'This id takes lower-case letters and hyphens, no digits.',
  },
  currency: { 'zh-TW': '請寫三個大寫英文字母，例如 EUR。', en: 'Write three capital letters, like EUR.' },
  'student-number': {
    'zh-TW': '9 代表一個數字、A 代表一個大寫字母；其他只能是大寫字母、數字與 - . /，並代表自己。',
    en: 'Write 9 for a digit and A for a capital letter; other capitals, digits and - . / stand for themselves.',
  },
  address: {
    'zh-TW': '請寫 https:// 開頭的網址。',
    en: 'Write an address that begins with https://.',
  },
  email: { 'zh-TW': '請寫電子郵件地址。', en: 'Write an e-mail address.' },
  term: { 'zh-TW': '請寫學年與學期，例如 2023-1。', en: 'Write year and term, like 2023-1.' },
  pointer: {
    'zh-TW': "請寫值的位置，例如 /fees/reissue/amount；'' 代表整份文件。",
    en: "Write where the value stands, like /fees/reissue/amount; '' is the whole document.",
  },
} satisfies Record<string, Record<Language, string>>

/** What a problem knows of a value. */
type Fact = Facts[string] | undefined

/** A form that a programme's text can miss. */
export type Form = keyof typeof forms

/** Fields whose form is not that of an id. */
const formOfField: Readonly<Record<string, Form>> = {
  code: 'currency',
  studentNumber: 'student-number',
  map: 'address',
  link: 'address',
  email: 'email',
  leaveTerms: 'term',
  invented: 'pointer',
}

/** The form that a field asks for, by the last name on its way. */
export function formOf(path: readonly (string | number)[]): Form {
  const name = path.findLast(part => typeof part === 'string')
  // Which document was shown is kept by this id: with digits in it, a number could be.
  if (name === 'id' && path[0] === 'evidence' && path.includes('kinds')) return 'kind-of-evidence'
  return formOfField[String(name)] ?? 'id'
}

/** How a value of this form is written: a whole sentence. */
export const sayForm = (form: Fact, language: Language): string =>
  forms[form as Form]?.[language] ?? forms.id[language]

/** What a value must be, as the shape and not as a clerk calls it. */
const kinds: Readonly<Record<string, Record<Language, string>>> = {
  integer: { 'zh-TW': '整數', en: 'a whole number' },
  amount: {
    'zh-TW': '整數，以最小貨幣單位計（minorDigits 為 2 時，12.50 寫成 1250；為 0 時，200 就寫 200）',
    en: 'a whole number of minor units (with minorDigits 2, 12.50 is written 1250; with 0, 200 is written 200)',
  },
  number: { 'zh-TW': '數字', en: 'a number' },
  string: { 'zh-TW': '文字（可加引號）', en: 'a text (put it in quotation marks)' },
  boolean: { 'zh-TW': 'true 或 false', en: 'true or false' },
  array: { 'zh-TW': '清單', en: 'a list' },
  object: { 'zh-TW': '一組「欄位: 值」', en: 'fields with values' },
}

/** Fields whose whole numbers are money. */
const amounts = new Set(['amount', 'price', 'perDay', 'handling', 'balanceAtMost'])

/** The kind of value that a field asks for: what the shape says, and where it is money, that. */
export const kindOf = (kind: string, path: readonly (string | number)[]): string =>
  kind === 'integer' && amounts.has(String(path.at(-1))) ? 'amount' : kind

/** A kind of value in words. */
export const sayKind = (kind: Fact, language: Language): string =>
  kinds[String(kind)]?.[language] ?? String(kind)
