import { sayDate, sayMoney, spaced } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { sayBring, sayCounter, sayCounters } from '../programme/template.ts'
import type { Eligibility, EligibilityRefusal, Errand } from './rules.ts'

/** What the sentences are filled with, already said in the reader's language. */
interface Says {
  why: string
  where: string
  from: string
  bring: string
  whenNeither: string
  /** "Your days there are ….", or empty. */
  days: string
  edition: string
  /** When the card was handed over, or empty. */
  handedOverOn: string
  /** Of a card that is with a class representative: the last day to bring it back; or empty. */
  fetchedUntil: string
  givenAt: string
  amount: string
  /** Where the card lies, or empty. */
  cardAt: string
  askAt: string
}

type Sentences = Record<EligibilityRefusal, (s: Says) => string>

const zhTW = {
  collect: (s: Says) =>
    `${s.why}您的${s.edition}在${s.where}，請攜帶${s.bring}領取。${s.whenNeither ? `若都沒有，請帶${s.whenNeither}。` : ''}${s.days}`,
  refusals: {
    'programme-not-started': s => `換發自 ${s.from} 開始。屆時請攜帶${s.bring}至${s.where}領取。`,
    graduated: s => `${s.why}手上的卡仍可當一般悠遊卡使用。有疑問請洽${s.askAt}。`,
    withdrawn: s => `${s.why}手上的卡仍可當一般悠遊卡使用。有疑問請洽${s.askAt}。`,
    left: s => `${s.why}手上的卡仍可當一般悠遊卡使用。有疑問請洽${s.askAt}。`,
    'not-registered': s => `${s.why}請先完成註冊；有疑問請洽${s.askAt}。`,
    'not-concerned': s => `${s.why}有疑問請洽${s.askAt}。`,
    'has-card-already': s =>
      `您已於${s.givenAt}領取${s.edition}（${s.handedOverOn}），不需再領。若尚未啟用，請啟用；若已遺失，請掛失並申請補發。`,
    'already-collected': s =>
      s.fetchedUntil
        ? `您的${s.edition}已於 ${s.handedOverOn} 交給班代轉交給您，最晚 ${s.fetchedUntil}；屆時未轉交的卡會送回櫃檯。拿到後請啟用；若已遺失，請掛失並申請補發。`
        : `您已於 ${s.handedOverOn} 領取${s.edition}，每人一張。若尚未啟用，請啟用；若已遺失，請掛失並申請補發。`,
    'wait-until': s => `${s.why}請於 ${s.from} 起，攜帶${s.bring}至${s.where}領取。${s.days}`,
    'days-over': s => `${s.why}您的領取日已經過了，櫃檯不再受理。請洽${s.askAt}。`,
    'reissue-unpaid': s =>
      `您已申請補換發，工本費${s.amount}尚未繳納。請先在「我的學生證」的「補換發」繳費，製卡後再攜帶${s.bring}至${s.where}領取。`,
    'pay-reissue-first': s => `您的舊卡已掛失。請先繳補發工本費${s.amount}，再至${s.where}領取。`,
    'department-unknown': s => `查不到您的系所，因此不知道您的卡該送到哪裡。請攜帶${s.bring}至${s.askAt}。`,
    'card-not-ordered': s => `您可以領取${s.edition}，但尚未送製。請攜帶${s.bring}洽${s.askAt}。`,
    'card-misprinted': s =>
      `您的新卡印製有誤或已損壞，正在重製。完成後會通知您至${s.where}領取；急用請洽${s.askAt}。`,
    'card-in-production': s => `您的新卡製作中。完成後會通知您攜帶${s.bring}至${s.where}領取。`,
    'card-on-its-way': s => `您的新卡已製好，正送往${s.where}。送達後會通知您攜帶${s.bring}領取。`,
    'card-at-another-counter': s =>
      `${s.why}您應於${s.where}領取，但卡片目前在${s.cardAt}，須先移送。請洽${s.askAt}，移送後會通知您。`,
  } satisfies Sentences,
}

const en: typeof zhTW = {
  collect: s =>
    `${s.why} Your ${s.edition} is at ${s.where}. Bring ${s.bring}${s.whenNeither ? `; if you have none of these, ${s.whenNeither}` : ''}.${s.days}`,
  refusals: {
    'programme-not-started': s => `Cards are given out from ${s.from}. Then bring ${s.bring} to ${s.where}.`,
    graduated: s =>
      `${s.why} The card you have stays usable as an ordinary stored-value card. Questions: ${s.askAt}.`,
    withdrawn: s =>
      `${s.why} The card you have stays usable as an ordinary stored-value card. Questions: ${s.askAt}.`,
    left: s =>
      `${s.why} The card you have stays usable as an ordinary stored-value card. Questions: ${s.askAt}.`,
    'not-registered': s => `${s.why} Please register first. Questions: ${s.askAt}.`,
    'not-concerned': s => `${s.why} Questions: ${s.askAt}.`,
    'has-card-already': s =>
      `You received your ${s.edition} after ${s.givenAt} (${s.handedOverOn}); there is no need to get another one. If it is not activated yet, activate it; if it is lost, report it and apply for a reissue.`,
    'already-collected': s =>
      s.fetchedUntil
        ? `Your ${s.edition} has been with your class representative since ${s.handedOverOn}, who hands it to you by ${s.fetchedUntil} or brings it back to the desk. Activate it once you have it; if it is lost, report it and apply for a reissue.`
        : `You collected your ${s.edition} on ${s.handedOverOn}; there is one for each person. If it is not activated yet, activate it; if it is lost, report it and apply for a reissue.`,
    'wait-until': s => `${s.why} From ${s.from}, bring ${s.bring} to ${s.where}.${s.days}`,
    'days-over': s => `${s.why} Your days for collecting are over. Ask at ${s.askAt}.`,
    'reissue-unpaid': s =>
      `You applied for a reissue, and its fee of ${s.amount} is not paid yet. Pay it at "Reissue" in "My card"; when the card is made, bring ${s.bring} to ${s.where}.`,
    'pay-reissue-first': s =>
      `Your old card is reported lost. Pay the reissue fee of ${s.amount} first, then collect at ${s.where}.`,
    'department-unknown': s =>
      `Your department is not known here, so nobody knows where to send your card. Bring ${s.bring} to ${s.askAt}.`,
    'card-not-ordered': s =>
      `You are due a ${s.edition}, but it has not been ordered. Bring ${s.bring} and ask at ${s.askAt}.`,
    'card-misprinted': s =>
      `Your new card was misprinted or damaged and is being made again. You will be told when to collect it at ${s.where}. If it is urgent, ask at ${s.askAt}.`,
    'card-in-production': s =>
      `Your new card is being made. You will be told when to bring ${s.bring} to ${s.where}.`,
    'card-on-its-way': s =>
      `Your new card is made and on its way to ${s.where}. You will be told when it is there; then bring ${s.bring}.`,
    'card-at-another-counter': s =>
      `${s.why} You collect at ${s.where}, but the card lies at ${s.cardAt} and has to be moved first. Ask at ${s.askAt}; you will be told when it is there.`,
  },
}

/** The eligibility room's words; a refusal without its sentence in both languages does not compile. */
export const words = { 'zh-TW': zhTW, en }

/** What to bring, and what is accepted from who has none of it, as the person is told. */
export function sayErrand(
  { bring, whenNeither }: Errand,
  programme: Programme,
  language: Language,
): { bring: string; whenNeither: string } {
  const [usual, otherwise] = bring.length > 0 ? [bring, whenNeither] : [whenNeither, []]
  return {
    bring: sayBring(programme, usual, language),
    whenNeither: sayBring(programme, otherwise, language),
  }
}

/** On which days somebody is expected at a counter, as a sentence of its own; empty where any day will do. */
function sayDays(days: Errand['days'], language: Language): string {
  if (days === undefined) return ''
  const [first, last] = [sayDate(days.from, language), sayDate(days.until.subtract({ days: 1 }), language)]
  if (first === last) return language === 'zh-TW' ? `您的領取日是 ${first}。` : ` Your day there is ${first}.`
  return language === 'zh-TW'
    ? `您的領取日是 ${first}至${last}。`
    : ` Your days there are ${first} to ${last}.`
}

/** A date among the facts in words; empty where it is none. */
const sayDay = (fact: unknown, language: Language): string =>
  typeof fact === 'string' ? sayDate(Temporal.PlainDate.from(fact), language) : ''

/** The answer as one sentence with the next step: where, from when, with what. */
export function sayEligibility(decision: Eligibility, programme: Programme, language: Language): string {
  const errand: Errand = decision.ok ? decision : decision.errand
  const facts = decision.ok ? {} : decision.facts
  const cohort = programme.cohorts.find(each => each.id === errand.cohort)
  const outcome = cohort?.outcome
  const edition = programme.editions.find(
    each => each.id === (decision.ok ? decision.edition : newest(programme)),
  )
  const says: Says = {
    why: cohort?.why[language] ?? '',
    where: sayCounters(programme, errand.where, language),
    from: sayDate(errand.from, language),
    ...sayErrand(errand, programme, language),
    days: sayDays(errand.days, language),
    edition: edition?.name[language] ?? '',
    handedOverOn: sayDay(facts.handedOverOn, language),
    fetchedUntil: sayDay(facts.fetchedUntil, language),
    givenAt: outcome?.kind === 'has-card' ? outcome.givenAt[language] : '',
    amount: typeof facts.amount === 'number' ? sayMoney(facts.amount, programme.campus.currency) : '',
    cardAt: typeof facts.counter === 'string' ? sayCounter(programme, facts.counter, language) : '',
    askAt: sayCounters(programme, programme.askAt, language),
  }
  const { collect, refusals } = words[language]
  return spaced(decision.ok ? collect(says) : refusals[decision.refusal](says))
}

const newest = (programme: Programme): string | undefined =>
  programme.issued.toSorted((a, b) => (a.from < b.from ? -1 : 1)).at(-1)?.edition
