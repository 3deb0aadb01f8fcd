import type { ScanRefusal } from '../card/scan.ts'
import type { EvidenceRefusal } from '../handover/rules.ts'
import { sayDesk } from '../handover/words.ts'
import type { Facts, Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { sayCounters } from '../programme/template.ts'
import type { LendingReason, LendingRefusal, LostRefusal, ReturnRefusal } from './rules.ts'

/** Everything that lending and taking back refuse. */
export type BridgeRefusal = LendingRefusal | ReturnRefusal | LostRefusal | ScanRefusal
type Own = Exclude<BridgeRefusal, EvidenceRefusal | ScanRefusal>
type Sentences = Readonly<Record<Own, (facts: Facts, counters: string) => string>>

const zhTW = {
  reasons: {
    'door-refuses': '新卡打不開門',
    lost: '卡片遺失',
    forgotten: '忘記帶卡',
    damaged: '卡片損壞',
  } satisfies Record<LendingReason, string>,
  refusals: {
    'no-temporary-cards': () => '目前的換發作業沒有臨時卡。如需出借，請卡務承辦人在換發作業中設定臨時卡。',
    'lent-elsewhere': (_, counters) => `本櫃檯不出借也不收回臨時卡。請到${counters}。`,
    'unknown-person': () => '名冊中沒有這個學號。請核對學號；若無誤，請學生洽註冊組確認學籍。',
    'not-enrolled': () => '這位學生目前不是在學狀態，臨時卡也打不開校園的門，因此不出借。請學生洽註冊組。',
    'has-one-already': f =>
      `這位學生已借有一張臨時卡（到 ${f.lastDay}）。請先收回；若已遺失，請先登記臨時卡遺失。`,
    'unknown-card': () => '登錄資料中沒有這張卡。請掃描櫃檯卡盒裡的臨時卡。',
    'not-temporary': () => '這不是臨時卡。請掃描櫃檯卡盒裡的臨時卡；學生自己的卡請在領卡畫面處理。',
    'card-retired': () => '這張臨時卡已註銷，不能出借。請換一張。',
    'card-still-lent': f =>
      `這張臨時卡自 ${f.on} 出借後尚未登記收回（借到 ${f.lastDay}）。請先掃描收回，再出借。`,
    'ends-before-today': () => '最後一日已經過了。請填今天或之後的日期。',
    'ends-too-late': f => `臨時卡最多借用 ${f.days} 天，最後一日不能晚於 ${f.latest}。`,
    'not-lent': () => '這張臨時卡目前沒有出借，不需收回。請放回卡盒。',
    'unknown-loan': () => '沒有這筆出借紀錄。請重新整理清單。',
    'returned-already': () => '這張臨時卡已收回，不必登記遺失。請重新整理清單。',
  } satisfies Sentences,
}

const en: typeof zhTW = {
  reasons: {
    'door-refuses': 'the new card opens no door',
    lost: 'card lost',
    forgotten: 'card left at home',
    damaged: 'card damaged',
  },
  refusals: {
    'no-temporary-cards': () =>
      'The programme in force has no temporary cards. To lend some, the card office adds them to the programme.',
    'lent-elsewhere': (_, counters) =>
      `This counter neither lends nor takes back temporary cards. Send the student to ${counters}.`,
    'unknown-person': () =>
      'The roster has no such student number. Compare it; if it is right, send the student to the Registration Division.',
    'not-enrolled': () =>
      'This student is not enrolled now, so a temporary card would open no door either. Send the student to the Registration Division.',
    'has-one-already': f =>
      `This student has a temporary card already (until ${f.lastDay}). Take it back first, or note that it is lost.`,
    'unknown-card': () =>
      'The register does not know this card. Scan a temporary card from the counter’s box.',
    'not-temporary': () =>
      'This is no temporary card. Scan one from the counter’s box; a student’s own card belongs on the screen for handing over.',
    'card-retired': () => 'This temporary card was retired and cannot be lent. Take another one.',
    'card-still-lent': f =>
      `This temporary card was lent on ${f.on} (until ${f.lastDay}) and never taken back. Scan it as returned first, then lend it.`,
    'ends-before-today': () => 'That last day has passed. Give today or a later date.',
    'ends-too-late': f =>
      `A temporary card is lent for ${f.days} days at most, so its last day is no later than ${f.latest}.`,
    'not-lent': () =>
      'This temporary card is not lent to anybody; there is nothing to take back. Put it into the box.',
    'unknown-loan': () => 'There is no such loan. Load the list again.',
    'returned-already': () => 'This temporary card is back, so it is not lost. Load the list again.',
  },
}

/** What is said of temporary cards, in both languages. */
export const lendWords = { 'zh-TW': zhTW, en }

const isOwn = (refusal: BridgeRefusal): refusal is Own => Object.hasOwn(zhTW.refusals, refusal)

/** Says why no card is lent or taken back; what concerns the evidence or the scan is said as at a handover. */
export function sayBridge(refused: Refused<BridgeRefusal>, programme: Programme, language: Language): string {
  const { refusal, facts } = refused
  if (!isOwn(refusal)) return sayDesk({ ...refused, refusal }, programme, language)
  const sent = typeof facts.counters === 'string' ? facts.counters.split(', ') : []
  return lendWords[language].refusals[refusal](facts, sayCounters(programme, sent, language))
}
