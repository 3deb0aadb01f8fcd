import { type CardRefusal, cardRefusals } from '../card/rules.ts'
import type { ScanRefusal } from '../card/scan.ts'
import { words as cardWords } from '../card/words.ts'
import type { EligibilityRefusal, Errand } from '../eligibility/rules.ts'
import { sayEligibility } from '../eligibility/words.ts'
import type { Facts, Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { sayBring, sayCounters } from '../programme/template.ts'
import type { DeskRefusal } from './hand-over.ts'
import type { LookUpRefusal } from './look-up.ts'
import type { EvidenceRefusal } from './rules.ts'

/** The refusals that only the desk has; the others are said by the rooms they come from. */
type OwnRefusal =
  | 'unknown-person'
  | 'another-counter'
  | 'card-of-nobody'
  | 'not-signed'
  | 'name-differs'
  | EvidenceRefusal

/** What the sentences are filled with, already said in the reader's language. */
interface Says {
  facts: Facts
  /** The counters the person is sent to. */
  counters: string
  /** What helps who has neither the old card nor the app. */
  whenNeither: string
}

type Sentences = Readonly<Record<OwnRefusal, (says: Says) => string>>

const zhTW = {
  refusals: {
    'unknown-person': ({ facts }) =>
      `名冊中沒有學號 ${facts.studentNumber}。請核對學號；若無誤，請學生洽註冊組確認學籍。`,
    'another-counter': ({ counters }) => `這位學生的卡不在本櫃檯發放。請學生到${counters}領取。`,
    'card-of-nobody': () => '這是空白卡的卡號，尚未指定給任何學生。請改掃學號，再感應要交付的卡。',
    'old-card-unknown': ({ whenNeither }) =>
      `登錄資料中沒有這張舊卡，不能作為身分證明。請學生出示師大 APP 的領取碼；若無，請帶${whenNeither}洽卡務承辦人。`,
    'no-old-card': ({ whenNeither }) =>
      `登錄資料中，這位學生沒有舊卡。請學生出示師大 APP 的領取碼；若無，請帶${whenNeither}洽卡務承辦人。`,
    'old-card-of-somebody-else': () =>
      '這是別人的舊卡，不能證明這位學生的身分。請學生出示本人的舊卡或 APP 領取碼；若要服務這張卡的主人，請先按 Esc 清除，再感應一次。',
    'old-card-reported-lost': () =>
      '這張舊卡已掛失，不能作為身分證明。請收存卡片並通知卡務承辦人；本人請出示師大 APP 的領取碼。',
    'proof-not-ours': () => '這不是師大 APP 的領取碼，或內容被更改過。請學生在 APP 重新開啟領取碼後再掃描。',
    'proof-too-old': () => '領取碼已過期（截圖也會過期）。請學生在 APP 重新整理後再掃描，不需重新開始。',
    'proof-used': () => '這個領取碼已經用過。請學生在 APP 重新整理，取得新的領取碼後再掃描。',
    'proof-of-somebody-else': () =>
      '這是別人的領取碼。請學生出示本人的領取碼或舊卡；若要服務領取碼的主人，請先按 Esc 清除，再掃描一次。',
    'not-signed': () => '還沒有簽名。請學生手寫簽名或輸入姓名，或由您見證紙本簽名。',
    'name-differs': () => '輸入的姓名與名冊不同。請輸入畫面上的中文或英文姓名，或改用手寫簽名。',
  } satisfies Sentences,
}

const en: typeof zhTW = {
  refusals: {
    'unknown-person': ({ facts }) =>
      `There is no student number ${facts.studentNumber} in the roster. Compare it; if it is right, send the student to the Registration Division.`,
    'another-counter': ({ counters }) =>
      `This student's card is not given out at this counter. Send the student to ${counters}.`,
    'card-of-nobody': () =>
      'This is the number of a blank card that is nobody’s yet. Scan the student number, then tap the card to be given.',
    'old-card-unknown': ({ whenNeither }) =>
      `The register does not know this old card, so it proves nothing. Ask for the pickup code in the NTNU app; who has neither brings ${whenNeither} to the card office.`,
    'no-old-card': ({ whenNeither }) =>
      `The register knows no old card of this student. Ask for the pickup code in the NTNU app; who has neither brings ${whenNeither} to the card office.`,
    'old-card-of-somebody-else': () =>
      'This is somebody else’s old card and does not prove who this student is. Ask for their own old card or app code. To serve this card’s holder, press Esc and tap it again.',
    'old-card-reported-lost': () =>
      'This old card was reported lost and proves nothing. Keep it and tell the card office; the student can show the pickup code in the NTNU app.',
    'proof-not-ours': () =>
      'This is no pickup code of the NTNU app, or it was changed. Ask the student to open the code again and scan it.',
    'proof-too-old': () =>
      'The pickup code has run out (so does a screenshot). Ask the student to refresh it and scan again; nothing else has to be repeated.',
    'proof-used': () =>
      'This pickup code was used before. Ask the student to refresh the app for a new one and scan that.',
    'proof-of-somebody-else': () =>
      'This is somebody else’s pickup code. Ask for the student’s own code or old card. To serve the code’s holder, press Esc and scan it again.',
    'not-signed': () =>
      'Nothing is signed yet. Let the student draw a signature or type the name, or witness a signature on paper.',
    'name-differs': () =>
      'The name that was typed is not the one in the roster. Type the Chinese or English name as shown, or draw the signature.',
  },
}

/** What the desk says when it refuses, in both languages, each with what to do next. */
export const words = { 'zh-TW': zhTW, en }

const isOwn = (refusal: string): refusal is OwnRefusal => Object.hasOwn(zhTW.refusals, refusal)
const isCard = (refusal: string): refusal is CardRefusal => cardRefusals.some(each => each === refusal)
const isScan = (refusal: string): refusal is ScanRefusal => Object.hasOwn(cardWords['zh-TW'].scan, refusal)

/** The facts of a card's refusal with the programme's names for its editions and the words for its end. */
function namedFacts(facts: Facts, programme: Programme, language: Language): Facts {
  const name = (id: Facts[string] | undefined) =>
    programme.editions.find(edition => edition.id === id)?.name[language] ?? id ?? null
  const { reason } = facts
  return {
    ...facts,
    edition: name(facts.edition),
    wanted: name(facts.wanted),
    reason: typeof reason === 'string' ? (cardWords[language].retired[reason] ?? reason) : null,
  }
}

/**
 * Says why the desk goes no further, as one sentence with what to do next. A refusal without words does not compile:
 * what is neither the desk's, nor a card's, nor a scan's has to be one of eligibility's, which brings its errand.
 */
export function sayDesk(
  refused: Refused<DeskRefusal | LookUpRefusal> & { errand?: Errand },
  programme: Programme,
  language: Language,
): string {
  const { refusal, facts, errand } = refused
  if (isOwn(refusal)) {
    const sent = typeof facts.counters === 'string' ? facts.counters.split(', ') : []
    return words[language].refusals[refusal]({
      facts,
      counters: sayCounters(programme, sent, language),
      whenNeither: sayBring(programme, programme.pickup.whenNeither, language),
    })
  }
  if (isCard(refusal)) return cardWords[language].handOver[refusal](namedFacts(facts, programme, language))
  if (isScan(refusal)) return cardWords[language].scan[refusal](facts)
  const left: EligibilityRefusal = refusal
  if (!errand) throw new Error(`"${left}" came without the errand that says where to go`)
  return sayEligibility({ ok: false, refusal: left, facts, errand }, programme, language)
}
