import type { Bilingual } from '../lib/words.ts'

/** The students of the campus to try whom a visitor can be, with what each shows. All of them are fictional. */
export const triedStudents: readonly { number: string; what: Bilingual }[] = [
  {
    number: '41047001S',
    what: {
      'zh-TW': '110 學年度入學，持舊卡，系統實驗室門禁另開；新卡在系辦公室',
      en: 'Entered 2021, has an old card with a laboratory opened for it; new card at the department',
    },
  },
  {
    number: '41047002S',
    what: {
      'zh-TW': '同系同學，新卡為 7 位元組晶片',
      en: 'Of the same department; the new card has a 7-byte chip',
    },
  },
  {
    number: '41047007S',
    what: { 'zh-TW': '已領新卡，尚未啟用', en: 'Has collected the new card, not activated it yet' },
  },
  {
    number: '41047008S',
    what: { 'zh-TW': '新卡已啟用', en: 'Has activated the new card' },
  },
  {
    number: '41047009S',
    what: { 'zh-TW': '新卡已掛失', en: 'Has reported the new card lost' },
  },
  {
    number: '40820011L',
    what: { 'zh-TW': '舊卡早已遺失，等領新卡', en: 'Has no old card any more, waits for the new one' },
  },
  {
    number: '41200001E',
    what: {
      'zh-TW': '112 學年度新生，健檢後已領卡，尚未啟用',
      en: '2023 freshman, has the card from the health examination, not activated yet',
    },
  },
  {
    number: '41200037E',
    what: { 'zh-TW': '112 學年度新生，未參加健檢', en: '2023 freshman who missed the health examination' },
  },
  {
    number: '40900031E',
    what: { 'zh-TW': '休學中（校本部）', en: 'On leave of absence (main campus)' },
  },
  {
    number: '40940031S',
    what: { 'zh-TW': '休學中（公館校區）', en: 'On leave of absence (Gongguan campus)' },
  },
  {
    number: '41000034E',
    what: { 'zh-TW': '上學期休學，已復學', en: 'Was on leave in fall 2023, now back' },
  },
  { number: '41100035E', what: { 'zh-TW': '交換生', en: 'Exchange student' } },
  { number: '40700001E', what: { 'zh-TW': '已畢業', en: 'Has graduated' } },
  {
    number: '80900010E',
    what: { 'zh-TW': '博士生，同時是教職員', en: 'Doctoral student who also works for the university' },
  },
  {
    number: '01000001E',
    what: { 'zh-TW': '在職專班，學號以 0 開頭', en: 'In-service student whose number begins with 0' },
  },
]
