import type { ColumnTable } from '../roster/header.ts'

/** What a file of cards tells: cards made and put into boxes, which number is on which chip, or cards that students hold already. */
export const fileKinds = ['stock', 'numbers', 'old-cards', 'health-check'] as const
export type FileKind = (typeof fileKinds)[number]

/** What a file may tell of a card. */
export const cardFields = [
  'chip',
  'printedNumber',
  'edition',
  'studentNumber',
  'counter',
  'box',
  'carrierCode',
  'heldSince',
  'how',
  'item',
] as const
export type CardField = (typeof cardFields)[number]

const shared = {
  chip: {
    header: 'chip_number',
    required: true,
    alsoCalled: [
      '內碼',
      '晶片卡號',
      '晶片內碼',
      '卡片內碼',
      '晶片號碼',
      'chip number',
      'chip',
      'uid',
      'card uid',
    ],
  },
  printedNumber: {
    header: 'printed_number',
    required: true,
    alsoCalled: [
      '外觀卡號',
      '外碼',
      '卡面號碼',
      '卡號',
      'printed number',
      'printed card number',
      'card number',
    ],
  },
  edition: { header: 'edition', required: true, alsoCalled: ['版別', '卡片版別', '卡別', 'card edition'] },
  studentNumber: {
    header: 'student_number',
    required: true,
    alsoCalled: ['學號', '學生證號', 'student number', 'student id', 'student no'],
  },
} as const

const held = {
  heldSince: {
    header: 'held_since',
    required: true,
    alsoCalled: ['領取日期', '持有日期', '發卡日期', '領卡日期', 'held since', 'given on', 'issued on'],
  },
  how: { header: 'how', required: false, alsoCalled: ['取得方式', '領取方式', 'given how'] },
} as const

/** The columns of each kind of file: the header we write ourselves, and what makers and clerks call it. */
export const fileColumns: Readonly<Record<FileKind, ColumnTable<CardField>>> = {
  stock: columnsOf({
    ...shared,
    counter: {
      header: 'counter',
      required: true,
      alsoCalled: ['櫃檯', '領卡櫃檯', '領取櫃檯', '發放單位', 'pickup counter'],
    },
    box: { header: 'box', required: false, alsoCalled: ['卡盒', '盒號', '盒', 'card box'] },
    carrierCode: {
      header: 'carrier_code',
      required: false,
      alsoCalled: ['啟用碼', '襯紙啟用碼', 'activation code', 'carrier code'],
    },
  }),
  'old-cards': columnsOf({ ...shared, ...held }),
  'health-check': columnsOf({ ...shared, ...held }),
  numbers: columnsOf({
    chip: shared.chip,
    printedNumber: shared.printedNumber,
    studentNumber: { ...shared.studentNumber, required: false },
    item: {
      header: 'item',
      required: false,
      alsoCalled: ['項次', '製卡項次', '批次項次', 'batch item', 'item reference', 'order item'],
    },
  }),
}

/** A kind's own columns; those of another kind mean nothing in its files and are left aside. */
function columnsOf(own: Partial<ColumnTable<CardField>>): ColumnTable<CardField> {
  return own as ColumnTable<CardField>
}

/** A card as a file tells it. Dates are in the campus's calendar; the chip is hexadecimal. */
export interface FileCard {
  chip: string
  printedNumber: string | null
  edition: string
  /** Whose it is; null for a blank that is nobody's yet. */
  studentNumber: string | null
  counter: string | null
  box: string | null
  /** The code on the letter it comes with; never shown again. */
  carrierCode: string | null
  heldSince: string | null
  /** By which reference it was ordered from the card maker. */
  item: string | null
}
