import type { SignedOn, SigningManner } from '../handover/signature.ts'
import type { Language } from '../lib/words.ts'

/** What was signed when a card was given: the sentence, how, on what, and the short form of the hash that binds it. */
export interface SignedTold {
  text: string
  manner: SigningManner
  place: SignedOn
  hash: string
}

const zhTW = {
  text: (text: string) => `簽收內容：「${text}」`,
  manners: {
    drawn: '手寫簽名',
    typed: '輸入姓名',
    confirmed: '按「我已領取」',
    witnessed: '由櫃檯人員見證',
  },
  places: { desk: '在櫃檯', phone: '在本人的手機上', tablet: '在櫃檯的平板上' },
  how: (how: string, where: string) => `簽收方式：${where}${how}`,
  hash: (hash: string) => `簽收驗證碼：${hash}（有疑問時，卡務承辦人可據此核對）`,
}

const en: typeof zhTW = {
  text: text => `What was signed: “${text}”`,
  manners: {
    drawn: 'by hand',
    typed: 'with the name',
    confirmed: 'with “I have received it”',
    witnessed: 'before the clerk',
  },
  places: { desk: 'at the desk', phone: 'on the holder’s own phone', tablet: 'on the desk’s tablet' },
  how: (how, where) => `Signed ${how}, ${where}.`,
  hash: hash => `Signature check: ${hash} (with it the card office can verify what was signed)`,
}

const words = { 'zh-TW': zhTW, en }

/** Says what was signed and how, with what it is verified by. */
export function saySigned({ text, manner, place, hash }: SignedTold, language: Language): string {
  const w = words[language]
  return [w.text(text), w.how(w.manners[manner], w.places[place]), w.hash(hash)].join('\n')
}
