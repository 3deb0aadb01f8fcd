import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { gate } from '../access/trial.ts'
import { check, programmeText, publish } from '../programme/trial-publishing.ts'
import { type Actor, OthersAtWork } from '../server/register.ts'
import { beginDate } from './boundaries.ts'

/* How long acts let others wait. */
const system: Actor = { kind: 'system', id: 'test' }
let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2024-02-29T23:00' })
}, 60_000)
afterAll(() => campus.close())

/** Holds an act open while something is tried. */
async function besideAnAct<T>(attempt: () => Promise<T>): Promise<T> {
  const begun = gate()
  const over = gate()
  const working = campus.gatehouse.register.act(system, async () => {
    begun.open()
    await over.opened
  })
  await begun.opened
  try {
    return await attempt()
  } finally {
    over.open()
    await working
  }
}

describe('an act that must run by itself', () => {
  it('is given up while others are long at work, in words, and can be tried again', async () => {
    const source = (await programmeText('ntnu-2023')).replace('campus:', '# Looked at again.\ncampus:')
    const { body: checked } = await check(campus, source)
    const key = 'publish-1'
    const refused = await besideAnAct(() => publish(campus, source, checked, { key }))
    expect([refused.status, refused.body.refusal]).toEqual([503, 'others-at-work'])
    expect(refused.body.message).toContain('nothing was changed')
    const zh = await besideAnAct(() => publish(campus, source, checked, { language: 'zh-TW' }))
    expect(zh.body.message).toContain('請稍候再試')
    const again = await publish(campus, source, checked, { key })
    expect(again.body.refusal, 'the same key is looked at anew').not.toBe('others-at-work')
  })

  it('lets nobody wait behind it for longer than that: others begin as soon as it is given up', async () => {
    const { register } = campus.gatehouse
    await besideAnAct(async () => {
      const alone = register.alone(system, async () => 'done').catch((error: unknown) => error)
      await campus.someoneWaits()
      expect(await register.act(system, async () => 'done')).toBe('done')
      expect(await alone).toBeInstanceOf(OthersAtWork)
    })
    expect(await register.alone(system, async () => 'done')).toBe('done')
  })
})

describe('the day after the deadline', () => {
  it('takes the ended cards off in portions, each an act of its own, until none is left', async () => {
    await campus.moveTo('2024-03-01T00:10')
    await beginDate(campus.gatehouse.register, 'Asia/Taipei')
    const portions = async () =>
      (
        await campus.owner.pool.query<{ people: number }>(
          `select (facts->>'people')::int as people from journal where act = 'campus access ended by date' order by id`,
        )
      ).rows.map(row => row.people)
    const done = await portions()
    expect(done.length).toBeGreaterThan(1)
    expect(done.slice(0, -1).every(people => people === 500)).toBe(true)
    const left = await campus.owner.pool.query(`
      select from (select distinct on (controller_id, number) * from wanted
                   order by controller_id, number, carried_by desc) w
      join card_use u on u.card_id = w.card_id
      where upper(u.during) <= campus_now() and w.doors <> '{0,0,0,0}'`)
    expect(left.rowCount).toBe(0)
    await beginDate(campus.gatehouse.register, 'Asia/Taipei')
    expect(await portions(), 'a second time there is nothing to do').toEqual(done)
  })
})
