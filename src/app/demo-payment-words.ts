const zhTW = {
  title: '付款（體驗）',
  about: '這裡代替付款服務的網頁。不會收任何錢，也不要輸入卡號。',
  tooOld: '這個付款頁面已過期。請回「補換發」重新按「線上繳費」。',
  back: '回「補換發」',
  pay: (amount: string) => `支付 ${amount}`,
  cancel: '取消',
}
const en: typeof zhTW = {
  title: 'Payment (to try)',
  about: 'This stands for a payment service’s page. No money is taken; enter no card number.',
  tooOld: 'This payment page is too old. Go back to "Reissue" and press "Pay online" again.',
  back: 'Back to "Reissue"',
  pay: amount => `Pay ${amount}`,
  cancel: 'Cancel',
}

/** What the payment page to try says, in both languages. */
export const words = { 'zh-TW': zhTW, en }
