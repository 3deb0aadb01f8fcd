import type { Facts } from '../lib/decision.ts'
import type { DecisionRefusal, DisputeRefusal, WaiverRefusal } from './office-rules.ts'
import type { CallbackRefusal } from './pay-online.ts'
import type { PaymentRefusal, ReceiptRefusal } from './payment-rules.ts'
import type { AssignmentRefusal, HandBackRefusal } from './receipt-rules.ts'
import type { AloneRefusal, RepaymentRefusal } from './repayment-rules.ts'
import type { ApplicationRefusal, FoundRefusal, WithdrawalRefusal } from './rules.ts'

/** Everything that this room refuses, to holders, staff, kiosks and payment providers. */
export type ReissueRefusal =
  | ApplicationRefusal
  | WithdrawalRefusal
  | FoundRefusal
  | PaymentRefusal
  | ReceiptRefusal
  | WaiverRefusal
  | DisputeRefusal
  | DecisionRefusal
  | CallbackRefusal
  | AssignmentRefusal
  | HandBackRefusal
  | AloneRefusal
  | RepaymentRefusal
  | 'receipt-told-otherwise'
  | 'not-at-this-counter'
  | 'nothing-owed-back'
  | 'unknown-person'

type Sentences = Record<ReissueRefusal, (facts: Facts) => string>

const waysZh: Record<string, string> = { online: '線上', kiosk: 'e 卡服務站', counter: '櫃檯' }
const waysEn: Record<string, string> = {
  online: 'online',
  kiosk: 'at an e-card kiosk',
  counter: 'at a counter',
}
const named = (ways: unknown, names: Record<string, string>, or: string) =>
  typeof ways === 'string'
    ? ways
        .split(' ')
        .flatMap(way => names[way] ?? [])
        .join(or)
    : ''

const zhTW = {
  refusal: {
    'not-your-card': () => '這張卡不在您的名下，因此沒有申請。請確認卡號，或到櫃檯由承辦人員協助。',
    graduated: () => '您已畢業，不能申請補換發；補換發限在學學生。',
    withdrawn: () => '您已離校，不能申請補換發；補換發限在學學生。',
    'not-registered': () => '您本學期尚未完成註冊。完成註冊後即可申請補換發。',
    'on-leave': () => '您目前休學，不能申請補換發。復學後即可申請；急需時請洽註冊組。',
    'reissue-open': () => '您已有一件補換發申請尚未結束。請先完成，或取消後再申請。',
    'newer-card': () => '這張卡已有較新的卡取代。請用最新的卡申請。',
    'nothing-issued-now': () => '目前沒有發行中的卡片，因此不能申請。請洽註冊組。',
    'collect-free-new-card': () =>
      '您還有一張免費的新卡可領，不需申請補換發，也不需繳費。請到「我的學生證」看領取地點與時間。',
    'report-lost-first': () => '這張卡還沒有掛失。請先掛失，再申請遺失補發。',
    'reported-lost': () => '這張卡已掛失。請選擇「遺失」申請補發。',
    'photo-first': () =>
      '卡片會印上檔案照片。要換照片，請先到校務行政系統更新，確認已更新後再申請；照片正確時請勾選確認。',
    'no-fee-recorded': () => '系統沒有這一天的工本費金額，因此沒有申請，也沒有收費。請洽註冊組。',
    'no-open-reissue': () => '目前沒有進行中的補換發申請。',
    'settled-already': () => '工本費已繳納或免除，不能自行取消。如有需要請洽註冊組。',
    'not-for-loss': () => '這件申請不是因為遺失，沒有找回的問題。',
    'never-restored': () => '依規定，掛失的卡片不能恢復使用。請等新卡製好後領取。',
    'produced-already': () => '新卡已經製好，找回的卡片不能再恢復使用。請領取新卡。',
    'nothing-due': () => '工本費已繳清，不需再繳。',
    'another-way': ({ ways }) => `您的身分不用這種方式繳費。請改用：${named(ways, waysZh, '、')}。`,
    'online-not-offered': () => '目前沒有線上繳費。請到 e 卡服務站或櫃檯繳費。',
    'not-a-receipt-number': () => '這不是收據號碼。請輸入收據上「申請編號」的英文字母與數字，6 到 32 個字。',
    'too-many-receipts': ({ most }) =>
      `24 小時內最多輸入 ${most} 次收據號碼。請過 24 小時再試，或帶收據洽註冊組。`,
    'receipt-of-somebody-else': () =>
      '這張收據上的學號不是您的，因此沒有用它繳費。請檢查號碼，或帶收據洽註冊組。',
    'receipt-used': () => '這張收據已經用過，不能再繳一次。請檢查號碼。',
    'receipt-of-another-amount': () =>
      '這張收據的金額與應繳工本費不同，因此沒有用它繳費。請帶收據洽註冊組，款項不會遺失。',
    'nothing-to-waive': () => '這件申請沒有需要免除的工本費。',
    'reason-missing': () => '請寫下理由。',
    'fee-not-disputed': () => '這種補換發的工本費不受理申訴。有疑問請洽註冊組。',
    'decided-already': () => '已經決定過了，不能再改。',
    'not-disputed': () => '沒有人對這件申請的工本費提出意見。',
    'disputed-by-yourself': () => '這個意見是您提出的，須由另一位承辦人員決定。',
    forged: () => '簽章不符，因此不採信，也沒有任何變更。',
    'too-old': () => '簽章的時間離現在太遠，因此不採信。請以現在的時間重新簽章。',
    'unknown-payment': () => '沒有這一筆付款，因此沒有入帳。',
    'other-currency': () => '幣別與要求的付款不同，因此沒有入帳；承辦人員會處理。',
    'other-amount': () => '金額與要求的付款不同。款項已入帳為應退還，沒有用來繳費。',
    'receipt-told-otherwise': () => '這個收據號碼先前傳來的內容不同，以先前的為準。',
    'not-at-this-counter': () => '這個櫃檯不收補換發的工本費。請到補換發的領取櫃檯繳費。',
    'nothing-owed-back': () => '這件申請沒有應退還的款項。',
    'unknown-receipt': () => '服務站沒有傳來這個號碼的收據，因此沒有變更。請核對收據上的號碼。',
    'receipt-paid-back': () => '這張收據的款項已經退還，因此沒有變更。請勿再退一次。',
    'receipt-pays-application': () =>
      '這張收據已經繳了一件申請的工本費，因此沒有變更。要退還時，請免除那件申請的工本費。',
    'not-what-is-due': ({ paid, due }) =>
      `收據金額 ${paid}，應繳 ${due}，金額不符，因此沒有用它繳費。請退還這筆款項，並請申請人另行繳費。`,
    'own-money': () => '這筆款項是您自己的，須由另一位承辦人員處理，因此沒有變更。',
    'second-person-asked': () => '這筆款項正在等候第二人確認，因此沒有變更。請等待答覆；提出的人可以收回。',
    'second-person-pays-back': ({ already, most }) =>
      `一人一天最多自行退還同一人 ${most}，您今天已退還 ${already}，因此沒有變更。請先不要付款，改請第二人確認。`,
    'second-person-pays-back-today': ({ already, most }) =>
      `一人一天合計最多自行退還 ${most}，您今天已退還 ${already}，因此沒有變更。請先不要付款，改請第二人確認。`,
    'no-second-person-needed': () => '這筆金額可以由您直接退還，不需第二人確認。請改用「記錄退還」。',
    'no-repayment-waits': () => '這筆退還已經不在等候：已有人答覆、收回，或已逾期。請重新整理清單。',
    'asked-by-yourself': () => '這筆退還是您提出的，須由另一人確認；換身分或換電腦登入也一樣。',
    'asked-by-another': () => '這筆退還不是您提出的，只有提出的人可以收回。您可以不同意，並附理由。',
    'repayment-lapsed': () => '這筆退還的等候期限已過，沒有付款。請提出的人重新請求。',
    'another-amount-owed': ({ asked, owed }) =>
      `提出時是 ${asked}，現在可退還的是 ${owed}，因此沒有退還。請不同意，或請提出的人收回後重新請求。`,
    'unknown-person': () => '查無此學號。',
  } satisfies Sentences,
}

const en: typeof zhTW = {
  refusal: {
    'not-your-card': () =>
      'This card is not yours, so nothing was applied for. Check the number, or ask at a counter for help.',
    graduated: () => 'You have graduated. Cards are issued anew to current students only.',
    withdrawn: () => 'You have left the university. Cards are issued anew to current students only.',
    'not-registered': () => 'You have not registered for this semester. Once you have, you can apply.',
    'on-leave': () =>
      'You are on leave, so no card is issued anew now. You can apply when you are back; if it is urgent, ask the Registration Division.',
    'reissue-open': () =>
      'You have an application that is not finished. Finish it, or take it back and apply again.',
    'newer-card': () => 'A newer card has taken the place of this one. Apply for your newest card.',
    'nothing-issued-now': () =>
      'No card is being issued at present, so you cannot apply. Ask the Registration Division.',
    'collect-free-new-card': () =>
      'A free new card is due to you, so you need no reissue and pay nothing. "My card" shows where and when to collect it.',
    'report-lost-first': () => 'This card is not reported lost. Report it lost first, then apply.',
    'reported-lost': () => 'This card is reported lost. Choose "lost" as the reason.',
    'photo-first': () =>
      'The photo on record is printed on the card. If you want another one, change it first, see that it is updated, and then apply. If the photo is right, tick the box.',
    'no-fee-recorded': () =>
      'No fee is recorded for today, so nothing was applied for and nothing is charged. Ask the Registration Division.',
    'no-open-reissue': () => 'There is no reissue under way.',
    'settled-already': () =>
      'The fee is paid or waived, so you cannot take the application back yourself. Ask the Registration Division.',
    'not-for-loss': () => 'This card was not replaced because of a loss, so there is nothing to be found.',
    'never-restored': () =>
      'A card that was reported lost does not come back into use here. Collect the new card when it is made.',
    'produced-already': () =>
      'The new card is made already, so the one that was found does not come back into use. Collect the new card.',
    'nothing-due': () => 'The fee is settled; there is nothing more to pay.',
    'another-way': ({ ways }) => `You do not pay in this way. Pay ${named(ways, waysEn, ' or ')}.`,
    'online-not-offered': () => 'Paying online is not offered at present. Pay at a kiosk or a counter.',
    'not-a-receipt-number': () =>
      'This is no receipt number. Type the letters and digits of the application number on the receipt, 6 to 32 of them.',
    'too-many-receipts': ({ most }) =>
      `A receipt number can be typed ${most} times in 24 hours. Try again after 24 hours, or take the receipt to the Registration Division.`,
    'receipt-of-somebody-else': () =>
      'The student number on this receipt is not yours, so it was not used. Check the number, or take the receipt to the Registration Division.',
    'receipt-used': () => 'This receipt has been used already and does not pay twice. Check the number.',
    'receipt-of-another-amount': () =>
      'The amount on this receipt is not the fee that is due, so it was not used. Take it to the Registration Division; the money is not lost.',
    'nothing-to-waive': () => 'There is no fee of this application to let go.',
    'reason-missing': () => 'Please write down the reason.',
    'fee-not-disputed': () =>
      'The fee for this kind of reissue cannot be disputed here. With questions, ask the Registration Division.',
    'decided-already': () => 'This is decided already and stays so.',
    'not-disputed': () => 'Nobody has disputed the fee of this application.',
    'disputed-by-yourself': () => 'You put this forward yourself; somebody else of the office decides it.',
    forged: () => 'The seal is wrong, so it was not believed and nothing was changed.',
    'too-old': () =>
      'The seal’s time is too far from now, so it was not believed. Seal it again with the present time.',
    'unknown-payment': () => 'There is no such payment, so nothing was booked.',
    'other-currency': () =>
      'The currency is not that of the payment asked for, so nothing was booked; the office takes care of it.',
    'other-amount': () =>
      'The amount is not that of the payment asked for. It is booked as owed back and pays nothing.',
    'receipt-told-otherwise': () => 'This receipt was told otherwise before; the first word stands.',
    'not-at-this-counter': () =>
      'This counter takes no reissue fees. Pay where reissued cards are collected.',
    'nothing-owed-back': () => 'Nothing of this application is owed back.',
    'unknown-receipt': () =>
      'No kiosk has told of a receipt with this number, so nothing was changed. Check the number on the receipt.',
    'receipt-paid-back': () =>
      'This receipt has been paid back already, so nothing was changed. Do not hand the money out again.',
    'receipt-pays-application': () =>
      'This receipt has paid the fee of an application already, so nothing was changed. To give it back, let the fee of that application go.',
    'not-what-is-due': ({ paid, due }) =>
      `The receipt is for ${paid} and ${due} is due, so it was not used. Pay it back, and ask the applicant to pay what is due.`,
    'own-money': () =>
      'This money is your own; somebody else of the staff takes care of it. Nothing was changed.',
    'second-person-asked': () =>
      'A second person has been asked about this money, so nothing was changed. Wait for the answer; who asked can take it back.',
    'second-person-pays-back': ({ already, most }) =>
      `One person alone pays back up to ${most} to the same person on a day, and you have paid back ${already} today, so nothing was changed. Do not hand the money out yet; ask a second person.`,
    'second-person-pays-back-today': ({ already, most }) =>
      `One person alone pays back up to ${most} on a day in all, and you have paid back ${already} today, so nothing was changed. Do not hand the money out yet; ask a second person.`,
    'no-second-person-needed': () =>
      'You may pay this back yourself; no second person is needed. Record the repayment instead.',
    'no-repayment-waits': () =>
      'This repayment waits no more: it was answered, taken back, or its time is over. Load the list again.',
    'asked-by-yourself': () =>
      'You asked for this repayment yourself; somebody else answers it, whatever role or computer you use.',
    'asked-by-another': () =>
      'Somebody else asked for this repayment, and only they take it back. You can decline it, with a reason.',
    'repayment-lapsed': () => 'The time for an answer is over, and nothing was paid. Have it asked for anew.',
    'another-amount-owed': ({ asked, owed }) =>
      `It was asked for ${asked}, and ${owed} can be paid back now, so nothing was paid. Decline it, or have it taken back and asked for anew.`,
    'unknown-person': () => 'Nobody has this student number.',
  },
}

/** What the room of reissues refuses, in both languages. */
export const words = { 'zh-TW': zhTW, en }
