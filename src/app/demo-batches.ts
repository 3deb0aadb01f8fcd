import { giveBatch } from '../batch/give-batch.ts'
import { takeBack } from '../batch/take-back.ts'
import { retireCard } from '../card/retire-card.ts'
import { cardByChip } from '../card/store.ts'
import { bringCardFile } from '../handover/apply-card-file.ts'
import { yes } from '../lib/decision.ts'
import { takeOutForMaker } from '../production/for-maker.ts'
import { orderCards } from '../production/order.ts'
import { putAtCounters } from '../production/put-at-counters.ts'
import { referenceOf } from '../production/rules.ts'
import { newestBatches } from '../production/store.ts'
import type { Act, Actor } from '../server/register.ts'
import { type Character, clerkAt, type Story, scrawl, waitingAt } from './demo-characters.ts'

const office: Actor = { kind: 'office', id: 'office' }

type Time = (local: string) => Temporal.Instant

/**
 * A class representative of Computer Science fetches six cards: three of their holders activate them, one card comes back, and
 * two are still out when a visitor comes.
 */
function classBatch(all: readonly Character[], time: Time): Story[] {
  const students = waitingAt(all, 'dept-csie')
  const [representative, cards] = [students[30]!, students.slice(52, 58)]
  const desk = clerkAt('dept-csie')
  return [
    {
      at: time('2023-10-17T15:20'),
      what: 'a class representative fetches six cards',
      actor: desk,
      enact: act =>
        giveBatch(act, {
          studentNumber: representative.number,
          checked: 'old-card',
          chips: cards.map(({ newChip }) => newChip),
          signature: { manner: 'drawn', picture: scrawl, language: 'zh-TW' },
        }),
    },
    {
      at: time('2023-10-18T09:50'),
      what: 'a class representative brings one card back',
      actor: desk,
      enact: act => takeBack(act, cards[5]!.newChip),
    },
  ]
}

/** The cards of some students are found misprinted in their box, one a minute. */
const foundMisprinted = (students: readonly Character[], from: Temporal.Instant): Story[] =>
  students.map(({ number, newChip }, at) => ({
    at: from.add({ minutes: at }),
    what: `the card of ${number} is retired`,
    actor: office,
    enact: async act => {
      const card = await cardByChip(act, Uint8Array.fromHex(newChip))
      return retireCard(act, { cardId: card!.cardId, reason: 'misprint' })
    },
  }))

/** The cards that came back, as the maker's file of numbers tells them; 9902 begins no printed number of any other card. */
const madeAnew = (batchId: number): Buffer =>
  Buffer.from(
    [
      'chip_number,printed_number,student_number,item',
      `0499A1B2C3D4E5,9902000000000017,,${referenceOf(batchId, 1)}`,
      `0499A1B2C3D4F6,9902000000000025,,${referenceOf(batchId, 2)}`,
    ].join('\n'),
  )

/**
 * Three cards of Mathematics are found misprinted and ordered again; two came back, the third is still at the maker's. Two that
 * were found later are left for a visitor to order.
 */
function productionBatch(all: readonly Character[], time: Time): Story[] {
  const students = waitingAt(all, 'dept-math')
  const ordered = students.slice(52, 55)
  const newest = async (act: Act) => (await newestBatches(act))[0]!.id
  return [
    ...foundMisprinted(ordered, time('2023-10-16T14:00')),
    {
      at: time('2023-10-16T14:10'),
      what: 'three cards are ordered again',
      actor: office,
      enact: act =>
        orderCards(act, {
          reasons: ['faulty'],
          department: 'math',
          kind: null,
          entryYear: null,
          seen: ordered.length,
          except: [],
          leaveOutWithoutPhoto: false,
          maker: '示例製卡廠 Sample Card Works',
        }),
    },
    {
      at: time('2023-10-16T14:15'),
      what: 'the list is taken out for the card maker',
      actor: office,
      enact: async act => {
        await takeOutForMaker(act, await newest(act))
        return yes({})
      },
    },
    {
      at: time('2023-10-18T09:30'),
      what: 'two cards come back',
      actor: office,
      enact: async act =>
        bringCardFile(act, {
          kind: 'numbers',
          format: 'be-hex',
          fileName: 'numbers.csv',
          file: madeAnew(await newest(act)),
        }),
    },
    {
      at: time('2023-10-18T09:40'),
      what: 'the cards that came back are put into a box',
      actor: office,
      enact: async act => putAtCounters(act, { batchId: await newest(act), counter: null, box: 'M-09' }),
    },
    ...foundMisprinted(students.slice(55, 57), time('2023-10-18T10:15')),
  ]
}

/** What befalls many at once before a visitor comes: a batch for a class representative, and one for the card maker. */
export const officeStories = (all: readonly Character[], time: Time): Story[] => [
  ...classBatch(all, time),
  ...productionBatch(all, time),
]
