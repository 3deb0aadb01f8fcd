import { type Below, printedOnOldCard } from '../../../src/app/made-up.ts'
import { printChipNumber } from '../../../src/card/numbers.ts'
import { type DemoStudent, two } from './students.ts'

const counterOf = (one: DemoStudent): string => {
  const registrar = one.department.site === 'gongguan' ? 'gongguan-academic' : 'registry'
  const own = [
    'entered-before-2023',
    'in-service',
    'student-and-staff',
    'same-name',
    'rare-character',
    'not-registered',
  ]
  return own.includes(one.group) ? `dept-${one.department.id}` : registrar
}

const boxLetters: Readonly<Record<string, string>> = {
  'dept-csie': 'C',
  'dept-math': 'M',
  'dept-chinese': 'L',
  'dept-education': 'E',
  registry: 'R',
  'gongguan-academic': 'G',
}

/** The new cards in stock, the old cards that students hold, and the 4K cards that freshmen got; as rows of their files. */
export function makeCards(
  students: readonly DemoStudent[],
  newChip: (length: 4 | 7) => Uint8Array,
  below: Below,
): Record<'stock' | 'old' | 'freshmen', string[][]> {
  const inCounter = new Map<string, number>()
  let printed = 0
  // 9900 begins no real card; the digits after it are spread so that neighbours differ in more than their last one.
  const newPrinted = () =>
    `9900${String((printed++ * 618_033_988_751 + 104_729) % 1_000_000_000_000).padStart(12, '0')}`
  const stockRow = (number: string, counter: string) => {
    const at = inCounter.get(counter) ?? 0
    inCounter.set(counter, at + 1)
    // The maker's second batch came with seven-byte chips: two cards in five.
    const chip = newChip(below(5) < 2 ? 7 : 4)
    return [
      printChipNumber(chip),
      newPrinted(),
      '4k-centenary',
      number,
      counter,
      `${boxLetters[counter]}-${two(Math.floor(at / 50) + 1)}`,
    ]
  }
  const graduatesWithCard = students.filter(one => one.group === 'graduated').slice(0, 8)
  const due = students.filter(one => !['graduated', 'withdrawn', 'freshman-2023'].includes(one.group))
  const stock = [...due, ...graduatesWithCard].map(one => stockRow(one.number, counterOf(one)))
  for (let spare = 0; spare < 40; spare++)
    stock.push(stockRow('', spare % 2 === 0 ? 'registry' : 'gongguan-academic'))

  const holds = students.filter(one => !one.group.startsWith('freshman'))
  // Three lost their old card long ago: they can only prove who they are with the app.
  const without = new Set(
    students
      .filter(one => one.group === 'entered-before-2023')
      .slice(40, 43)
      .map(one => one.number),
  )
  const old = holds
    .filter(one => !without.has(one.number))
    .map(one => {
      const chip = newChip(4)
      const since = one.entryYear === 2023 ? '2023-09-04' : `${one.entryYear}-09-13`
      return [
        printChipNumber(chip),
        printedOnOldCard(chip),
        'easycard',
        one.number,
        since,
        'before-gatehouse',
      ]
    })
  const freshmen = students
    .filter(one => one.group === 'freshman-2023')
    .map(one => [
      printChipNumber(newChip(4)),
      newPrinted(),
      '4k-centenary',
      one.number,
      '2023-09-06',
      'health-check',
    ])
  return { stock, old, freshmen }
}
