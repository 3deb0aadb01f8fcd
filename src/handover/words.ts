import { type CardRefusal, cardRefusals } from '../card/rules.ts'
import type { ScanRefusal } from '../card/scan.ts'
import { words as cardWords } from '../card/words.ts'
import type { EligibilityRefusal, Errand } from '../eligibility/rules.ts'
import { sayEligibility } from '../eligibility/words.ts'
import type { Facts, Refused } from '../lib/decision.ts'
import { sayTime } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { sayBring, sayCounters } from '../programme/template.ts'
import type { DeskRefusal } from './hand-over.ts'
import { type EvidenceRefusal, type Shown, stillMissing, type Ways } from './rules.ts'
import type { AskingRefusal } from './second-person.ts'
import type { AskingToSignRefusal } from './signing-rules.ts'
import { type SigningAtDesk, signingWords } from './signing-words.ts'

/** The refusals that only this room has; the others are said by the rooms they come from. */
type OwnRefusal =
  | 'unknown-person'
  | 'another-counter'
  | 'no-second-person-needed'
  | 'not-signed'
  | 'name-differs'
  | EvidenceRefusal

/** What the sentences are filled with, already said in the reader's language. */
interface Says {
  facts: Facts
  /** The counters the person is sent to. */
  counters: string
  /** How this person can prove who they are, as whole sentences. */
  ways: string
}

type Sentences = Readonly<Record<OwnRefusal, (says: Says) => string>>

const zhTW = {
  /** What Gatehouse itself reads; documents go by the programme's names. */
  evidence: { 'old-card': '舊卡', 'app-proof': 'APP 領取碼', 'proxy-code': '代領碼' } as Readonly<
    Record<string, string>
  >,
  askFor: (what: string, byProxy: boolean) => `請${byProxy ? '代領人' : '學生'}出示${what}。`,
  stillMissing: (what: string) => `還缺${what}。`,
  otherwise: (what: string, confirmed: boolean) =>
    `若都沒有，可出示${what}${confirmed ? '，並由另一位同仁確認' : ''}。`,
  only: (what: string, confirmed: boolean) => `請學生出示${what}${confirmed ? '，並請另一位同仁確認' : ''}。`,
  refusals: {
    'unknown-person': ({ facts }) =>
      `名冊中沒有學號 ${facts.studentNumber}。請核對學號；若無誤，請學生洽註冊組確認學籍。`,
    'another-counter': ({ counters }) => `這位學生的卡不在本櫃檯發放。請學生到${counters}領取。`,
    'proxy-too-many-tries': ({ facts }) =>
      `錯誤的代領碼太多次，請在 ${facts.until} 之後再試。學生本人仍可憑舊卡或 APP 領取碼領取。`,
    'proxy-code-unknown': () =>
      '沒有這組代領碼。請再掃描一次或核對輸入；若仍不對，請代領人向學生索取正確的代領碼，或請學生在「我的學生證」重新指定。',
    'proxy-code-used': ({ facts }) => `這組代領碼已於 ${facts.at} 用過，卡片已交付。每組代領碼只能用一次。`,
    'proxy-code-withdrawn': ({ facts }) =>
      `學生已於 ${facts.at} 取消這次代領，不可交付。請代領人與學生聯絡。`,
    'proxy-card-collected': ({ facts }) =>
      `卡片已於 ${facts.at} 由他人領取（不是用這組代領碼），代領碼因此失效。如有疑問，請代領人與學生聯絡。`,
    'proxy-reissue-cancelled': ({ facts }) =>
      `這次補發申請已於 ${facts.at} 取消，代領碼因此失效，不可交付。如有疑問，請代領人與學生聯絡。`,
    'proxy-code-lapsed': ({ facts }) =>
      `這組代領碼已於 ${facts.at} 到期，不可交付。請學生在「我的學生證」重新指定代領人。`,
    'proxy-named-by-you': () =>
      '這位代領人是您在櫃檯代為指定的，不能再由您交付。請由另一位同仁掃描代領碼並交付。',
    'proxy-not-allowed-now': () => '目前的換發作業不接受這張卡由他人代領。請學生本人前來領取。',
    'proxy-for-another-card': () =>
      '這組代領碼是為另一張卡指定的，不能領取現在這張。請學生在「我的學生證」重新指定代領人。',
    'proxy-of-somebody-else': () =>
      '這組代領碼是為另一位學生領取的。若要服務那位學生的代領人，請先按 Esc 清除，再掃描一次。',
    'old-card-unknown': ({ ways }) => `登錄資料中沒有這張舊卡，不能作為身分證明。${ways}`,
    'no-old-card': ({ ways }) => `登錄資料中，這位學生沒有舊卡。${ways}`,
    'old-card-of-somebody-else': () =>
      '這是別人的舊卡，不能證明這位學生的身分。請學生出示本人的舊卡或 APP 領取碼；若要服務這張卡的主人，請先按 Esc 清除，再感應一次。',
    'old-card-reported-lost': () =>
      '這張舊卡已掛失，不能作為身分證明。請收存卡片並通知卡務承辦人；本人請出示APP 的領取碼。',
    'proof-not-ours': () => '這不是APP 的領取碼，或內容被更改過。請學生在 APP 重新開啟領取碼後再掃描。',
    'proof-too-old': () => '領取碼已過期（截圖也會過期）。請學生在 APP 重新整理後再掃描，不需重新開始。',
    'proof-from-later': () =>
      '領取碼的時間比現在晚：手機的時鐘被調過。請學生連上網路重新開啟「我的卡」後再掃描，或改出示舊卡。',
    'proof-used': () => '這個領取碼已經用過。請學生在 APP 重新整理，取得新的領取碼後再掃描。',
    'proof-of-somebody-else': () =>
      '這是別人的領取碼。請學生出示本人的領取碼或舊卡；若要服務領取碼的主人，請先按 Esc 清除，再掃描一次。',
    'document-unknown': ({ facts }) =>
      `本次換發不採認這種證件（${facts.evidence}${facts.kind === null ? '' : `／${facts.kind}`}）。請重新整理頁面，從畫面上的按鈕選擇。`,
    'evidence-missing': ({ ways }) => `身分尚未查驗完成。${ways}`,
    'second-person-missing': () =>
      '另一位同仁尚未確認。請提出確認，由同櫃檯的另一位同仁或卡務承辦人核對證件。',
    'second-person-declined': ({ facts }) =>
      `另一位同仁不確認：「${facts.reason}」這份證件不能採認。學生可改出示其他證明，或洽卡務承辦人。`,
    'no-second-person-needed': () => '身分已查驗完成，不需要第二人確認。請直接交付。',
    'not-signed': () => '還沒有簽名。請學生手寫簽名或輸入姓名，或由您見證紙本簽名。',
    'name-differs': () => '輸入的姓名與名冊不同。請輸入畫面上的中文或英文姓名，或改用手寫簽名。',
  } satisfies Sentences,
}

const en: typeof zhTW = {
  evidence: {
    'old-card': 'the old card',
    'app-proof': 'the pickup code in the app',
    'proxy-code': 'the proxy code',
  },
  askFor: (what, byProxy) => (byProxy ? `Ask the proxy for ${what}.` : `Ask for ${what}.`),
  stillMissing: what => `Still missing: ${what}.`,
  otherwise: (what, confirmed) =>
    `Who has none of these shows ${what}${confirmed ? ', and another of the staff confirms' : ''}.`,
  only: (what, confirmed) => `Ask for ${what}${confirmed ? '; another of the staff confirms it' : ''}.`,
  refusals: {
    'unknown-person': ({ facts }) =>
      `There is no student number ${facts.studentNumber} in the roster. Compare it; if it is right, send the student to the Registration Division.`,
    'another-counter': ({ counters }) =>
      `This student's card is not given out at this counter. Send the student to ${counters}.`,
    'proxy-too-many-tries': ({ facts }) =>
      `There were too many wrong proxy codes. Try again after ${facts.until}. The student can still collect with the old card or the app.`,
    'proxy-code-unknown': () =>
      'There is no such proxy code. Scan it again or compare what was typed; if it stays wrong, the proxy asks the student for the right one, or the student names them again in “My card”.',
    'proxy-code-used': ({ facts }) =>
      `This proxy code was used at ${facts.at}, and the card was handed over. Each code works once.`,
    'proxy-code-withdrawn': ({ facts }) =>
      `The student withdrew this at ${facts.at}: do not hand the card over. The proxy has to ask the student.`,
    'proxy-card-collected': ({ facts }) =>
      `The card was collected at ${facts.at} without this code, which is therefore worth nothing now. The proxy has to ask the student.`,
    'proxy-reissue-cancelled': ({ facts }) =>
      `The reissue that this code was for was cancelled at ${facts.at}, and the code is worth nothing now: do not hand the card over. The proxy has to ask the student.`,
    'proxy-code-lapsed': ({ facts }) =>
      `This proxy code ran out at ${facts.at}: do not hand the card over. The student can name the proxy again in “My card”.`,
    'proxy-named-by-you': () =>
      'You named this proxy for the student yourself, so somebody else hands the card over: ask another clerk to scan the code.',
    'proxy-not-allowed-now': () =>
      'By the programme in force this card is not given to a proxy. The student has to come in person.',
    'proxy-for-another-card': () =>
      'This proxy code was made for another card than the one that waits now. The student can name the proxy again in “My card”.',
    'proxy-of-somebody-else': () =>
      'This proxy code is for another student. To serve that student’s proxy, press Esc and scan it again.',
    'old-card-unknown': ({ ways }) =>
      `The register does not know this old card, so it proves nothing. ${ways}`,
    'no-old-card': ({ ways }) => `The register knows no old card of this student. ${ways}`,
    'old-card-of-somebody-else': () =>
      'This is somebody else’s old card and does not prove who this student is. Ask for their own old card or app code. To serve this card’s holder, press Esc and tap it again.',
    'old-card-reported-lost': () =>
      'This old card was reported lost and proves nothing. Keep it and tell the card office; the student can show the pickup code in the app.',
    'proof-not-ours': () =>
      'This is no pickup code of the app, or it was changed. Ask the student to open the code again and scan it.',
    'proof-too-old': () =>
      'The pickup code has run out (so does a screenshot). Ask the student to refresh it and scan again; nothing else has to be repeated.',
    'proof-from-later': () =>
      'The pickup code is from later than now: the clock of the phone was changed. Ask the student to open My card again with signal, or for the old card.',
    'proof-used': () =>
      'This pickup code was used before. Ask the student to refresh the app for a new one and scan that.',
    'proof-of-somebody-else': () =>
      'This is somebody else’s pickup code. Ask for the student’s own code or old card. To serve the code’s holder, press Esc and scan it again.',
    'document-unknown': ({ facts }) =>
      `This document is not accepted here (${facts.evidence}${facts.kind === null ? '' : `, ${facts.kind}`}). Reload the page and choose one that is offered.`,
    'evidence-missing': ({ ways }) => `The identity is not proved yet. ${ways}`,
    'second-person-missing': () =>
      'Nobody else has confirmed yet. Ask for it: another clerk of this counter or the card office looks at the document.',
    'second-person-declined': ({ facts }) =>
      `Another of the staff did not confirm: “${facts.reason}” This document does not count here. The student can show something else, or go to the card office.`,
    'no-second-person-needed': () =>
      'The identity is proved; nobody else has to confirm. Hand the card over.',
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
const isSigning = (refusal: string): refusal is SigningAtDesk =>
  Object.hasOwn(signingWords['zh-TW'].desk, refusal)
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

/** The programme with the desk's own names for what Gatehouse reads: its own are said to students. */
const asDeskNames = (programme: Programme, language: Language): Programme => ({
  ...programme,
  evidence: programme.evidence.map(each => {
    const own = words[language].evidence[each.id]
    return own ? { ...each, name: { ...each.name, [language]: own } } : each
  }),
})

/** Why somebody is not asked to sign elsewhere, or why what they signed is not for this handover. */
function saySigning(refusal: SigningAtDesk, facts: Facts, programme: Programme, language: Language): string {
  const say = signingWords[language].desk[refusal]
  if (typeof say === 'string') return say
  return say({
    counter: sayCounters(programme, [String(facts.counter)], language),
    until: sayTime(
      Temporal.Instant.from(String(facts.until)).toZonedDateTimeISO(programme.campus.zone).toPlainTime(),
    ),
  })
}

/** What is still to be shown, as whole sentences for the clerk: the rest of a group that was begun, or every way there is. */
export function sayMissing(
  {
    bring,
    whenNeither,
    confirmedBy,
    byProxy = false,
  }: Pick<Ways, 'bring' | 'whenNeither' | 'confirmedBy' | 'byProxy'>,
  shown: Shown,
  programme: Programme,
  language: Language,
): string {
  const w = words[language]
  const groups = [...bring, ...whenNeither]
  const say = (some: Ways['bring']) => sayBring(asDeskNames(programme, language), some, language)
  const begun = groups.some(group => group.some(evidence => Object.hasOwn(shown, evidence)))
  if (begun) return w.stillMissing(say(stillMissing(groups, shown)))
  const second = confirmedBy === 'second-person'
  if (bring.length === 0) return w.only(say(whenNeither), second)
  const otherwise = whenNeither.length > 0 ? w.otherwise(say(whenNeither), second) : ''
  return [w.askFor(say(bring), byProxy), otherwise].filter(Boolean).join(language === 'en' ? ' ' : '')
}

/** The ways of a person's errand; where nobody is there yet, those of everybody. */
const waysOf = (programme: Programme, errand: Errand | undefined) => ({
  bring: errand?.bring ?? programme.pickup.accepts,
  whenNeither: errand?.whenNeither ?? programme.pickup.whenNeither,
  confirmedBy: programme.pickup.whenNeitherConfirmedBy,
})

/** What is refused before a card is given: a scan, a handover, a question to a second person or to sign elsewhere. */
export type DeskSays =
  | DeskRefusal
  | ScanRefusal
  | AskingRefusal<EligibilityRefusal>
  | AskingToSignRefusal<EligibilityRefusal>

/**
 * Says why the desk goes no further, as one sentence with what to do next. A refusal without words does not compile:
 * what is neither the desk's, nor a card's, nor a scan's has to be one of eligibility's, which brings its errand.
 */
export function sayDesk(
  refused: Refused<DeskSays> & { errand?: Errand },
  programme: Programme,
  language: Language,
): string {
  const { refusal, facts, errand } = refused
  if (isOwn(refusal)) {
    const sent = typeof facts.counters === 'string' ? facts.counters.split(', ') : []
    return words[language].refusals[refusal]({
      facts,
      counters: sayCounters(programme, sent, language),
      ways: sayMissing(waysOf(programme, errand), {}, programme, language),
    })
  }
  if (isCard(refusal)) return cardWords[language].handOver[refusal](namedFacts(facts, programme, language))
  if (isScan(refusal)) return cardWords[language].scan[refusal](facts)
  if (isSigning(refusal)) return saySigning(refusal, facts, programme, language)
  const left: EligibilityRefusal = refusal
  if (!errand) throw new Error(`"${left}" came without the errand that says where to go`)
  return sayEligibility({ ok: false, refusal: left, facts, errand }, programme, language)
}
