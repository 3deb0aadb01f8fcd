import type { Facts, Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { CancelRefusal, OrderRefusal, PlaceRefusal } from './rules.ts'

/** Every refusal of this room. */
export type ProductionRefusal = OrderRefusal | CancelRefusal | PlaceRefusal

type Sentences = Readonly<Record<ProductionRefusal, (facts: Facts) => string>>

const zhTW: Sentences = {
  'no-edition-to-make': () =>
    '現行換發作業沒有現在或之後要發的版別，因此沒有卡片可以送製。請先在換發作業寫明發給的版別。',
  'list-changed': f =>
    `清單在您查看之後有變動：原為 ${f.seen} 人，現在 ${f.listed} 人。還沒有送製；請重新查看清單再送製。`,
  'nobody-to-order-for': () => '沒有要送製的人：都排除了，或都沒有採用的照片。請調整篩選或排除的人。',
  'no-such-batch': () => '沒有這個製卡批次。請回到製卡畫面重新選擇。',
  'not-of-this-batch': () => '選擇的卡片不在這個批次。請重新整理後再選。',
  'back-already': () => '選擇的卡片中有已經製成送回的，不能取消。請重新整理後再選。',
  'cancelled-already': () => '選擇的卡片中有已經取消的。請重新整理後再選。',
  'none-out': () => '這個批次沒有還在廠商那裡的卡片，不必取消。',
  'unknown-counter': f => `換發作業中沒有「${f.counter}」這個櫃檯。請選擇清單上的櫃檯。`,
  'none-without-place': () => '這個批次的卡片都已在櫃檯，或還沒有送回。',
}

const en: Sentences = {
  'no-edition-to-make': () =>
    'The programme in force gives no edition, now or later, so there is no card to make. Say in the programme which edition is issued.',
  'list-changed': f =>
    `The list has changed since you looked: it had ${f.seen} people and has ${f.listed}. Nothing was ordered; look at the list again, then order.`,
  'nobody-to-order-for': () =>
    'There is nobody to order for: all were left out, or have no accepted photo. Change the filters or whom you leave out.',
  'no-such-batch': () => 'There is no such production batch. Choose one on the screen of card production.',
  'not-of-this-batch': () => 'A card that was chosen is of another batch. Load the batch again, then choose.',
  'back-already': () =>
    'A card that was chosen has come back, so it is not cancelled. Load the batch again, then choose.',
  'cancelled-already': () =>
    'A card that was chosen was cancelled before. Load the batch again, then choose.',
  'none-out': () => 'No card of this batch is still at the card maker’s: there is nothing to cancel.',
  'unknown-counter': f => `The programme has no counter “${f.counter}”. Choose one of the list.`,
  'none-without-place': () => 'Every card of this batch lies at a counter, or has not come back.',
}

/** What is refused about production, in both languages. */
export const words = { 'zh-TW': zhTW, en }

/** Says a refusal of this room. */
export const sayProduction = (refused: Refused<ProductionRefusal>, language: Language): string =>
  words[language][refused.refusal](refused.facts)
