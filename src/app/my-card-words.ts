import { sayFew, spaced } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { sayDate, sayDated, sayWhen } from '../web/when.ts'
import type { NextStep, StoryKind, TrackName } from './card-story.ts'
import type { MyCard } from './my-card-shape.ts'

/** What the sentences are filled with, already said. Empty where there is nothing of the kind. */
interface Said {
  /** Why not, where, when and with what: eligibility's own sentence. */
  collect: string
  why: string
  /** The day on which the person may collect, while that lies ahead. */
  from: string
  where: string
  openUntil: string
  opensAt: string
  oldEnds: string
  oldUntil: string
  newFrom: string
  works: number
  of: number
  waiting: string
  /** Why what waits does, and when it is expected now. */
  expected: string
  since: string
  lostAt: string
  /** When the loss report leaves for the issuer. */
  sendAt: string
  pausedSince: string
  lastDayToPay: string
  ended: number
  endedOf: number
  notEnded: string
}

type Sentences = Record<StoryKind, (s: Said) => string>

const openZh = (s: Said) =>
  s.openUntil ? `，現在開放，至 ${s.openUntil}` : s.opensAt ? `，現在休息，${s.opensAt} 開放` : '，現在休息'
const openEn = (s: Said) =>
  s.openUntil
    ? `, open now until ${s.openUntil}`
    : s.opensAt
      ? `, closed now, opens ${s.opensAt}`
      : ', closed now'

const removedZh = (s: Said) =>
  s.endedOf === 0
    ? '沒有門會開'
    : `${s.ended}/${s.endedOf} 個門禁控制器已確認移除${s.notEnded ? `，尚未確認：${s.notEnded}` : ''}`
const removedEn = (s: Said) =>
  s.endedOf === 0
    ? 'no door opens to it'
    : `${s.ended} of ${s.endedOf} door controllers confirm that it is removed${s.notEnded ? `, not yet: ${s.notEnded}` : ''}`

const zhTW = {
  title: '我的學生證',
  withRepresentative: (name: string, backBy: string) =>
    `您的新卡在班代${name}那裡，由班代轉交給您。拿到之後請啟用；若到 ${backBy}還沒有拿到，卡片會送回櫃檯。`,
  sentence: {
    'not-eligible': s => (s.from ? `${s.why}新卡自 ${s.from} 起可領取。` : s.collect),
    collectable: s => `您的新卡在${s.where}${openZh(s)}。`,
    'collectable-old-ended': s => `舊卡的校園門禁已於 ${s.oldEnds} 終止。您的新卡在${s.where}${openZh(s)}。`,
    'collectable-old-lost': s => `舊卡已掛失。您的新卡在${s.where}${openZh(s)}。`,
    collected: s => `您已領取新卡。啟用前，校園的門仍由舊卡開${s.oldEnds ? `（至 ${s.oldEnds}）` : ''}。`,
    'collected-alone': () => '您已領取新卡。啟用前，它還不能開校園的門。',
    'collected-old-ended': s =>
      `舊卡的校園門禁已於 ${s.oldEnds} 終止，新卡尚未啟用：目前沒有卡能開校園的門。`,
    'collected-no-access': () =>
      '您已領取新卡。依目前的學籍狀態沒有校園門禁權限（例如休學中）；復學後即可啟用。',
    pending: s =>
      s.oldUntil
        ? `新卡已啟用。舊卡開門到 ${s.oldUntil}，新卡最晚 ${s.newFrom} 起開門。`
        : `新卡已啟用，最晚 ${s.newFrom} 起能開校園的門。`,
    switching: s =>
      `門禁正在換成新卡，最晚 ${s.newFrom} 完成。${s.of > 0 ? `${s.works}/${s.of} 個門禁控制器已確認。` : ''}`,
    waiting: s => `新卡在 ${s.works}/${s.of} 個門禁控制器可用，還在等：${s.waiting}。${s.expected}`,
    works: s => `校園的門自 ${s.since} 起改用新卡，${s.of} 個門禁控制器全部確認。`,
    'no-access': () => '新卡已啟用，但依目前的學籍狀態沒有校園門禁權限。',
    lost: s =>
      s.endedOf === 0
        ? `這張學生證已於 ${s.lostAt} 掛失，校園門禁權限已終止。`
        : `這張學生證已於 ${s.lostAt} 掛失，${removedZh(s)}。`,
    'lost-not-sent': s =>
      `這張學生證已於 ${s.lostAt} 掛失${s.endedOf === 0 ? '，校園門禁已終止' : `，${removedZh(s)}`}。掛失資料 ${s.sendAt} 送出，在那之前可以取消。`,
    'lost-old-goes-on': s =>
      `新卡已於 ${s.lostAt} 掛失。門禁還沒有換到新卡，舊卡繼續開門${s.oldEnds ? `（至 ${s.oldEnds}）` : ''}。`,
    paused: s => `校園門禁自 ${s.pausedSince} 起暫停，${removedZh(s)}。儲值金與學生優待不受影響。`,
    'reissue-unpaid': s => `補發已申請，還沒繳費：請在 ${s.lastDayToPay} 以前繳清。`,
    'reissue-in-production': () => '補發已受理，新卡製作中。',
    'reissue-collectable': s => `補發的新卡在${s.where}${openZh(s)}。`,
    left: () =>
      '您已離校，這張卡不再能開校園的門。它現在是一般的無記名卡：儲值金仍可使用，學生優待票不再適用。',
  } satisfies Sentences as Sentences,
  next: {
    collect: '請攜帶下列文件前往領取。',
    'come-later': '屆時請攜帶下列文件前往領取。',
    'wait-for-card': '製好後會通知您，現在不必做什麼。',
    'ask-office': '有疑問請洽下列櫃檯。',
    'find-or-apply': '找到了就到「找不到卡片」取消；找不到，請申請補發。',
    'apply-reissue': '請申請補發，才會製作新的卡片。',
    'pay-reissue': '繳清之後才開始製卡。',
    resume: '找到卡片了？恢復校園門禁即可。',
    activate: '拿著新卡，看過下表後啟用。',
    'carry-both': '兩張卡都帶著，直到新卡在每扇門都確認為止。',
    'wait-for-doors': '新卡確認後會通知您。',
    'leave-old': '開門只需新卡；舊卡的儲值金仍可使用。',
    nothing: '不必再做什麼。',
  } satisfies Record<NextStep, string> as Record<NextStep, string>,
  expected: {
    silent: (names: string) => `${names}的控制器沒有回應，一恢復連線就會更新。`,
    held: (names: string) => `${names}的門禁更新暫停中，解除後就會更新。`,
    waiting: (names: string, by: string) => `${names}預計最晚 ${by} 完成。`,
  },
  track: '新卡進度',
  steps: {
    'can-collect': '可領取',
    collected: '已領取',
    activated: '已啟用',
    doors: '門禁已確認',
    'old-ended': '舊卡校園門禁已終止',
  } satisfies Record<TrackName, string> as Record<TrackName, string>,
  ahead: {
    'can-collect': '可領取',
    collected: '領取',
    activated: '啟用',
    doors: '門禁確認',
    'old-ended': '舊卡校園門禁終止',
  } satisfies Record<TrackName, string> as Record<TrackName, string>,
  latest: '最晚',
  until: '至',
  from: '起',
}

const en: typeof zhTW = {
  title: 'My card',
  withRepresentative: (name, backBy) =>
    `Your new card is with your class representative ${name}, who hands it to you. Activate it once you have it; if you have not got it by ${backBy}, it comes back to the desk.`,
  sentence: {
    'not-eligible': s => (s.from ? `${s.why} You can collect your new card from ${s.from}.` : s.collect),
    collectable: s => `Your new card is at the ${s.where}${openEn(s)}.`,
    'collectable-old-ended': s =>
      `The campus access of your old card ended on ${s.oldEnds}. Your new card is at the ${s.where}${openEn(s)}.`,
    'collectable-old-lost': s =>
      `Your old card is reported lost. Your new card is at the ${s.where}${openEn(s)}.`,
    collected: s =>
      `You have your new card. Until you activate it, your old card opens the doors on campus${s.oldEnds ? ` (until ${s.oldEnds})` : ''}.`,
    'collected-alone': () => 'You have your new card. It opens no door on campus until you activate it.',
    'collected-old-ended': s =>
      `The campus access of your old card ended on ${s.oldEnds} and your new card is not activated: no card of yours opens doors on campus now.`,
    'collected-no-access': () =>
      'You have your new card. Your present student status gives no campus access (for example a leave of absence); you can activate when you return.',
    pending: s =>
      s.oldUntil
        ? `Your new card is activated. Your old card opens doors until ${s.oldUntil}, your new card from ${s.newFrom} at the latest.`
        : `Your new card is activated and opens doors from ${s.newFrom} at the latest.`,
    switching: s =>
      `The doors are changing to your new card, by ${s.newFrom} at the latest.${s.of > 0 ? ` ${s.works} of ${s.of} door controllers have confirmed it.` : ''}`,
    waiting: s =>
      `Your new card works at ${s.works} of ${s.of} door controllers; waiting for ${s.waiting}.${s.expected}`,
    works: s =>
      `The doors use your new card since ${s.since}: all ${s.of} door controllers have confirmed it.`,
    'no-access': () => 'Your new card is activated, but your present student status gives no campus access.',
    lost: s =>
      s.endedOf === 0
        ? `This card was reported lost at ${s.lostAt}; its campus access has ended.`
        : `This card was reported lost at ${s.lostAt}; ${removedEn(s)}.`,
    'lost-not-sent': s =>
      `This card was reported lost at ${s.lostAt}; ${s.endedOf === 0 ? 'its campus access has ended' : removedEn(s)}. The report leaves at ${s.sendAt}; until then you can take it back.`,
    'lost-old-goes-on': s =>
      `Your new card was reported lost at ${s.lostAt}. The doors had not changed to it, so your old card goes on opening them${s.oldEnds ? ` (until ${s.oldEnds})` : ''}.`,
    paused: s =>
      `Campus access is paused since ${s.pausedSince}; ${removedEn(s)}. Stored value and student fare are not touched.`,
    'reissue-unpaid': s =>
      `You have applied for a reissue and not paid yet: please pay by ${s.lastDayToPay}.`,
    'reissue-in-production': () => 'Your reissue is accepted, and the new card is being made.',
    'reissue-collectable': s => `Your reissued card is at the ${s.where}${openEn(s)}.`,
    left: () =>
      'You have left the university, and this card no longer opens doors on campus. It is an ordinary anonymous card now: its stored value can still be used, the student fare no longer.',
  },
  next: {
    collect: 'Go there with what is listed below.',
    'come-later': 'Go there then, with what is listed below.',
    'wait-for-card': 'You will be told when it is there; there is nothing to do now.',
    'ask-office': 'Questions? Ask at one of these counters.',
    'find-or-apply': 'Found it? Take it back under "I cannot find my card". Otherwise apply for a reissue.',
    'apply-reissue': 'Apply for a reissue, and another card is made.',
    'pay-reissue': 'The card is made once it is paid.',
    resume: 'Have you found it? Resume campus access.',
    activate: 'Take the new card in your hand, read the table, and activate it.',
    'carry-both': 'Carry both cards until the new one is confirmed at every door.',
    'wait-for-doors': 'You will be told when the doors have confirmed it.',
    'leave-old': 'For doors you need only the new card. The stored value of the old one can still be used.',
    nothing: 'There is nothing left to do.',
  },
  expected: {
    silent: names => ` The controllers of ${names} do not answer and follow as soon as they do.`,
    held: names => ` Updates of ${names} are held and follow as soon as that is lifted.`,
    waiting: (names, by) => ` ${names}: expected by ${by}.`,
  },
  track: 'How far your new card is',
  steps: {
    'can-collect': 'Can be collected',
    collected: 'Collected',
    activated: 'Activated',
    doors: 'Doors confirmed',
    'old-ended': "Old card's campus access ended",
  },
  ahead: {
    'can-collect': 'Can be collected',
    collected: 'Collect it',
    activated: 'Activate it',
    doors: 'Doors confirm it',
    'old-ended': "Old card's campus access ends",
  },
  latest: 'by',
  until: 'until',
  from: 'from',
}

/** The words of "my card", in both languages. */
export const words = { 'zh-TW': zhTW, en }

/** The one sentence that is true now. */
export function saySentence(card: Omit<MyCard, 'sentence'>, language: Language): string {
  const here = { language, zone: card.zone, today: card.today }
  const when = (at: string | null | undefined) => (at ? sayWhen(at, here) : '')
  const w = words[language]
  const names = (buildings: MyCard['newDoors']['buildings']) =>
    sayFew(
      buildings
        .filter(each => each.state !== 'works' && each.state !== 'ended')
        .map(each => each.building[language]),
      language,
    )
  const those = (state: 'silent' | 'held' | 'waiting') =>
    card.newDoors.buildings.filter(each => each.state === state)
  const expectedBy = those('waiting').find(each => each.expectedBy)?.expectedBy
  const expected = [
    ...(those('silent').length > 0 ? [w.expected.silent(names(those('silent')))] : []),
    ...(those('held').length > 0 ? [w.expected.held(names(those('held')))] : []),
    ...(expectedBy ? [w.expected.waiting(names(those('waiting')), when(expectedBy))] : []),
  ]
  const counter = card.collect?.counters[0]
  const removed = (card.story === 'paused' ? card.paused : card.lost)?.doors
  const said: Said = {
    collect: card.collect?.message ?? '',
    why: card.collect?.why ?? '',
    from: card.collect && card.next === 'come-later' ? sayDate(card.collect.from, here) : '',
    where: counter?.name ?? '',
    openUntil: when(counter?.until),
    opensAt: when(counter?.opensAt),
    // With its date on every day: "ended on 00:00" would be no sentence.
    oldEnds: card.oldCard?.accessEndsAt ? sayDated(card.oldCard.accessEndsAt, here) : '',
    oldUntil: when(card.switch?.oldOpensUntil),
    newFrom: when(card.switch?.newOpensFrom),
    works: card.newDoors.done,
    of: card.newDoors.controllers,
    waiting: names(card.newDoors.buildings),
    expected: expected.join(''),
    since: when(card.newDoors.since),
    lostAt: when(card.newCard?.lostReportedAt ?? card.oldCard?.lostReportedAt),
    sendAt: when(card.lost?.sendAt),
    pausedSince: when(card.paused?.since),
    lastDayToPay: card.reissue ? sayDate(card.reissue.lastDayToPay, here) : '',
    ended: removed?.done ?? 0,
    endedOf: removed?.controllers ?? 0,
    notEnded: names(removed?.buildings ?? []),
  }
  const { representative } = card
  // What is more pressing (no card opens doors, a leave) keeps its own sentence.
  const plain = card.story === 'collected' || card.story === 'collected-alone'
  if (representative && plain && card.today <= representative.backBy)
    return spaced(w.withRepresentative(representative.name[language], sayDate(representative.backBy, here)))
  return spaced(w.sentence[card.story](said))
}
