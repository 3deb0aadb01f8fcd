import type { Facts } from '../lib/decision.ts'
import type { PauseRefusal } from './pause-rules.ts'
import type { FoundRefusal, LossRefusal, WithdrawalRefusal } from './rules.ts'

/** Everything that this room refuses to somebody who misses a card. */
export type MissingRefusal = PauseRefusal | LossRefusal | WithdrawalRefusal | FoundRefusal | 'unknown-person'

type Sentences = Record<MissingRefusal, (facts: Facts) => string>

const said = (value: Facts[string] | undefined): string => String(value ?? '')
const zhTW = {
  refusal: {
    'not-your-card': () => '這張卡不在您的名下，因此沒有任何變更。請確認卡片，或到櫃檯由承辦人員協助。',
    'unknown-person': () => '名冊中沒有這個學號，因此沒有任何變更。請檢查學號。',
    'reported-lost': () =>
      '這張卡已掛失，校園門禁已經終止，沒有可暫停或恢復的門禁。若已找到卡片，請按「我找到卡片了」。',
    'not-in-use': () =>
      '這張卡目前沒有校園門禁，沒有可暫停或恢復的門禁：可能尚未啟用、已由新卡取代或已到期。若卡片遺失，請掛失。',
    'resumed-too-often': f =>
      `您已自行恢復這張卡的校園門禁 ${said(f.times)} 次，不能再自行恢復；卡片與儲值金都沒有改變。請帶卡片到${said(f.whereZh)}，由承辦人員恢復。`,
    'left-the-university': f =>
      `您已離校，這張卡成為一般的無記名卡，學校不能再為您掛失。請直接洽${said(f.nameZh)}${f.phones ? `（${said(f.phones)}）` : ''}。`,
    'cannot-be-put-off': () => '掛失不能預約稍後送出，因此沒有掛失。請選擇「盡快送出」。',
    'time-has-passed': () => '選擇的送出時間已經過了，因此沒有掛失。請選擇之後的時間，或「盡快送出」。',
    'too-far-ahead': f => `掛失最多只能預約到 ${said(f.days)} 天之內送出，因此沒有掛失。請選擇較早的時間。`,
    'not-reported-lost': () => '這張卡沒有掛失，所以沒有可取消的掛失。',
    'already-sent': () =>
      '掛失已送給發卡機構，不能再取消；儲值金會永久鎖住。若已找到卡片，請按「我找到卡片了」，看門禁能否恢復。',
    'never-restored': () =>
      '掛失已送出，依本校規定，找到的卡不能再恢復校園門禁，儲值金也永久鎖住。請申請補發新卡。',
    'replacement-produced': () =>
      '補發的新卡已經製作，這張卡不能再恢復校園門禁；掛失送出後，儲值金也永久鎖住。請領取新卡使用。',
  } satisfies Sentences,
}
const en: typeof zhTW = {
  refusal: {
    'not-your-card': () =>
      'This card is not yours, so nothing was changed. Check which card it is, or ask at a counter for help.',
    'unknown-person': () =>
      'The register has nobody of this student number, so nothing was changed. Check the number.',
    'reported-lost': () =>
      'This card was reported lost and its campus access has ended, so there is none to pause or resume. If you have found it, press “I have found it”.',
    'not-in-use': () =>
      'This card has no campus access now that could be paused or resumed: it is not activated yet, a new card has taken its place, or its date has come. If it is lost, report it lost.',
    'resumed-too-often': f =>
      `You have resumed this card’s campus access ${said(f.times)} times yourself, which is as often as it goes; the card and its stored value are as they were. Bring the card to ${said(f.whereEn)}, where it is resumed for you.`,
    'left-the-university': f =>
      `You have left the university. The card is an ordinary anonymous card now, and the university can no longer report it lost. Ask ${said(f.nameEn)} directly${f.phones ? ` (${said(f.phones)})` : ''}.`,
    'cannot-be-put-off': () =>
      'A loss report cannot be put off here, so nothing was reported. Choose to send it as soon as possible.',
    'time-has-passed': () =>
      'The chosen time has passed, so nothing was reported. Choose a later one, or send it as soon as possible.',
    'too-far-ahead': f =>
      `A loss report can be put off by ${said(f.days)} days at most, so nothing was reported. Choose an earlier time.`,
    'not-reported-lost': () => 'This card is not reported lost, so there is no report to take back.',
    'already-sent': () =>
      'The report has gone to the issuer and cannot be taken back; the stored value is locked for good. If you have found the card, press “I have found it” to see whether its campus access can be given back.',
    'never-restored': () =>
      'The report has been sent, and by the rules here a card found after that does not get its campus access back; its stored value is locked for good. Apply for a reissue.',
    'replacement-produced': () =>
      'Your replacement has been made, so this card does not get its campus access back; once the report has been sent, its stored value is locked for good too. Collect and use the new card.',
  },
}

/** What reporting a loss and pausing say, in both languages. */
export const words = { 'zh-TW': zhTW, en }
