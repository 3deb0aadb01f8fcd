/** What the holder's page says of their photo. */
const zhTW = {
  title: '我的照片',
  counts: (at: string) => `櫃檯與卡片使用這張照片，${at} 收錄。`,
  waits: (at: string) => `您的照片已於 ${at} 送出，正等卡務承辦查看。`,
  declined: '上次送出的照片沒有採用',
  formerCounts: '目前仍使用先前的照片。您可以再送一張。',
  another: '請再送一張。',
  notTaken: '照片沒有收下',
  none: '沒有您的照片',
  noneNext: '照片由卡務承辦提供。有疑問請洽詢櫃檯。',
  alt: '您的照片',
  send: '送出照片',
  upright: ({
    minWidth,
    minHeight,
    wide,
    high,
  }: {
    minWidth: number
    minHeight: number
    wide: number
    high: number
  }) => `直式，寬 ${wide} 比高 ${high}，至少 ${minWidth}×${minHeight} 像素。`,
  face: '只有您一個人，正面、看得到整張臉；宗教或醫療用頭巾可以。',
  wall: '在淺色牆面前、光線均勻，六個月內拍攝。',
  file: '照片檔案',
  fileHint: 'JPEG、PNG 或 WebP，8 MB 以內。拍攝地點等隱藏資料不會保存。',
  submit: '送出照片',
  back: '回到我的學生證',
}

const en: typeof zhTW = {
  title: 'My photo',
  counts: at => `This photo is used at the desk and on cards. It was taken in at ${at}.`,
  waits: at => `Your photo was sent at ${at}. The card office will look at it.`,
  declined: 'The photo you sent was not accepted',
  formerCounts: 'The earlier photo is used until then. You can send another one.',
  another: 'Please send another one.',
  notTaken: 'The photo was not taken in',
  none: 'There is no photo of you',
  noneNext: 'Photos come from the card office. Ask at a desk if you have a question.',
  alt: 'Your photo',
  send: 'Send a photo',
  upright: ({ minWidth, minHeight, wide, high }) =>
    `Upright, ${wide} wide to ${high} high, at least ${minWidth}×${minHeight} pixels.`,
  face: 'You alone, from the front, with the whole face seen; a head cover for religious or medical reasons is fine.',
  wall: 'Before a light wall, evenly lit, taken within the last six months.',
  file: 'The photo’s file',
  fileHint: 'JPEG, PNG or WebP, 8 MB at most. What is hidden in it, such as the place, is not kept.',
  submit: 'Send the photo',
  back: 'Back to My card',
}

export const pageWords = { 'zh-TW': zhTW, en }
