import type { Facts } from '../lib/decision.ts'
import type { AnswerRefusal } from './second-person.ts'

type Sentences = Readonly<Record<AnswerRefusal, (facts: Facts) => string>>

const zhTW = {
  title: '第二人確認',
  about:
    '學生沒有舊卡也沒有手機時，由另一位同仁一起核對證件。請走到該櫃檯，核對證件正本、照片與本人，再回答。',
  loading: '載入中…',
  noneTitle: '目前沒有待確認的學生',
  noneNext: '同仁提出後，幾秒內會顯示在這裡，不必重新整理。',
  retry: '再試一次',
  askedBy: '提出人',
  at: '櫃檯',
  documents: '出示的證件',
  kind: (kind: string) => `（${kind}）`,
  goodUntil: '有效至',
  confirm: '證件正本與本人相符，確認',
  decline: '不確認',
  why: '不確認的原因（提出人會看到）',
  whyHint: '例如：照片與本人不符。請勿填寫證件號碼。',
  sendDecline: '送出不確認',
  back: '返回',
  confirmed: (name: string) => `已確認：${name}。櫃檯會自動繼續。`,
  declined: (name: string) => `已回覆不確認：${name}。`,
  refusals: {
    'asked-by-yourself': () => '這是您自己提出的，須由另一位同仁確認。',
    'confirmed-already': () => '已有同仁確認，不需再回答。',
    'declined-already': () => '已有同仁回覆不確認。若證件有誤，請該櫃檯重新查驗。',
    'asked-anew': () => '該櫃檯已改以其他證件重新提出。請回答新的那一筆。',
    'asked-too-long-ago': () => '這一筆已逾時。若學生仍在，請該櫃檯重新提出。',
    'no-reason-given': () => '請寫下不確認的原因，讓該櫃檯知道怎麼處理。',
  } satisfies Sentences,
}

const en: typeof zhTW = {
  title: 'Second person',
  about:
    'Where a student has neither the old card nor a phone, another of the staff looks at the document too. Go to that counter, compare the original and its photo with the student, then answer.',
  loading: 'Loading…',
  noneTitle: 'Nobody waits for your confirmation',
  noneNext: 'A question appears here within seconds of being asked; there is no need to reload.',
  retry: 'Try again',
  askedBy: 'Asked by',
  at: 'Counter',
  documents: 'Shown',
  kind: kind => ` (${kind})`,
  goodUntil: 'Good until',
  confirm: 'Original document, same person: confirm',
  decline: 'Decline',
  why: 'Why you decline (the clerk who asked will read it)',
  whyHint: 'For example: the photo is of somebody else. No document numbers, please.',
  sendDecline: 'Send the no',
  back: 'Back',
  confirmed: name => `Confirmed: ${name}. The desk goes on by itself.`,
  declined: name => `Declined: ${name}.`,
  refusals: {
    'asked-by-yourself': () => 'You asked this yourself. Somebody else has to confirm it.',
    'confirmed-already': () => 'Somebody has confirmed this already. Nothing is left to do.',
    'declined-already': () =>
      'Somebody has declined this already. If the document was taken wrongly, that counter has to check it again.',
    'asked-anew': () => 'That counter has asked again with other documents. Answer the newer question.',
    'asked-too-long-ago': () =>
      'This question has run out. If the student is still there, that counter has to ask again.',
    'no-reason-given': () => 'Write why you decline, so that the counter knows what to do.',
  },
}

/** The words of the second person's screen. */
export const words = { 'zh-TW': zhTW, en }
