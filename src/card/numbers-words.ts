import type { Facts } from '../lib/decision.ts'
import type { NumbersRefusal } from './numbers-check.ts'

type Sentences = Readonly<Record<NumbersRefusal | 'item-twice' | 'not-an-item', (facts: Facts) => string>>

const cardZh = (f: Facts): string =>
  `內碼 ${f.chip} 的卡（${f.student === null ? '空白卡' : `學號 ${f.student}`}，${f.liesZh}）`
const cardEn = (f: Facts): string =>
  `the card with chip ${f.chip} (${f.student === null ? 'a blank' : `of student ${f.student}`}, ${f.liesEn})`

/** Why rows of a file of numbers are not used, in Chinese. */
export const numbersZh: Sentences = {
  'chip-unknown': () =>
    '登錄中沒有這個內碼的卡。新卡請用「新製卡片（庫存）」上傳，或在這一列填上製卡批次的項次。',
  'chip-of-several': f => `登錄中有兩張以上的卡是這個內碼，例如${cardZh(f)}。請先到「卡片庫存」查詢並處理。`,
  'student-differs': f => `這個內碼是${cardZh(f)}，與這一列的學號不同。請拿出卡片核對，再改這一列。`,
  'printed-differs': f =>
    `${cardZh(f)}已有外觀卡號 ${f.printed}。請拿出卡片核對；若登錄資料正確，請刪除這一列。`,
  'printed-elsewhere': f => `這個外觀卡號已是${cardZh(f)}的號碼。請拿出兩張卡核對。`,
  'item-unknown': () => '沒有這個項次的送製卡片。請核對批次與項次。',
  'item-of-another': f =>
    f.chip === null
      ? `這個項次是學號 ${f.student} 的卡，與這一列的學號不同。請向製卡廠商核對。`
      : `這個內碼是${cardZh(f)}，不是這個項次的學生。請向製卡廠商核對。`,
  'item-back-already': f => `這個項次（學號 ${f.student}）的卡已經送回並登錄。若廠商多做一張，請把它收起來。`,
  'item-cancelled': f => `這個項次（學號 ${f.student}）已取消送製。請把卡收起來，或重新送製後再登錄。`,
  'item-twice': f => `同一項次也出現在第 ${f.line} 行（共 ${f.times} 次）。請只留正確的一列。`,
  'not-an-item': () => '不是項次的格式。請照送製名單填寫，例如 7-0012，或留白。',
}

/** The same in English. */
export const numbersEn: Sentences = {
  'chip-unknown': () =>
    'The register has no card with this chip. Upload new cards as stock, or fill in the item of the production batch.',
  'chip-of-several': f =>
    `Several cards of the register have this chip, such as ${cardEn(f)}. Find them in the card stock and settle that first.`,
  'student-differs': f =>
    `This chip is ${cardEn(f)}, not of this row’s student. Compare the row with the card, then correct the row.`,
  'printed-differs': f =>
    `The register has the printed number ${f.printed} for ${cardEn(f)}. Look at the card; if the register is right, delete the row.`,
  'printed-elsewhere': f => `This printed number is on ${cardEn(f)}. Compare the two cards.`,
  'item-unknown': () => 'No card was ordered by this item. Check the batch and the item.',
  'item-of-another': f =>
    f.chip === null
      ? `This item is the card of student ${f.student}, not of this row’s. Check it with the card maker.`
      : `This chip is ${cardEn(f)}, not of this item’s student. Check it with the card maker.`,
  'item-back-already': f =>
    `The card of this item (student ${f.student}) has come back already. If the maker made one too many, keep it apart.`,
  'item-cancelled': f =>
    `This item (student ${f.student}) was cancelled. Keep the card apart, or order it again first.`,
  'item-twice': f => `The same item is also on line ${f.line} (${f.times} times in all). Keep the right row.`,
  'not-an-item': () =>
    'This is no item. Write it as the list for the maker does, such as 7-0012, or leave it blank.',
}
