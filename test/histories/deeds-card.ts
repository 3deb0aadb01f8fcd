import { endGrant, grantDoor } from '../../src/access/grant-door.ts'
import { activateCard } from '../../src/activation/activate.ts'
import { encode } from '../../src/card/formats.ts'
import { no, yes } from '../../src/lib/decision.ts'
import { lendCard, returnCard } from '../../src/loan/lend.ts'
import { foundAgain, withdrawLoss } from '../../src/loss/found-again.ts'
import { pauseAccess, resumeAccess } from '../../src/loss/pause.ts'
import { reportLost } from '../../src/loss/report-lost.ts'
import { replacementProduced } from '../../src/reissue/found-again.ts'
import { labId, temporaryChip } from './campus.ts'
import { access, cardsOf, csie, type Deed, digitsOf, doing, registry, someCard } from './deed.ts'
import { proofKeys } from './deeds-counter.ts'
import { hour } from './told-time.ts'
import type { World } from './world.ts'

const temporary = encode(Uint8Array.fromHex(temporaryChip), 'le-dec-10')!

const activate: Deed = async (world, who, pick) => {
  const card = cardsOf(world, who).findLast(each => each.edition === '4k-centenary')
  const lastDigits = card && pick % 8 !== 7 ? await digitsOf(world, card.id) : '0000'
  // Nobody activates two cards at one moment: the clock has gone on by then.
  if (world.facts.activations.some(({ personId, at }) => personId === who.id && at === world.time.nowMs))
    await world.time.moveTo(world.time.nowMs + 1)
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
      proofKeys,
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

/** Somebody activates the new card, and before the doors have changed to it loses the old one. */
const activateAndLoseOld: Deed = async (world, who, pick) => {
  const activated = await activate(world, who, pick)
  if (activated !== 'ok') return activated
  await world.see()
  const old = cardsOf(world, who).find(({ edition }) => edition === 'easycard')
  if (!old) return 'ok, no old card'
  const card = { personId: who.id, cardId: old.id }
  world.expected.report(world.facts, { ...card, putOffTo: null }, world.time.nowMs)
  return `ok, lost: ${await doing(world, who.actor, act => reportLost(act, card))}`
}

/** What happens to cards. */
export const cardDeeds = {
  activate,
  'activate and lose the old': activateAndLoseOld,
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
  lend,
  'give back': giveBack,
  grant,
  'end grant': ungrant,
} satisfies Record<string, Deed>
