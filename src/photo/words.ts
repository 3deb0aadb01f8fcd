import type { Facts } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { AnswerRefusal, DeclineReason, PhotoRefusal, PhotoWarning, PictureRefusal } from './rules.ts'

/** Everything that is refused about photos. */
export type AnyPhotoRefusal =
  | PictureRefusal
  | PhotoRefusal
  | AnswerRefusal
  | 'unknown-person'
  | 'file-name-no-number'

interface PhotoWords {
  refusal: Record<AnyPhotoRefusal, (facts: Facts) => string>
  warning: Record<PhotoWarning, string>
  /** Why the office did not accept a photo, as the office chooses it and as the holder reads it. */
  declined: Record<DeclineReason, { choose: string; told: string }>
}

const size = (bytes: unknown): string => `${Math.round(Number(bytes) / 1024 / 1024)} MB`
const millions = (pixels: unknown): number => Math.round(Number(pixels) / 1_000_000)

const zhTW: PhotoWords = {
  refusal: {
    'file-missing': () => '沒有收到照片。請選擇一個檔案再送出。',
    'file-too-large': ({ most }) => `檔案超過 ${size(most)}。請改用較小的照片。`,
    'picture-format': () =>
      '這個檔案不是 JPEG、PNG 或 WebP 照片。請用手機相機拍攝，或將檔案另存為 JPEG 再送出。',
    'picture-too-many-pixels': ({ most }) =>
      `照片的像素太多（上限 ${millions(most)} 百萬像素）。請縮小後再送出。`,
    'picture-damaged': () => '這張照片損壞，無法讀取。請重新拍攝或另存一次再送出。',
    'too-many-pictures': () => '目前有太多照片正在處理，這張沒有收下。請過一分鐘再送出。',
    'photos-not-kept': () => '這個作業不保存照片，因此沒有收下。',
    'holders-may-not-send': () => '照片由卡務承辦提供，不能自行上傳。照片不對時請洽詢承辦人員。',
    'sent-too-often': ({ most }) => `24 小時內已經送出 ${most} 張照片。請過 24 小時再試，或洽詢承辦人員。`,
    'tried-too-often': ({ most }) =>
      `24 小時內已經試過 ${most} 次，這張照片沒有讀取。請過 24 小時再試，或洽詢承辦人員。`,
    'picture-too-small': ({ width, height, minWidth, minHeight }) =>
      `照片太小：${width}×${height} 像素，至少需要 ${minWidth}×${minHeight}。請用較高的畫質拍攝，不要放大舊照片。`,
    'picture-shape': ({ width, height, wide, high }) =>
      `照片的長寬比例不合：${width}×${height} 像素，需要寬 ${wide} 比高 ${high}。請裁切成頭部與肩膀的直式照片。`,
    'photo-of-another': ({ studentNumber }) =>
      studentNumber === null
        ? '這張照片已經是另一個人的照片。請確認選對檔案。'
        : `這張照片已經是 ${studentNumber} 的照片。請確認檔案與學號相符。`,
    'no-such-photo': () => '找不到這張照片；持卡人可能已經送出另一張。請重新整理清單。',
    'photo-answered': () => '這張照片已經由同仁處理。請重新整理清單。',
    'unknown-person': ({ studentNumber }) => `名冊裡沒有學號 ${studentNumber}。請檢查檔名。`,
    'file-name-no-number': ({ fileName }) => `檔名「${fileName}」不是學號。請以學號命名（學號.jpg）。`,
  },
  warning: {
    dark: '偏暗',
    bright: '過亮',
    flat: '對比不足',
    blurred: '可能模糊',
  },
  declined: {
    'not-the-person': { choose: '不是本人', told: '照片上看起來不是您本人。' },
    'face-hidden': {
      choose: '臉部被遮住',
      told: '臉部被帽子、口罩、頭髮或墨鏡遮住；宗教或醫療用頭巾可以，但須看得到整張臉。',
    },
    'several-people': { choose: '不只一個人', told: '照片上不只一個人。' },
    'not-recent': { choose: '不是近照', told: '照片不是近照，與本人現在的樣子不同。' },
    background: { choose: '背景不合', told: '背景太雜或太暗；請在淺色牆面前拍攝。' },
    poor: { choose: '畫質不佳', told: '照片太暗、太亮或模糊，印在卡片上認不出來。' },
  },
}

const en: PhotoWords = {
  refusal: {
    'file-missing': () => 'No photo arrived. Choose a file and send it again.',
    'file-too-large': ({ most }) => `The file is larger than ${size(most)}. Please use a smaller photo.`,
    'picture-format': () =>
      'This file is no JPEG, PNG or WebP photo. Take it with a phone’s camera, or save it as JPEG, and send it again.',
    'picture-too-many-pixels': ({ most }) =>
      `The photo has too many pixels (${millions(most)} million at most). Make it smaller and send it again.`,
    'picture-damaged': () =>
      'This photo is damaged and cannot be read. Take it or save it once more and send it again.',
    'too-many-pictures': () =>
      'Too many photos are being read just now, so this one was not taken in. Send it again in a minute.',
    'photos-not-kept': () => 'This programme keeps no photos, so it was not taken in.',
    'holders-may-not-send': () =>
      'Photos come from the card office and cannot be sent here. If yours is wrong, ask the office.',
    'sent-too-often': ({ most }) =>
      `You have sent ${most} photos in 24 hours. Try again after 24 hours, or ask the card office.`,
    'tried-too-often': ({ most }) =>
      `You have tried ${most} times in 24 hours, so this photo was not read. Try again after 24 hours, or ask the card office.`,
    'picture-too-small': ({ width, height, minWidth, minHeight }) =>
      `The photo is too small: ${width}×${height} pixels, at least ${minWidth}×${minHeight} are needed. Take it in better quality; do not enlarge an old one.`,
    'picture-shape': ({ width, height, wide, high }) =>
      `The photo has other proportions: ${width}×${height} pixels; it should be ${wide} wide to ${high} high. Crop it upright to head and shoulders.`,
    'photo-of-another': ({ studentNumber }) =>
      studentNumber === null
        ? 'This is the photo of somebody else already. Check that you chose the right file.'
        : `This is the photo of ${studentNumber} already. Check that file and student number belong together.`,
    'no-such-photo': () =>
      'There is no such photo; the holder may have sent another one. Load the list again.',
    'photo-answered': () => 'A colleague has answered this photo already. Load the list again.',
    'unknown-person': ({ studentNumber }) =>
      `Nobody in the roster has the student number ${studentNumber}. Check the file’s name.`,
    'file-name-no-number': ({ fileName }) =>
      `The file name “${fileName}” is no student number. Name it by one, and nothing else, before its .jpg.`,
  },
  warning: {
    dark: 'rather dark',
    bright: 'very bright',
    flat: 'little contrast',
    blurred: 'perhaps blurred',
  },
  declined: {
    'not-the-person': { choose: 'Somebody else', told: 'It does not seem to show you.' },
    'face-hidden': {
      choose: 'Face covered',
      told: 'The face is covered by a hat, a mask, hair or dark glasses. A head cover for religious or medical reasons is fine, as long as the whole face is seen.',
    },
    'several-people': { choose: 'Several people', told: 'It shows more than one person.' },
    'not-recent': { choose: 'Not recent', told: 'It is not recent: you look different now.' },
    background: { choose: 'Background', told: 'The background is busy or dark; stand before a light wall.' },
    poor: {
      choose: 'Poor quality',
      told: 'It is too dark, too bright or blurred to be recognised on a card.',
    },
  },
}

/** What is said of photos. */
export const words: Record<Language, PhotoWords> = { 'zh-TW': zhTW, en }
