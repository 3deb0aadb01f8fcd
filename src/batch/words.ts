import type { Facts } from '../lib/decision.ts'
import type { BatchRefusal, BroughtBackRefusal, InBatchRefusal, RepresentativeRefusal } from './rules.ts'

/** The refusals of this room alone; those of a card and of its holder are said as at the desk. */
export type OwnRefusal =
  | RepresentativeRefusal
  | BatchRefusal
  | Exclude<BroughtBackRefusal, 'unknown-card'>
  | 'unknown-person'
  | 'not-checked'
  | 'unknown-card'
  | Extract<
      InBatchRefusal,
      'card-of-nobody' | 'own-card' | 'other-department' | 'reissue-in-person' | 'not-at-this-counter'
    >

interface BatchWords {
  refusal: Record<OwnRefusal, (facts: Facts) => string>
  signed: (name: string, cards: number, backBy: string) => string
}

const zhTW: BatchWords = {
  refusal: {
    'batches-not-allowed': () => '這個作業不開放班代批次領取；每張卡須由本人或代領人領取。',
    'representative-not-enrolled': () => '班代必須是在學學生。請改由其他在學的同學領取。',
    'batch-not-back': ({ cards, backBy }) =>
      `這位班代還有 ${cards} 張卡沒有發出，也沒有在 ${backBy} 前送回。請先送回或請持卡人啟用，才能再領一批。`,
    'no-cards': () => '還沒有任何卡片。請先感應要交給班代的卡片。',
    'too-many-cards': ({ most }) => `一次最多 ${most} 張。請先交付這一批，再開始下一批。`,
    'card-twice': () => '同一張卡感應了兩次。請移除一張。',
    'card-not-in-batch': ({ cards }) =>
      `有 ${cards} 張卡不能交給班代，因此全部都還沒有交付。請移除清單裡標示的卡片。`,
    'not-signed': () => '班代還沒有簽名。',
    'name-differs': () => '輸入的姓名不是這位班代的姓名。請用名冊上的姓名。',
    'not-in-a-batch': () => '這張卡沒有交給班代。請在領卡櫃檯查看它的狀況。',
    'brought-back-already': () => '這張卡已經送回，放在盒裡即可。',
    'back-at-its-counter': ({ counter }) => `這張卡是從「${counter}」交出的，請在那個櫃檯送回。`,
    'activated-since': () => '持卡人已經啟用這張卡，所以不能收回盒裡。請聯絡持卡人當面交還。',
    'lost-since': () => '持卡人已掛失這張卡。請交給卡務承辦處理。',
    'more-since': () =>
      '持卡人已用這張卡辦理其他事項（曾掛失、申請補發或退費），不能收回盒裡。請當面交給持卡人，或交給卡務承辦。',
    'not-checked': () => '請先選擇如何查驗了班代的身分。',
    'unknown-person': ({ studentNumber }) => `名冊裡沒有學號 ${studentNumber}。`,
    'unknown-card': () => '這張卡不在系統裡。請確認讀卡機的格式，或改感應學生證。',
    'card-of-nobody': () => '這是空白卡，不屬於任何人，不能交給班代。',
    'own-card': () => '這是班代自己的卡。請在領卡櫃檯由本人簽收。',
    'other-department': () => '持卡人不是班代的系所。請交給該系所的班代，或由本人領取。',
    'reissue-in-person': () => '持卡人有進行中的補發申請，須由本人到櫃檯領取，申請才會結案。',
    'not-at-this-counter': () => '持卡人不在這個櫃檯領取。請把卡片送到正確的櫃檯。',
  },
  signed: (name, cards, backBy) =>
    `本人${name}代為領取同系所同學的學生證共 ${cards} 張，將逐一交給卡面上的本人；未發出者於 ${backBy}前送回櫃檯。卡片由持卡人自行啟用。`,
}

const en: BatchWords = {
  refusal: {
    'batches-not-allowed': () =>
      'This programme has no batches: each card is collected by its holder or by a proxy.',
    'representative-not-enrolled': () =>
      'A class representative has to be enrolled. Please give the cards to another student.',
    'batch-not-back': ({ cards, backBy }) =>
      `This representative still has ${cards} cards that were neither given nor brought back by ${backBy}. Those come first: bring them back, or have their holders activate them.`,
    'no-cards': () => 'There are no cards yet. Tap the cards that the representative takes.',
    'too-many-cards': ({ most }) => `At most ${most} at once. Give this batch first, then begin another one.`,
    'card-twice': () => 'One card was tapped twice. Take one of them off the list.',
    'card-not-in-batch': ({ cards }) =>
      `${cards} cards cannot go with a representative, so none was given yet. Take those that are marked off the list.`,
    'not-signed': () => 'The representative has not signed yet.',
    'name-differs': () => 'That is not the representative’s name. Please type it as the roster has it.',
    'not-in-a-batch': () => 'This card did not go with a representative. Look it up at the desk.',
    'brought-back-already': () => 'This card has come back already. Put it into its box.',
    'back-at-its-counter': ({ counter }) => `This card went out from “${counter}”. Bring it back there.`,
    'activated-since': () =>
      'Its holder has activated this card, so it does not go back into the box. Give it to them in person.',
    'lost-since': () => 'Its holder has reported this card lost. Give it to the card office.',
    'more-since': () =>
      'Its holder has done something else with this card (a report that ended, a reissue, a refund), so it does not go back into the box. Give it to them in person, or to the card office.',
    'not-checked': () => 'Say first how you saw who the representative is.',
    'unknown-person': ({ studentNumber }) => `Nobody in the roster has the student number ${studentNumber}.`,
    'unknown-card': () =>
      'This card is not in the register. Check the reader’s format, or tap a student card.',
    'card-of-nobody': () => 'This is a blank card, made for nobody. It goes with no representative.',
    'own-card': () => 'This is the representative’s own card. They sign for it at the desk.',
    'other-department': () =>
      'Its holder is of another department. Give it to that department’s representative, or to the holder.',
    'reissue-in-person': () =>
      'Its holder has an open application for a reissue, which ends when they collect in person.',
    'not-at-this-counter': () => 'Its holder does not collect at this counter. Send it to the right one.',
  },
  signed: (name, cards, backBy) =>
    `I, ${name}, have received ${cards === 1 ? 'one student card' : `${cards} student cards`} of my department, will hand each to the person named on it, and bring those that I could not give back to the desk by ${backBy}. Only their holders activate them.`,
}

/** What is said of batches. */
export const words = { 'zh-TW': zhTW, en }
