import type { Facts } from '../lib/decision.ts'
import type { ControllerRefusal } from './controller-rules.ts'
import type { GrantRefusal } from './grant-rules.ts'
import type { GroupRefusal, RemovalRefusal } from './group-rules.ts'
import { makeWords } from './make-words.ts'

type Sentences<Reason extends string> = Readonly<Record<Reason, (facts: Facts) => string>>

const membersZh: Readonly<Record<string, string>> = { campus: '全校', faculty: '學院', hall: '宿舍' }
const membersEn: Readonly<Record<string, string>> = {
  campus: 'the whole campus',
  faculty: 'a faculty',
  hall: 'a hall',
}
const orNone = (list: Facts[string] | undefined, none: string): string => (list ? String(list) : none)

const controllerZh: Sentences<ControllerRefusal> = {
  ...makeWords['zh-TW'],
  'serial-zero': () => '序號 0 不是控制器：UHPPOTE 以 0 廣播給所有控制器。請填機身標籤上的序號。',
  'serial-known': f => `序號 ${f.serial} 的控制器已經登錄。如要更改位址、容量或名稱，請修改該控制器。`,
  'format-fixed': f =>
    `控制器 ${f.serial} 的讀卡機格式是 ${f.format}，不能改為 ${f.asked}：其中每張卡都以該格式的號碼登錄。若更換了讀卡機，請以新的序號另行登錄。`,
  'format-unknown': f => `沒有「${f.format}」這種控制器號碼格式。請選擇系統列出的 Wiegand 格式。`,
  'capacity-below-held': f =>
    `這臺控制器已確認存有 ${f.held} 張卡，容量不能填為 ${f.capacity}。請填控制器實際可存的張數。`,
  'too-many-doors': f => `一臺控制器最多管 ${f.most} 扇門，此處有 ${f.doors} 扇。請將其餘的門登錄在另一臺。`,
  'door-twice': f => `門「${f.door}」出現兩次。每扇門的代碼只能用一次。`,
  'door-number-unknown': f => `門「${f.door}」的編號是 ${f.number}；控制器的門編號為 1 至 ${f.most}。`,
  'door-number-twice': f => `門「${f.one}」與「${f.other}」的編號都是 ${f.number}。請對照控制器上的接線。`,
  'door-number-fixed': f =>
    `門「${f.door}」的編號是 ${f.number}，不能改為 ${f.asked}：已寫入的卡都依這個編號開門。請以新的代碼登錄那扇門。`,
  'door-elsewhere': f => `門「${f.door}」已登錄在控制器 ${f.serial}。請改用其他代碼。`,
}
const controllerEn: Sentences<ControllerRefusal> = {
  ...makeWords.en,
  'serial-zero': () =>
    'Serial number 0 is no controller: UHPPOTE uses 0 to call all of them. Give the number on the board’s label.',
  'serial-known': f =>
    `A controller with serial number ${f.serial} is recorded already. To give it another address, capacity or names, change that one.`,
  'format-fixed': f =>
    `The readers of controller ${f.serial} send ${f.format}, and that cannot become ${f.asked}: every card stands there under such a number. If the readers were replaced, record the new board under its own serial number.`,
  'format-unknown': f =>
    `There is no number format “${f.format}” for controllers. Choose one of the Wiegand formats that are listed.`,
  'capacity-below-held': f =>
    `This controller has confirmed that it holds ${f.held} cards, so its capacity cannot be ${f.capacity}. Give the number of cards that it can really hold.`,
  'too-many-doors': f =>
    `A controller decides for at most ${f.most} doors; this one has ${f.doors}. Record the others on another controller.`,
  'door-twice': f => `The door “${f.door}” is named twice. Use each door’s id once.`,
  'door-number-unknown': f =>
    `The door “${f.door}” has the number ${f.number}; a controller’s doors are numbered 1 to ${f.most}.`,
  'door-number-twice': f =>
    `The doors “${f.one}” and “${f.other}” both have the number ${f.number}. Compare with the wiring of the controller.`,
  'door-number-fixed': f =>
    `The door “${f.door}” has the number ${f.number}, and that cannot become ${f.asked}: the cards on the controller open it by that number. Record the other door under an id of its own.`,
  'door-elsewhere': f =>
    `The door “${f.door}” is recorded on controller ${f.serial} already. Use another id.`,
}

const groupZh: Sentences<GroupRefusal> = {
  'members-fixed': f =>
    `群組「${f.group}」的對象（${membersZh[String(f.members)]}${f.key ? ` ${f.key}` : ''}）不能更改。請另設一個群組，再移除這一個。`,
  'key-missing': f => `請填這個群組是給哪一個${membersZh[String(f.members)]}（key）。`,
  'key-not-wanted': f => `對象為全校的群組不指定學院或宿舍，請移除「${f.key}」。`,
  'unknown-faculty': f => `換發作業中沒有「${f.key}」這個學院。現有：${orNone(f.known, '無')}。`,
  'unknown-hall': f =>
    `名冊中沒有人住在「${f.key}」，也沒有群組使用這個宿舍。現有：${orNone(f.known, '無')}。若是新宿舍，請註明（newHall）。`,
  'door-twice': f => `門「${f.door}」出現兩次，請刪去一個。`,
  'unknown-door': f =>
    `沒有登錄這${Number(f.doors) > 1 ? `些門（共 ${f.doors} 扇）` : '扇門'}：${f.door}。請先登錄控制器與門，或更正代碼。`,
  'changed-since': f =>
    `預覽之後，群組「${f.group}」或要求的內容已經改變，因此沒有儲存。請再看一次預覽，確認後再儲存。`,
}
const groupEn: Sentences<GroupRefusal> = {
  'members-fixed': f =>
    `The group “${f.group}” is for ${membersEn[String(f.members)]}${f.key ? ` (${f.key})` : ''}, and that stays. Make another group, then remove this one.`,
  'key-missing': f => `Say which one: a group for ${membersEn[String(f.members)]} needs its key.`,
  'key-not-wanted': f =>
    `A group for the whole campus names no faculty or hall; leave the key “${f.key}” out.`,
  'unknown-faculty': f => `The programme has no faculty “${f.key}”. It has: ${orNone(f.known, 'none')}.`,
  'unknown-hall': f =>
    `Nobody of the roster lives in “${f.key}”, and no group names that hall. Known: ${orNone(f.known, 'none')}. If it is a new hall, say so (newHall).`,
  'door-twice': f => `The door “${f.door}” is named twice; leave one out.`,
  'unknown-door': f =>
    `${f.doors === 1 ? 'This door is' : `These doors (${f.doors}) are`} not recorded: ${f.door}. Record the controller and its doors first, or correct the id.`,
  'changed-since': f =>
    `The group “${f.group}” has changed since the preview, or what is asked for has, so nothing was kept. Look at the preview again.`,
}

const removalZh: Sentences<RemovalRefusal> = {
  'hall-lived-in': f =>
    `名冊中有 ${f.residents} 人住在 ${f.hall}，而這是該宿舍最後一個群組；移除後名冊就不認得這個宿舍。請改為移除群組中的門。`,
  'changed-since': () => '預覽之後，這個群組已由他人變更，因此沒有移除。請再看一次預覽，確認後再移除。',
}
const removalEn: Sentences<RemovalRefusal> = {
  'hall-lived-in': f =>
    `${f.residents} ${f.residents === 1 ? 'person' : 'people'} of the roster live in ${f.hall}, and this is the hall’s last group; without it the roster would not know the hall. Take the doors out of the group instead.`,
  'changed-since': () =>
    'This group has changed since the preview, so it was not removed. Look at the preview again.',
}

const grantZh: Sentences<GrantRefusal> = {
  'unknown-student': () => '名冊中沒有這個學號。請核對學號。',
  'not-enrolled': () => '這位學生目前不是在學狀態，校園的門都不會打開，因此不設定個別門禁。',
  'no-card-in-use': () =>
    '這位學生目前沒有具校園門禁的卡片。個別門禁設定在卡片上：請學生先啟用新卡，再設定一次。',
  'granted-already': f => `${f.ownerZh}已於 ${f.on} 將這扇門設定給這張卡，不需再設定。`,
  'opened-by-group': f => `門禁群組「${f.nameZh}」已為這位學生打開這扇門，不需個別設定。`,
}
const grantEn: Sentences<GrantRefusal> = {
  'unknown-student': () => 'The roster has no such student number. Check the number.',
  'not-enrolled': () =>
    'This student is not enrolled now, so no door on campus opens, and none is granted one by one.',
  'no-card-in-use': () =>
    'This student has no card with campus access now. Individual access hangs on the card: ask the student to activate the new card, then grant the door.',
  'granted-already': f => `${f.ownerEn} granted this door to this card on ${f.on}; there is nothing to do.`,
  'opened-by-group': f =>
    `The access group “${f.nameEn}” opens this door to the student anyway; there is nothing to grant.`,
}

const zhTW = { controller: controllerZh, group: groupZh, removal: removalZh, grant: grantZh }
const en: typeof zhTW = { controller: controllerEn, group: groupEn, removal: removalEn, grant: grantEn }

/** What the access room says, in both languages. */
export const words = { 'zh-TW': zhTW, en }
