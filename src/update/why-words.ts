import type { Facts } from '../lib/decision.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import type { Answer } from './outcome.ts'
import type { WhyReason } from './why-rules.ts'

/** Moments and days in the facts are said already, on the campus's clocks. */
type Sentences = Record<WhyReason | 'opens', (facts: Facts) => string>

const stillZh = (f: Facts): string => (f.still ? '這扇門目前仍會開，到更新時才移除。' : '')
const stillEn = (f: Facts): string =>
  f.still ? ' This door still opens to it until the update takes it off.' : ''

const whyZh: Sentences = {
  'not-enrolled': () => '名冊中這個人目前不在學，校園門禁不開放。',
  'no-card': f => `這個人還沒有領到卡片${f.waitsAt ? `，卡片在${f.waitsAt}待領` : ''}。`,
  lost: f => `這張卡已於${f.at}掛失，校園門禁隨即終止。${stillZh(f)}`,
  retired: f => `這張卡已於${f.at}註銷。${stillZh(f)}`,
  replaced: f => `這張是舊卡：新卡已於${f.at}啟用，舊卡的校園門禁就此終止。${stillZh(f)}`,
  'not-activated': () => '這張卡已領取，但還沒有啟用，所以還沒有校園門禁。',
  'access-ended': f => `這張卡的校園門禁已於${f.at}終止。${stillZh(f)}`,
  paused: f => `持卡人自${f.at}起暫停這張卡的校園門禁；卡片仍在名下。${stillZh(f)}`,
  'no-number': f => `這扇門的讀卡機（${f.format}）讀不出這張卡的號碼。`,
  'grant-stays-behind': f => `這扇門是「${f.owner}」個別設定在另一張卡上的，不會隨新卡移轉。`,
  'nothing-opens': f => `沒有門禁群組或個別設定讓這張卡開這扇門。${stillZh(f)}`,
  'days-not-begun': f => `這張卡在這扇門的第一日是${f.from}，還沒有到。`,
  'days-over': f => `這張卡在這扇門的最後一日是${f.to}，已經過了。`,
  'not-decided': () => '依名冊與設定這張卡應能開門，但系統沒有排定寫入控制器：這是系統的錯誤。',
  'held-back': f => `承辦人員自${f.since}起暫停這臺控制器的更新，變更在等待放行。`,
  'window-to-come': f => `已決定開放；由${f.startsAt}的更新時段寫入，承諾最晚${f.endsBy}生效。`,
  silent: f => `已決定開放，但這扇門的控制器自${f.since}起沒有回應，還寫不進去。`,
  'window-running': f => `${f.startsAt}開始的更新正在進行，還沒有輪到這臺控制器；最晚${f.endsBy}完成。`,
  full: f => `這扇門的控制器自${f.since}起卡片已滿，寫不進這張卡。`,
  taken: f => `控制器上號碼 ${f.number} 自${f.since}起被其他系統的卡片占用，本系統不會覆寫。`,
  rejected: f => `控制器自${f.since}起拒絕寫入號碼 ${f.number}。`,
  'not-confirmed': f =>
    `已決定開放，也應已生效，但控制器還沒有確認${f.since ? `（自${f.since}起未確認）` : ''}。`,
  'not-verified': f => `控制器已於${f.since}確認寫入，正等待讀回核對；現在應該能開。`,
  'clock-unset': f =>
    `控制器裡有這張卡，但它的時鐘在最近一次更新沒有校正${f.setAt ? `（上次${f.setAt}）` : ''}；時鐘若不對，會把日期算錯。`,
  opens: f => `這張卡能開這扇門：讀卡機應送出號碼 ${f.number}（${f.format}）。請檢查讀卡機，或卡片的晶片。`,
}
const whyEn: Sentences = {
  'not-enrolled': () => 'The roster does not have this person as enrolled, so campus access is closed.',
  'no-card': f => `No card was handed to this person${f.waitsAt ? `; one waits at ${f.waitsAt}` : ''}.`,
  lost: f => `This card was reported lost on ${f.at}; its campus access ended then.${stillEn(f)}`,
  retired: f => `This card was retired on ${f.at}.${stillEn(f)}`,
  replaced: f =>
    `This is the old card: the new one was activated on ${f.at}, which ended the old one’s campus access.${stillEn(f)}`,
  'not-activated': () => 'This card was collected and not activated yet, so it has no campus access.',
  'access-ended': f => `This card’s campus access ended on ${f.at}.${stillEn(f)}`,
  paused: f =>
    `Its holder paused this card’s campus access on ${f.at}; the card is still theirs.${stillEn(f)}`,
  'no-number': f => `Readers of this door (${f.format}) cannot tell this card’s number.`,
  'grant-stays-behind': f =>
    `“${f.owner}” granted this door to another card; individual access does not move to a new one.`,
  'nothing-opens': f => `No access group and no individual access opens this door to this card.${stillEn(f)}`,
  'days-not-begun': f => `The first day of this card at this door is ${f.from}, which has not come.`,
  'days-over': f => `The last day of this card at this door was ${f.to}.`,
  'not-decided': () =>
    'By roster and settings this card should open the door, but nothing was decided for its controller: this is a fault of ours.',
  'held-back': f =>
    `The office holds this controller’s updates back since ${f.since}; the change waits to be let go.`,
  'window-to-come': f =>
    `It is decided; the update of ${f.startsAt} brings it, by ${f.endsBy} at the latest.`,
  silent: f =>
    `It is decided, but this door’s controller is silent since ${f.since}, so it could not be told.`,
  'window-running': f =>
    `The update that began on ${f.startsAt} is running and has not come to this controller; it ends by ${f.endsBy}.`,
  full: f => `This door’s controller is full since ${f.since} and takes no further card.`,
  taken: f =>
    `Since ${f.since} another system’s card has number ${f.number} on this controller; Gatehouse leaves it alone.`,
  rejected: f => `The controller rejects number ${f.number} since ${f.since}.`,
  'not-confirmed': f =>
    `It is decided and due, but the controller has not confirmed it${f.since ? ` (not since ${f.since})` : ''}.`,
  'not-verified': f =>
    `The controller confirmed it on ${f.since}; it is not read back yet. It should open now.`,
  'clock-unset': f =>
    `The controller holds this card, but its clock was not set at the newest update${f.setAt ? ` (last: ${f.setAt})` : ''}; with a wrong clock it misjudges the days.`,
  opens: f =>
    `The card opens it: the reader sends number ${f.number} (${f.format}). Check the reader, or the card’s chip.`,
}

const nextZh: Record<WhyReason | 'opens', string> = {
  'not-enrolled': '若有誤，請註冊單位更正名冊後重新匯入。',
  'no-card': '請學生到櫃檯領卡；若沒有待領的卡，請洽卡務辦公室。',
  lost: '請學生領取或補發新卡並啟用。',
  retired: '請學生改用現在的卡片，或洽卡務辦公室。',
  replaced: '請學生改刷新卡。',
  'not-activated': '請學生在「我的卡片」啟用。',
  'access-ended': '請學生領取並啟用新卡，或洽卡務辦公室。',
  paused: '請持卡人在「我的學生證」→「我找不到卡片」恢復；或帶卡片到櫃檯由承辦人員恢復。',
  'no-number': '請更換讀卡機的設定，或換一張這種讀卡機能讀的卡。',
  'grant-stays-behind': '請門的管理單位在「個別門禁設定」中改授權給現在的卡。',
  'nothing-opens': '若應該能開，請門的管理單位授權，或調整門禁群組。',
  'days-not-begun': '請等到第一日。',
  'days-over': '請學生領取並啟用新卡，或洽卡務辦公室。',
  'not-decided': '請把學號與門告訴系統管理員；任何一次名冊匯入或授權都會重新計算。',
  'held-back': '請負責人員檢視後放行。',
  'window-to-come': '請等到承諾的時間；在那之前舊卡通常仍可使用。',
  silent: '請檢查這臺控制器的電源與網路；恢復後系統會自動補上。',
  'window-running': '請等到這次更新完成。',
  full: '請清理控制器上的殘留卡片，或換容量較大的控制器。',
  taken: '請到「控制器上的卡片」查看這個號碼，決定是否接管。',
  rejected: '請檢查控制器的設定與韌體；系統會持續重試。',
  'not-confirmed': '系統會持續重試；若一小時後仍未確認，請檢查控制器。',
  'not-verified': '請學生再刷一次；讀回核對會自動進行。',
  'clock-unset': '請檢查控制器的網路；下一次更新會再校正時鐘。',
  opens: '請學生再刷一次；若仍不開，用「號碼查詢」比對讀卡機送出的號碼。',
}
const nextEn: typeof nextZh = {
  'not-enrolled': 'If that is wrong, the registrar corrects the roster and it is imported again.',
  'no-card': 'The student collects the card at a counter; if none waits, ask the card office.',
  lost: 'The student collects or gets a new card, and activates it.',
  retired: 'The student uses the present card, or asks the card office.',
  replaced: 'The student uses the new card.',
  'not-activated': 'The student activates it on “My card”.',
  'access-ended': 'The student collects and activates the new card, or asks the card office.',
  paused: 'The holder resumes it on “My card”, “I can’t find my card”; or brings the card to a desk.',
  'no-number': 'Change the reader’s setting, or give a card that such readers can tell.',
  'grant-stays-behind': 'The door’s owner grants it again to the card in use now.',
  'nothing-opens': 'If it should open, the door’s owner grants it, or the access group is changed.',
  'days-not-begun': 'Wait for the first day.',
  'days-over': 'The student collects and activates the new card, or asks the card office.',
  'not-decided': 'Tell whoever runs Gatehouse; any import or grant for this person works it out anew.',
  'held-back': 'Whoever is responsible looks at it and lets it go.',
  'window-to-come': 'Wait for the promised time; until then the old card mostly still opens.',
  silent: 'Check this controller’s power and network; what is due follows by itself.',
  'window-running': 'Wait until this update is over.',
  full: 'Remove left-over cards from the controller, or replace it by a larger one.',
  taken: 'See “Cards on the controllers” for this number, and decide whether to adopt it.',
  rejected: 'Check the controller’s settings and firmware; it is tried again.',
  'not-confirmed': 'It is tried again; if it is not confirmed within the hour, check the controller.',
  'not-verified': 'The student taps again; reading back happens by itself.',
  'clock-unset': 'Check the controller’s network; the next update sets the clock again.',
  opens: 'The student taps again; if it stays closed, compare in the number lab what the reader sends.',
}

/** The sentence of a reason, and of its next step, in both languages. */
export const why: Record<Language, { reason: Sentences; next: Record<WhyReason | 'opens', string> }> = {
  'zh-TW': { reason: whyZh, next: nextZh },
  en: { reason: whyEn, next: nextEn },
}

/** A controller's answers as the screen says them. */
export const answerWords: Record<Answer, Bilingual> = {
  applied: { 'zh-TW': '已寫入', en: 'applied' },
  already: { 'zh-TW': '原已如此', en: 'was so already' },
  rejected: { 'zh-TW': '被拒絕', en: 'rejected' },
  full: { 'zh-TW': '已滿', en: 'full' },
  unconfirmed: { 'zh-TW': '未確認', en: 'unconfirmed' },
  unreachable: { 'zh-TW': '沒有回應', en: 'unreachable' },
  different: { 'zh-TW': '讀回不同', en: 'read back differently' },
  taken: { 'zh-TW': '號碼被占用', en: 'number taken' },
}
