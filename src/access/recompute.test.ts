import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusTime, openCampus, type TestCampus } from '../../test/campus.ts'
import { activateCard } from '../activation/activate.ts'
import { beginDate } from '../app/boundaries.ts'
import { moveCampusTo } from '../app/clock.ts'
import { seededRandom } from '../controller/emulator/line.ts'
import { recordHealthCheckCards } from '../handover/record-held.ts'
import { reportLost } from '../loss/report-lost.ts'
import type { Act, Actor } from '../server/register.ts'
import { grantDoors } from './grant-door.ts'
import { recomputeAccess } from './recompute.ts'
import { bothWays, gate } from './trial.ts'

const system: Actor = { kind: 'system', id: 'test' }
const seed = Number(process.env.SEED ?? 20231018)

let campus: TestCampus
let people: { id: number }[]
/** New cards that lie ready for somebody, with the digits printed on them. */
let newCards: { personId: number; cardId: number; digits: string }[]
let doorIds: string[]

beforeAll(async () => {
  campus = await openCampus()
  people = await campus.owner.db.selectFrom('person').select('id').orderBy('id').execute()
  const cards = await campus.owner.db
    .selectFrom('card')
    .select(['id', 'made_for', 'printed_number'])
    .where('edition', '=', '4k-centenary')
    .where('made_for', 'is not', null)
    .where('id', 'not in', campus.owner.db.selectFrom('handover').select('card_id'))
    .orderBy('id')
    .execute()
  newCards = cards.map(card => ({
    personId: card.made_for!,
    cardId: card.id,
    digits: card.printed_number!.slice(-4),
  }))
  doorIds = (await campus.owner.db.selectFrom('door').select('id').orderBy('id').execute()).map(
    ({ id }) => id,
  )
})
afterAll(() => campus.close())

async function expectTheSame(): Promise<string[]> {
  const [kept, anew] = await bothWays(campus)
  expect(kept.filter(row => !anew.includes(row))).toEqual([])
  expect(anew.filter(row => !kept.includes(row))).toEqual([])
  return kept
}

const statuses = ['enrolled', 'enrolled', 'on-leave', 'graduated', 'withdrawn']

describe('what is wanted, kept act by act', () => {
  it('equals a full recomputation after the campus was set up', async () => {
    expect((await expectTheSame()).length).toBeGreaterThan(5_000)
  })

  it(`equals it after activations, losses, roster changes and grants in any order (seed ${seed})`, async () => {
    const random = seededRandom(seed)
    const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
    const handed: typeof newCards = []
    const done = new Map<string, number>()
    const { register } = campus.gatehouse
    const acts: Record<string, (act: Act) => Promise<unknown>> = {
      handOver: async act => {
        const card = newCards.shift()!
        const held = { ...card, edition: '4k-centenary', since: act.now.subtract({ hours: 1 }) }
        await recordHealthCheckCards(act, [held])
        handed.push(card)
      },
      activate: async act => {
        const card = handed.length > 0 ? one(handed) : null
        if (card) await activateCard(act, { personId: card.personId, lastDigits: card.digits })
      },
      loseOld: async act => {
        const card = await act.db
          .selectFrom('card_use')
          .selectAll()
          .where('person_id', '=', one(people).id)
          .executeTakeFirst()
        if (card) await reportLost(act, { personId: card.person_id, cardId: card.card_id })
      },
      loseNew: async act => {
        const card = handed.length > 0 ? one(handed) : null
        if (card) await reportLost(act, card)
      },
      changeRoster: async act => {
        const { id } = random() < 0.5 && handed.length > 0 ? { id: one(handed).personId } : one(people)
        await act.db
          .updateTable('person')
          .set({
            status: one(statuses),
            hall: one([null, 'hall-7']),
            department: one(['math', 'csie', 'chinese']),
          })
          .where('id', '=', id)
          .execute()
        await act.note({ act: 'person changed', personId: id })
      },
      grant: async act => {
        const card = handed.length > 0 ? one(handed) : null
        const owner = { 'zh-TW': '系辦', en: 'Department office' }
        if (card) await grantDoors(act, [{ ...card, doorId: one(doorIds), owner, grantedAt: act.now }])
      },
    }
    const weighted = [...Object.keys(acts), 'handOver', 'activate', 'activate', 'activate', 'changeRoster']
    let moment = Temporal.Instant.from('2023-10-11T01:30:00Z')
    for (let step = 0; step < 240; step += 1) {
      // From October to the very last evening of the old cards, and some days beyond it.
      const lastEvening = campusTime('2024-02-29 20:00')
      if (step === 160) moment = lastEvening
      else
        moment = moment.add({ minutes: 1 + Math.floor(random() * (step < 160 ? 600 : step < 200 ? 5 : 400)) })
      await campus.owner.transaction(trx => moveCampusTo(trx, moment))
      const kind = one(weighted)
      await register.act(system, act => acts[kind]!(act))
      done.set(kind, (done.get(kind) ?? 0) + 1)
      if (step === 150 || step === 199) await expectTheSame()
    }
    await beginDate(register, 'Asia/Taipei')
    await expectTheSame()
    expect([...done.keys()].toSorted()).toEqual(Object.keys(acts).toSorted())
    const atOnce = await campus.owner.db
      .selectFrom('wanted')
      .select(({ fn }) => [fn.countAll<number>().as('rows')])
      .where('at_once', '=', true)
      .where('urgent', '=', false)
      .executeTakeFirstOrThrow()
    expect(atOnce.rows, 'cards put at once on the last evening').toBeGreaterThan(0)
  })
})

describe('a card put at once', () => {
  it('also withdraws what was planned for it, so that the next window does not take it off again', async () => {
    const { register } = campus.gatehouse
    const { person_id: personId } = await campus.owner.db
      .selectFrom('card_use')
      .innerJoin('person', 'person.id', 'card_use.person_id')
      .select('person_id')
      .where('status', '=', 'enrolled')
      .where(({ eb, fn }) => eb(fn('upper_inf', ['during']), '=', true))
      .executeTakeFirstOrThrow()
    const become = (act: Act, status: string) =>
      act.db.updateTable('person').set({ status }).where('id', '=', personId).execute()
    await register.act(system, async act => {
      await become(act, 'on-leave')
      await recomputeAccess(act, [personId])
    })
    await register.act(system, async act => {
      await become(act, 'enrolled')
      await recomputeAccess(act, [personId], { putsAtOnce: true })
    })
    const rows = await expectTheSame()
    expect(rows.filter(row => row.includes(` person ${personId} `)).length).toBeGreaterThan(0)
  })
})

describe('two acts on one person at the same time', () => {
  it('the later one sees what the earlier one wrote: neither an old card nor a granted door is lost', async () => {
    const { register } = campus.gatehouse
    const card = newCards.shift()!
    await register.act(system, async act => {
      await act.db.updateTable('person').set({ status: 'enrolled' }).where('id', '=', card.personId).execute()
      await recordHealthCheckCards(act, [
        { ...card, edition: '4k-centenary', since: act.now.subtract({ hours: 1 }) },
      ])
    })
    const owner = { 'zh-TW': '系辦', en: 'Department office' }
    const granted = gate()
    const mayCommit = gate()
    const grant = register.act(system, async act => {
      await grantDoors(act, [{ ...card, doorId: doorIds.at(-1)!, owner, grantedAt: act.now }])
      granted.open()
      await mayCommit.opened
    })
    await granted.opened
    const activation = register.act(system, act =>
      activateCard(act, { personId: card.personId, lastDigits: card.digits }),
    )
    let activated = false
    const watched = activation.finally(() => {
      activated = true
    })
    try {
      // The activation now waits for the person.
      await campus.someoneWaits()
      expect(activated).toBe(false)
    } finally {
      mayCommit.open()
    }
    await Promise.all([grant, watched])
    const rows = await expectTheSame()
    expect(rows.filter(row => row.endsWith(` card ${card.cardId}`)).length).toBeGreaterThan(0)
  })
})
