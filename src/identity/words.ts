import { roleNames, type StaffRole } from '../lib/roles.ts'
import type { RefusalWords } from '../server/perform.ts'
import type { AccountRefusal, ArrivalRefusal, ReadingRefusal } from './rules.ts'

/** Why a role, an account or a reading of claims is not changed. */
export type ChangeRefusal =
  | ReadingRefusal
  | AccountRefusal
  | 'no-such-account'
  | 'account-there'
  | 'account-id-wrong'
  | 'account-ended'
  | 'role-there'
  | 'no-such-role'
  | 'given-by-provider'
  | 'already-so'

const role = (said: unknown, language: 'zh-TW' | 'en'): string =>
  typeof said === 'string' && said in roleNames ? roleNames[said as StaffRole][language] : String(said)
const ruleZh = (rule: unknown): string => (typeof rule === 'number' ? `第 ${rule} 條規則：` : '')
const ruleEn = (rule: unknown): string => (typeof rule === 'number' ? `Rule ${rule}: ` : '')

/** The sentences for refused changes. */
export const changeWords: RefusalWords<ChangeRefusal> = {
  'zh-TW': {
    'changed-meanwhile': () =>
      '另一位系統管理員剛才儲存了新的設定，因此您的沒有儲存。請重新載入頁面，再做一次修改。',
    'rule-twice': ({ rule, before }) =>
      `第 ${rule} 條規則與第 ${before} 條重複：相同的欄位、值、角色與櫃檯。請刪除其中一條。`,
    'counter-needed': ({ rule }) => `${ruleZh(rule)}領卡櫃檯的角色要指定一個櫃檯。`,
    'doors-needed': ({ rule }) => `${ruleZh(rule)}門禁負責人的角色要指定至少一個門。`,
    'place-not-of-role': ({ rule, role: said }) =>
      `${ruleZh(rule)}「${role(said, 'zh-TW')}」不能指定這種範圍：櫃檯屬於領卡櫃檯，大樓屬於門禁管理，門屬於門禁負責人。`,
    'counter-unknown': ({ rule, counter }) =>
      `${ruleZh(rule)}目前的換發作業沒有「${counter}」這個櫃檯。請從清單選擇。`,
    'building-unknown': ({ rule, building }) =>
      `${ruleZh(rule)}沒有控制器位於「${building}」。請從清單選擇大樓。`,
    'door-unknown': ({ rule, door }) => `${ruleZh(rule)}沒有「${door}」這個門。請從清單選擇。`,
    'own-account': () => '不能變更自己的帳號。請另一位系統管理員處理。',
    'emergency-account': () => '這是緊急登入專用的帳號，不能變更，也不能給予其他角色。',
    'no-such-account': ({ account }) => `沒有「${account}」這個帳號。`,
    'account-there': ({ account }) => `「${account}」這個帳號已經存在。請直接給予角色。`,
    'account-id-wrong': () =>
      '帳號名稱須為 1 至 99 個英文字母、數字或 . _ @ + - 字元，並以字母或數字開頭；請填寫學校登入系統所說的帳號名稱。',
    'account-ended': ({ account }) => `「${account}」這個帳號已經停止。請先恢復帳號。`,
    'role-there': ({ role: said }) =>
      `這個帳號在該處已有「${role(said, 'zh-TW')}」的角色。要改變範圍，請先取消原有的角色。`,
    'no-such-role': () => '這個帳號沒有該角色；可能剛才已被取消。',
    'given-by-provider': () =>
      '這個角色由規則依學校的群組給予，下次登入時會再次取得。請修改規則、請學校移除群組，或停止這個帳號。',
    'already-so': () => '這個帳號已經是這個狀態。',
  },
  en: {
    'changed-meanwhile': () =>
      'Another administrator has saved other settings just now, so yours were not saved. Load the page again and make your change once more.',
    'rule-twice': ({ rule, before }) =>
      `Rule ${rule} repeats rule ${before}: the same claim, value, role and counter. Remove one of them.`,
    'counter-needed': ({ rule }) => `${ruleEn(rule)}A desk clerk's role needs a counter.`,
    'doors-needed': ({ rule }) => `${ruleEn(rule)}A door owner's role needs at least one door.`,
    'place-not-of-role': ({ rule, role: said }) =>
      `${ruleEn(rule)}“${role(said, 'en')}” has no place of that kind: a counter is a desk clerk's, buildings are an access administrator's, doors a door owner's.`,
    'counter-unknown': ({ rule, counter }) =>
      `${ruleEn(rule)}The programme in force has no counter “${counter}”. Choose one of the list.`,
    'building-unknown': ({ rule, building }) =>
      `${ruleEn(rule)}No controller stands in “${building}”. Choose a building of the list.`,
    'door-unknown': ({ rule, door }) => `${ruleEn(rule)}There is no door “${door}”. Choose one of the list.`,
    'own-account': () => 'You cannot change your own account. Another administrator does that.',
    'emergency-account': () =>
      'This account belongs to the emergency way in. It cannot be changed, and has no other role.',
    'no-such-account': ({ account }) => `There is no account “${account}”.`,
    'account-there': ({ account }) => `The account “${account}” is there already. Give it the role.`,
    'account-id-wrong': () =>
      "An account's name has 1 to 99 letters, digits or . _ @ + - and begins with a letter or digit: it is the name that the university's sign-in says.",
    'account-ended': ({ account }) => `The account “${account}” has ended. Take it up again first.`,
    'role-there': ({ role: said }) =>
      `This account has the role “${role(said, 'en')}” there already. To change where it holds, take the old one first.`,
    'no-such-role': () => 'This account has no such role; it may have been taken just now.',
    'given-by-provider': () =>
      'This role comes from a rule about groups and would come back at the next sign-in. Change the rule, have the group taken at the university, or end the account.',
    'already-so': () => 'This account is so already.',
  },
}

const arrivalZh: Record<ArrivalRefusal, string> = {
  'account-ended': '您的帳號在本系統已經停止。如有疑問，請洽系統管理員。',
  'account-of-another':
    '本系統中同名的帳號屬於另一個人，因此沒有讓您登入。請通知系統管理員：學校登入系統的帳號名稱可能重複使用。',
  'number-of-another-account':
    '您的學號已經屬於另一個同仁帳號，因此沒有讓您登入：一個人只用一個帳號辦事。請用那個帳號登入，或請系統管理員停止那個帳號。',
  'no-account-name': '學校的登入系統沒有提供可用的帳號名稱，因此沒有讓您登入。請通知系統管理員。',
  'known-to-nobody':
    '學校確認了您的身分，但您在這裡沒有角色，也不在名冊上。學生請洽註冊組；同仁請您的主管或系統管理員給予角色，之後再登入。',
}
const arrivalEn: Record<ArrivalRefusal, string> = {
  'account-ended': 'Your account here has ended. If that is a mistake, ask an administrator.',
  'account-of-another':
    "An account of that name belongs to somebody else here, so you were not signed in. Tell an administrator: the university's account names may have been used again.",
  'number-of-another-account':
    'Your student number belongs to another account of the staff, so you were not signed in: one person works here by one account. Sign in with that one, or ask an administrator to end it.',
  'no-account-name':
    "The university's sign-in says no account name that can be used, so you were not signed in. Tell an administrator.",
  'known-to-nobody':
    'The university knows you, but you have no role here and are not on the roster. Students ask the registrar; staff ask their head or an administrator for a role, and sign in again then.',
}

const zhTW = {
  arrival: arrivalZh,
  notSignedIn: '沒有登入',
  again: '重新登入',
  leaveProvider: '改用另一個帳號',
  home: '回首頁',
  down: '目前無法登入',
  downNext:
    '學校的登入系統目前沒有回應，因此暫時無法登入。已登入的人可以繼續使用。請過幾分鐘再試；若持續發生，請通知學校的資訊單位。系統管理員可以用緊急代碼登入：/sign-in/break-glass',
  lost: '這次登入沒有完成：時間過久、已經用過，或是在另一個瀏覽器開始的。請重新登入。',
  declined: '學校的登入系統沒有讓您登入，或您取消了登入。',
  notBelieved: '學校登入系統的回覆無法確認，因此沒有讓您登入。請重新登入；若再次發生，請通知系統管理員。',
  signedOut: '已登出',
  signedOutAbout: '您已登出本系統。若這是共用的電腦，請一併登出學校的登入系統。',
  signOutThere: '登出學校的登入系統',
  roles: {
    title: '以什麼身分使用？',
    about: '您有多個身分。每次以其中一個使用，之後可以隨時從右上角的選單更換。',
    student: '學生',
    studentAbout: '查看與啟用自己的學生證',
    now: '目前的身分',
    allBuildings: '所有大樓',
    back: '維持目前的身分',
  },
}
const en: typeof zhTW = {
  arrival: arrivalEn,
  notSignedIn: 'You are not signed in',
  again: 'Sign in again',
  leaveProvider: 'Use another account',
  home: 'To the first page',
  down: 'Nobody can sign in at the moment',
  downNext:
    "The university's sign-in does not answer, so nobody can sign in for now. Who is signed in already can go on. Try again in a few minutes; if it lasts, tell the university's IT service. Administrators can use an emergency code: /sign-in/break-glass",
  lost: 'This sign-in was not finished: it took too long, was used already, or was begun in another browser. Please sign in again.',
  declined: "The university's sign-in did not let you in, or you cancelled it.",
  notBelieved:
    "What the university's sign-in answered could not be confirmed, so you were not signed in. Please sign in again; if it happens again, tell an administrator.",
  signedOut: 'You are signed out',
  signedOutAbout:
    "You are signed out here. On a computer that others use, sign out of the university's sign-in, too.",
  signOutThere: "Sign out of the university's sign-in",
  roles: {
    title: 'In which role?',
    about:
      'You have several roles. You act in one at a time and can change it from the menu at the top right.',
    student: 'Student',
    studentAbout: 'See and activate your own student card',
    now: 'Your role now',
    allBuildings: 'All buildings',
    back: 'Stay as you are',
  },
}

/** The sentences around signing in. */
export const signInWords = { 'zh-TW': zhTW, en }
