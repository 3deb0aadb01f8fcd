import type { Facts } from '../lib/decision.ts'
import type { FindRefusal } from './find-card.ts'
import type { DoorNumberRefusal, ReaderFormat } from './formats.ts'
import type { FormatRefusal } from './new-format.ts'
import type { ChipRefusal, PrintedRefusal } from './numbers.ts'
import { wrongDigitsEn, wrongDigitsZh } from './printed-words.ts'
import type { CardRefusal, StockActRefusal } from './rules.ts'
import type { ScanRefusal } from './scan.ts'

type Sentences<Reason extends string> = Readonly<Record<Reason, (facts: Facts) => string>>

const handOverZh: Sentences<CardRefusal> = {
  'unknown-card': () => '登錄資料中沒有這張卡。請先不要交出，並將卡片交回製卡窗口查明來源。',
  'foreign-card': () => '這不是本校製發的卡。請感應新學生證，不要感應其他悠遊卡或信用卡。',
  'own-old-card': f => `這是本人的舊卡（${f.at} 領取）。舊卡不收回，請改感應要交付的新卡。`,
  'already-handed-to-this-person': f => `本人已於 ${f.at} 領取這張卡，不需再次簽收。`,
  'already-handed-to-somebody-else': f =>
    `這張卡已於 ${f.at} 交給 ${f.to}，不可再交給他人。請查明是否拿錯卡。`,
  'reported-lost': f => `這張卡已於 ${f.at} 掛失，不可交付。請收存並通知卡務承辦人。`,
  retired: f => `這張卡已於 ${f.at} 註銷（${f.reason}），註銷後不可再交付。請改取另一張卡。`,
  'another-persons-pack': f =>
    `這張卡是為 ${f.belongsTo} 製作的，不是 ${f.person} 的卡。請核對學號與姓名後取正確的卡。`,
  'wrong-edition': f => `這張卡的版別是「${f.edition}」，目前應交付的版別是「${f.wanted}」。`,
}

const handOverEn: Sentences<CardRefusal> = {
  'unknown-card': () =>
    'This card is not in the register. Do not hand it over; give it to the card office to trace.',
  'foreign-card': () =>
    'This is not a card of our office. Tap the new student ID card, not another EasyCard or bank card.',
  'own-old-card': f =>
    `This is the person's own old card (received ${f.at}). It is not collected; tap the new card instead.`,
  'already-handed-to-this-person': f =>
    `This person received this card on ${f.at}; there is nothing to sign again.`,
  'already-handed-to-somebody-else': f =>
    `This card was handed to ${f.to} on ${f.at} and cannot go to anybody else. Check whether the wrong card was taken.`,
  'reported-lost': f => `This card was reported lost on ${f.at}. Keep it and tell the card office.`,
  retired: f => `This card was retired for good on ${f.at} (${f.reason}). Take another card.`,
  'another-persons-pack': f =>
    `This card was made for ${f.belongsTo}, not for ${f.person}. Compare student number and name and take the right card.`,
  'wrong-edition': f => `This card is of the edition “${f.edition}”; the edition given now is “${f.wanted}”.`,
}

const chipZh: Sentences<ChipRefusal> = {
  'not-hex': () => '內碼須為十六進位（0–9、A–F）。',
  'wrong-length': f => `內碼須為 4 或 7 位元組，此處為 ${f.bytes} 位元組。`,
  'blank-chip': () => '內碼全為 0 或全為 F，不是有效的卡片。',
  'cut-seven-byte': () =>
    '這是被讀卡機截斷的 7 位元組內碼（以 88 開頭），無法辨認卡片。請更換讀卡機格式後重讀。',
  'random-chip': () => '這是手機或隱私卡每次感應都會改變的隨機號碼（以 08 開頭），不能登錄。',
}

const chipEn: Sentences<ChipRefusal> = {
  'not-hex': () => 'A chip number is hexadecimal (0–9, A–F).',
  'wrong-length': f => `A chip number has 4 or 7 bytes; this has ${f.bytes}.`,
  'blank-chip': () => 'All zeros or all ones: this is no card.',
  'cut-seven-byte': () =>
    'This is a 7-byte number that a reader cut (it begins with 88); it identifies no card. Read it with another format.',
  'random-chip': () =>
    'This is a random number (it begins with 08): a phone or privacy card gives another at each tap. It cannot be registered.',
}

const scanZh: Sentences<ScanRefusal> = {
  'nothing-scanned': () => '沒有讀到內容，請再感應一次。',
  'scan-too-long': f => `讀到的內容超過 ${f.most} 個字元，不是學號、卡號或領取碼。`,
  'control-character': () => '兩次感應的內容連在一起了，請再感應一次。',
  'not-ascii': () => '讀到中文或符號。請將輸入法切換為英文，再感應一次。',
  'damaged-proof': () => '領取碼不完整。請學生重新整理畫面、調高亮度後再掃描。',
  'damaged-proxy-code': () =>
    '代領碼不完整或有打錯的字。代領碼是 GHP- 加上 12 個英文字母或數字，請再掃描一次，或對照代領人手上的代領碼重新輸入。',
  'cut-seven-byte': f =>
    `這張卡的內碼是 7 位元組，但本櫃檯讀卡機（格式 ${f.format}）只送出前段，無法辨認卡片。請改用其他讀卡機，並通知系統管理員。`,
  'random-chip': chipZh['random-chip'],
  'blank-chip': chipZh['blank-chip'],
  'not-recognised': f =>
    `這不是學號（格式 ${f.shape}）、外觀卡號、領取碼，也不是本櫃檯讀卡機（格式 ${f.format}）的卡號。`,
}

const scanEn: Sentences<ScanRefusal> = {
  'nothing-scanned': () => 'Nothing was read. Scan again.',
  'scan-too-long': f =>
    `More than ${f.most} characters were read; this is no student number, card number or pickup code.`,
  'control-character': () => 'Two scans ran together. Scan again.',
  'not-ascii': () =>
    'Chinese characters or signs were read. Switch the input method to English and scan again.',
  'damaged-proof': () =>
    'The pickup code is incomplete. Ask the student to refresh it, brighten the screen, and scan again.',
  'damaged-proxy-code': () =>
    'The proxy code is incomplete or mistyped. It is GHP- and 12 letters or digits: scan it again, or type it as the proxy has it.',
  'cut-seven-byte': f =>
    `This card has a 7-byte chip number, and this desk's reader (format ${f.format}) sends only its beginning. Use another reader and tell the administrator.`,
  'random-chip': chipEn['random-chip'],
  'blank-chip': chipEn['blank-chip'],
  'not-recognised': f =>
    `This is no student number (${f.shape}), printed number or pickup code, and no chip number of this desk's reader (format ${f.format}).`,
}

const printedZh: Sentences<PrintedRefusal> = {
  'not-digits': () => '外觀卡號只有數字。',
  'wrong-digit-count': wrongDigitsZh,
}

const printedEn: Sentences<PrintedRefusal> = {
  'not-digits': () => 'A printed number has digits only.',
  'wrong-digit-count': wrongDigitsEn,
}

const doorZh: Sentences<DoorNumberRefusal> = {
  'length-unknown-to-readers': f =>
    `讀卡機格式 ${f.format} 無法送出 ${f.bytes} 位元組的內碼，這張卡無法寫入該控制器。`,
  'number-reserved': f => `這張卡在該控制器上的號碼是 ${f.number}，為控制器保留號碼，無法寫入。`,
}

const doorEn: Sentences<DoorNumberRefusal> = {
  'length-unknown-to-readers': f =>
    `Readers of the format ${f.format} are not known to send ${f.bytes}-byte chip numbers; this card cannot be put on that controller.`,
  'number-reserved': f =>
    `On that controller this card would be number ${f.number}, which controllers keep for themselves.`,
}

const reasonWhy = (sentences: Sentences<DoorNumberRefusal>, f: Facts): string =>
  f.because === 'number-reserved' || f.because === 'length-unknown-to-readers' ? sentences[f.because](f) : ''

const newFormatZh: Sentences<FormatRefusal> = {
  'cards-unreadable': f =>
    `有 ${f.cards} 張使用中的卡無法由此格式的讀卡機辨認（${f.card}${Number(f.cards) > 3 ? ' 等' : ''}）。${reasonWhy(doorZh, f)}請改用能辨認這些卡的讀卡機格式，或先註銷這些卡。`,
  'cards-share-number': f =>
    `卡片 ${f.one} 與 ${f.other} 在格式 ${f.format} 的讀卡機上會是同一個號碼（${f.number}）${Number(f.pairs) > 1 ? `，共 ${f.pairs} 組` : ''}；其中一張會打開另一人的門。請改用其他讀卡機格式，或先更換其中一張卡。`,
}

const newFormatEn: Sentences<FormatRefusal> = {
  'cards-unreadable': f =>
    `${f.cards === 1 ? 'One live card' : `${f.cards} live cards`} cannot be told by readers of this format (${f.card}${Number(f.cards) > 3 ? ' and others' : ''}). ${reasonWhy(doorEn, f)} Use readers of a format that tells these cards, or retire the cards first.`,
  'cards-share-number': f =>
    `The cards ${f.one} and ${f.other} would both be number ${f.number} at readers of the format ${f.format}${Number(f.pairs) > 1 ? ` (${f.pairs} such pairs)` : ''}; one would open the other’s doors. Use readers of another format, or replace one of the cards first.`,
}

const formatsZh: Readonly<Record<ReaderFormat, string>> = {
  'be-hex': '十六進位，原順序',
  'le-hex': '十六進位，位元組反序',
  'be-dec-10': '十進位 10 碼（7 位元組卡為 17 碼），原順序',
  'le-dec-10': '十進位 10 碼（7 位元組卡為 17 碼），位元組反序',
  'le-dec-10-cascade': '十進位 10 碼反序；7 位元組卡只剩前 3 位元組',
  'pace-5byte': '十進位，4 位元組後補 00（PACE）',
  '10H12D': '5 位元組，十進位 12 碼',
  '8H10D': '後 4 位元組，十進位 10 碼',
  '6H8D': '後 3 位元組，十進位 8 碼（不足以辨認卡片）',
  '2H+4H': '後 3 位元組，3 碼加 5 碼（不足以辨認卡片）',
  '4H+4H': '後 4 位元組，5 碼加 5 碼',
  'w26-24bit': 'Wiegand-26，後 3 位元組（不足以辨認卡片）',
  'w26-3-5': 'Wiegand-26，後 3 位元組，機構碼 × 100000 + 卡號（不足以辨認卡片）',
  'w26-reversed-cascade': 'Wiegand-26，前 3 位元組反序；7 位元組卡只剩 2 位元組',
  'w26-inverted-mirrored': 'Wiegand-26，前 3 位元組，位元反相並鏡射',
  'w34-straight': 'Wiegand-34，原順序（僅 4 位元組卡）',
  'w34-reversed': 'Wiegand-34，位元組反序（僅 4 位元組卡）',
  'w34-last4': 'Wiegand-34，後 4 位元組，原順序',
  'w34-reversed-last4': 'Wiegand-34，後 4 位元組，位元組反序',
}

const formatsEn: Readonly<Record<ReaderFormat, string>> = {
  'be-hex': 'hexadecimal, as sent',
  'le-hex': 'hexadecimal, bytes reversed',
  'be-dec-10': 'decimal, 10 digits (17 for a 7-byte chip), as sent',
  'le-dec-10': 'decimal, 10 digits (17 for a 7-byte chip), bytes reversed',
  'le-dec-10-cascade': 'decimal, 10 digits, reversed; of a 7-byte chip only the first 3 bytes',
  'pace-5byte': 'decimal of 4 bytes and a 00 (PACE)',
  '10H12D': '5 bytes, decimal, 12 digits',
  '8H10D': 'last 4 bytes, decimal, 10 digits',
  '6H8D': 'last 3 bytes, decimal, 8 digits (cannot identify a card)',
  '2H+4H': 'last 3 bytes, 3 digits and 5 digits (cannot identify a card)',
  '4H+4H': 'last 4 bytes, 5 digits and 5 digits',
  'w26-24bit': 'Wiegand-26, last 3 bytes (cannot identify a card)',
  'w26-3-5': 'Wiegand-26, last 3 bytes, facility × 100000 + number (cannot identify a card)',
  'w26-reversed-cascade': 'Wiegand-26, first 3 bytes reversed; of a 7-byte chip only 2 bytes',
  'w26-inverted-mirrored': 'Wiegand-26, first 3 bytes, bits inverted and mirrored',
  'w34-straight': 'Wiegand-34, as sent (4-byte chips only)',
  'w34-reversed': 'Wiegand-34, bytes reversed (4-byte chips only)',
  'w34-last4': 'Wiegand-34, last 4 bytes, as sent',
  'w34-reversed-last4': 'Wiegand-34, last 4 bytes, reversed',
}

const stockZh: Sentences<StockActRefusal> = {
  'no-such-card': () => '登錄資料中沒有這張卡。請重新查詢後再操作。',
  'collected-already': f =>
    `這張卡已於 ${f.at} 交給 ${f.to}，不在庫存中。若卡片遺失或損壞，請由持卡人掛失或申請補發。`,
  'retired-already': f => `這張卡已於 ${f.at} 註銷（${f.reason}），註銷後不可再變更。`,
  'lent-out': () => '這張臨時卡借出中，尚未收回。請先在櫃檯收回，再註銷或移動。',
  'unknown-counter': f => `換發作業中沒有「${f.counter}」這個櫃檯。請從清單選擇。`,
  'lies-there-already': () => '這張卡已在該櫃檯與卡盒，沒有變更。',
}

const stockEn: Sentences<StockActRefusal> = {
  'no-such-card': () => 'There is no such card in the register. Find it again, then act.',
  'collected-already': f =>
    `This card was handed to ${f.to} on ${f.at} and is not in stock. If it was lost or is damaged, its holder reports it or asks for another.`,
  'retired-already': f => `This card was retired for good on ${f.at} (${f.reason}); nothing can be changed.`,
  'lent-out': () =>
    'This temporary card is lent to somebody. Take it back at a counter first, then retire or move it.',
  'unknown-counter': f => `The programme has no counter “${f.counter}”. Choose one of the list.`,
  'lies-there-already': () => 'The card lies at that counter and in that box already; nothing was changed.',
}

const findZh: Sentences<Exclude<FindRefusal, ScanRefusal>> = {
  'unknown-card': () => '登錄資料中沒有這張卡。請核對號碼；若是新卡，請先上傳卡片檔案。',
  'unknown-person': f => `名冊中沒有學號 ${f.studentNumber}。請核對學號。`,
  'person-without-card': f => `登錄資料中，${f.studentNumber} 沒有任何卡片。若卡片已製作，請上傳卡片檔案。`,
  'proof-is-no-card': () => '這是學生的領取碼，不是卡片。請感應卡片，或輸入卡號、學號。',
}

const findEn: Sentences<Exclude<FindRefusal, ScanRefusal>> = {
  'unknown-card': () =>
    'This card is not in the register. Compare the number; if the card is new, upload its file first.',
  'unknown-person': f => `There is no student number ${f.studentNumber} in the roster. Compare it.`,
  'person-without-card': f =>
    `The register has no card of ${f.studentNumber}. If one was made, upload its file.`,
  'proof-is-no-card': () =>
    'This is a student’s pickup code and no card. Tap the card, or type its number or the student number.',
}

const zhTW = {
  handOver: handOverZh,
  stock: stockZh,
  find: { ...scanZh, ...findZh },
  /** Why a card was retired for good. */
  retired: {
    misprint: '印製錯誤',
    damaged: '損壞',
    uncollected: '逾期未領',
    left: '離校',
    replaced: '已補發',
  } as Readonly<Record<string, string>>,
  /** What a card is now. */
  states: {
    waits: '待領取',
    'on-its-way': '運送中',
    'handed-over': '已交付',
    lost: '已掛失',
    retired: '已註銷',
  },
  waits: (counter: string, box: string | null) => `在${counter}待領取${box ? `，卡盒 ${box}` : ''}。`,
  onItsWay: '已登錄，尚未放到任何櫃檯。',
  handedOver: (to: string, at: string, how: string) => `已於 ${at} 交給 ${to}（${how}）。`,
  lost: (at: string) => `已於 ${at} 掛失。`,
  gone: (at: string, reason: string) => `已於 ${at} 註銷（${reason}）。`,
  ways: { desk: '櫃檯領取', 'health-check': '新生健檢', 'before-gatehouse': '系統啟用前已持有' } as Readonly<
    Record<string, string>
  >,
  scan: scanZh,
  chip: chipZh,
  printed: printedZh,
  doorNumber: doorZh,
  newFormat: newFormatZh,
  formats: formatsZh,
}
const en: typeof zhTW = {
  handOver: handOverEn,
  stock: stockEn,
  find: { ...scanEn, ...findEn },
  retired: {
    misprint: 'misprinted',
    damaged: 'damaged',
    uncollected: 'not collected in time',
    left: 'left the university',
    replaced: 'replaced',
  },
  states: {
    waits: 'waits',
    'on-its-way': 'on its way',
    'handed-over': 'handed over',
    lost: 'reported lost',
    retired: 'retired',
  },
  waits: (counter, box) => `Waits to be collected: ${counter}${box ? `, box ${box}` : ''}.`,
  onItsWay: 'Registered; it lies at no counter yet.',
  handedOver: (to, at, how) => `Handed to ${to} on ${at} (${how}).`,
  lost: at => `Reported lost on ${at}.`,
  gone: (at, reason) => `Retired for good on ${at} (${reason}).`,
  ways: {
    desk: 'at a desk',
    'health-check': 'at the health examination',
    'before-gatehouse': 'before Gatehouse',
  },
  scan: scanEn,
  chip: chipEn,
  printed: printedEn,
  doorNumber: doorEn,
  newFormat: newFormatEn,
  formats: formatsEn,
}

/** What the card room says, in both languages. */
export const words = { 'zh-TW': zhTW, en }
