import { endGrant, grantDoor } from '../../src/access/grant-door.ts'
import { activateCard } from '../../src/activation/activate.ts'
import { encode } from '../../src/card/formats.ts'
import { takeIntoStock } from '../../src/card/store.ts'
import { handOver } from '../../src/handover/hand-over.ts'
import { makeProof } from '../../src/handover/proof.ts'
import { no, yes } from '../../src/lib/decision.ts'
import { lendCard, returnCard } from '../../src/loan/lend.ts'
import { foundAgain, withdrawLoss } from '../../src/loss/found-again.ts'
import { pauseAccess, resumeAccess } from '../../src/loss/pause.ts'
import { reportLost } from '../../src/loss/report-lost.ts'
import { replacementProduced } from '../../src/reissue/found-again.ts'
import { labId, newCard, temporaryChip } from './campus.ts'
import {
  access,
  cardsOf,
  chipOfCard,
  csie,
  type Deed,
  digitsOf,
  doing,
  gongguan,
  office,
  registry,
  someCard,
  type Who,
} from './deed.ts'
import { hour } from './told-time.ts'
import type { World } from './world.ts'

const proofKey = Buffer.alloc(32, 9)
const temporary = encode(Uint8Array.fromHex(temporaryChip), 'le-dec-10')!

const proofOf = (world: World, who: Who): string =>
  makeProof(proofKey, {
    personId: who.id,
    now: Temporal.Instant.fromEpochMilliseconds(world.time.nowMs),
    lifetimeSeconds: 120,
  })

/** A desk hands over the card that was made for somebody: at the department, or where reissued ones lie. */
const collect: Deed = async (world, who, pick) => {
  const { rows } = await world.owner.pool.query<{ id: number }>(
    `select id from card c where made_for = $1 and retired_at is null and edition = '4k-centenary'
       and not exists (select from handover h where h.card_id = c.id) order by id desc limit 1`,
    [who.id],
  )
  const card = rows[0]
  if (!card) return 'nothing made'
  const chip = await chipOfCard(world, card.id)
  const desks = [csie, gongguan, registry]
  const answers: string[] = []
  // Who is sent elsewhere goes there.
  for (const [at] of desks.entries()) {
    const desk = desks[(at + pick) % desks.length]!
    answers.push(
      await doing(world, desk, act =>
        handOver(
          act,
          {
            studentNumber: who.studentNumber,
            chip,
            evidence: [
              { kind: 'app-proof', proof: proofOf(world, who) },
              { kind: 'document', evidence: 'id-document', documentKind: 'passport' },
            ],
            signature: { manner: 'witnessed', picture: '', language: 'en' },
          },
          proofKey,
        ),
      ),
    )
    if (answers.at(-1) !== 'wrong-counter') break
  }
  return answers.at(-1)!
}

const activate: Deed = async (world, who, pick) => {
  const card = cardsOf(world, who).findLast(each => each.edition === '4k-centenary')
  const lastDigits = card && pick % 8 !== 7 ? await digitsOf(world, card.id) : '0000'
  if (card) world.expected.activation(world.facts, { personId: who.id, cardId: card.id }, world.time.nowMs)
  return doing(world, who.actor, act => activateCard(act, { personId: who.id, lastDigits }))
}

const ofCard =
  (
    does: (
      card: { personId: number; cardId: number },
      world: World,
      pick: number,
    ) => Parameters<typeof doing>[2],
  ): Deed =>
  async (world, who, pick) => {
    const card = someCard(world, who, pick)
    if (card === null) return 'no card'
    const actor = pick % 5 === 4 ? registry : who.actor
    return doing(world, actor, does({ personId: who.id, cardId: card.id }, world, pick))
  }

const produced = async (act: Parameters<typeof replacementProduced>[0], cardId: number) =>
  replacementProduced(act, cardId)

/** The card maker's next card for somebody comes into the stock. */
const produce: Deed = async (world, who) => {
  const { rows } = await world.owner.pool.query<{ many: number }>('select count(*)::int as many from card')
  const card = newCard(rows[0]!.many + 200, {
    edition: '4k-centenary',
    madeFor: who.id,
    counter: 'gongguan-academic',
  })
  return doing(world, office, async act => {
    // Nothing is made but what is asked for.
    const [asked] = await act.statement(
      'asked_for',
      'select from reissue where person_id = $1 and ended_at is null and settled_at is not null and card_id is null',
      [who.id],
    )
    if (!asked) return no('not asked for')
    const taken = await takeIntoStock(act, [card])
    if (!taken.ok) throw new Error(taken.refusal)
    await act.note({ act: 'card taken into stock', cardId: taken.ids[0]!, personId: who.id })
    return yes({})
  })
}

const lend: Deed = (world, who, pick) =>
  doing(world, csie, act =>
    lendCard(
      act,
      {
        studentNumber: who.studentNumber,
        scan: temporary,
        readerFormat: 'le-dec-10',
        reason: 'forgotten',
        evidence: [{ kind: 'document', evidence: 'id-document', documentKind: 'passport' }],
        lastDay: act.now
          .toZonedDateTimeISO('Asia/Taipei')
          .toPlainDate()
          .add({ days: pick % 3 }),
      },
      proofKey,
    ),
  )

const giveBack: Deed = world =>
  doing(world, csie, act => returnCard(act, { scan: temporary, readerFormat: 'le-dec-10' }))

const grant: Deed = (world, who) =>
  doing(world, access, async act => {
    const owner = { 'zh-TW': '實驗室', en: 'the laboratory' }
    return (await grantDoor(act, { doorId: labId, studentNumber: who.studentNumber, owner })) ?? no('no-door')
  })

const ungrant: Deed = (world, who) =>
  doing(world, access, async act => {
    const [row] = await act.statement<{ id: number }>(
      'grant_of',
      `select g.id from individual_grant g join handover h on h.card_id = g.card_id
       where h.person_id = $1 and g.ended_at is null order by g.id limit 1`,
      [who.id],
    )
    const ended = row && (await endGrant(act, { grantId: row.id, doorId: labId }))
    return ended ? yes({ again: ended.again }) : no('no-grant')
  })

/** What happens to cards. */
export const cardDeeds = {
  collect,
  activate,
  pause: ofCard(card => act => pauseAccess(act, card)),
  resume: ofCard(card => act => resumeAccess(act, card)),
  lose: ofCard((card, world) => act => {
    world.expected.report(world.facts, { ...card, putOffTo: null }, world.time.nowMs)
    return reportLost(act, card)
  }),
  'lose later': ofCard((card, world, pick) => act => {
    const putOffTo = world.time.nowMs + (1 + (pick % 40)) * hour
    world.expected.report(world.facts, { ...card, putOffTo }, world.time.nowMs)
    return reportLost(act, { ...card, putOffTo: Temporal.Instant.fromEpochMilliseconds(putOffTo) })
  }),
  'take report back': ofCard(card => act => withdrawLoss(act, { ...card, replacementProduced: produced })),
  find: ofCard(card => act => foundAgain(act, { ...card, replacementProduced: produced })),
  produce,
  lend,
  'give back': giveBack,
  grant,
  'end grant': ungrant,
} satisfies Record<string, Deed>
