import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus } from '../../test/faults/small-campus.ts'

let campus: SmallCampus
let engine: Engine
beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.1' })
  engine = await openEngine(campus.url)
})
afterAll(async () => {
  await engine.close()
  await campus.close()
})
it('loads', async () => {
  await campus.moveTo('2023-10-16 10:00')
  await engine.settle()
  console.log(
    engine.said,
    await campus.sql('select * from window_lane'),
    await campus.sql('select answer, count(*) from sent group by 1'),
  )
  for (const c of campus.controllers)
    expect([...(await campus.memory(c)).keys()].sort()).toEqual((await campus.wantedNumbers(c)).sort())
})
