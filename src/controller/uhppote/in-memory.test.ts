import { expect, it } from 'vitest'
import { SimulatedCampus, someCard } from './trial.ts'

async function run(seed: number) {
  const campus = new SimulatedCampus()
  const address = { serial: 410_000_001, host: '127.61.9.1', port: 60_000, capacity: 100 }
  const station = campus.board({ ...address, loss: 0.2, duplicate: 0.1 }, seed)
  const driver = await campus.openDriver()
  const answers: string[] = []
  for (let number = 1; number <= 30; number++) {
    const { answer, tries } = await campus.time.until(driver.put(address, someCard(number)))
    answers.push(`${answer} ${tries}`)
  }
  await driver.close()
  return { answers, tookMs: campus.time.nowMs, stored: station.board.cards.size }
}

it('driver and boards run without sockets and without real time, and a seed repeats everything', async () => {
  const first = await run(7)
  expect(first.stored).toBe(30)
  expect(first.answers.filter(answer => answer.startsWith('applied'))).toHaveLength(30)
  expect(first.answers.some(answer => !answer.endsWith(' 1'))).toBe(true)
  expect(first.tookMs).toBeGreaterThan(1_000)
  expect(await run(7)).toEqual(first)
  expect(await run(8)).not.toEqual(first)
})

it('a change leaves within five seconds, however long the driver has learned to wait for this controller', async () => {
  const campus = new SimulatedCampus()
  const address = { serial: 410_000_001, host: '127.61.9.1', port: 60_000, capacity: 100 }
  const station = campus.board(address)
  const driver = await campus.openDriver()
  for (const serviceMs of [200, 600, 1_500]) {
    station.trouble.serviceMs = serviceMs
    for (let times = 0; times < 20; times++) await campus.time.until(driver.count(address))
  }
  station.trouble.silent = true
  for (const change of [() => driver.put(address, someCard(1)), () => driver.remove(address, 1n)]) {
    campus.sent.length = 0
    const askedMs = campus.time.nowMs
    expect(await campus.time.until(change())).toMatchObject({ answer: 'unreachable' })
    expect(campus.sent.length).toBeGreaterThan(0)
    expect(Math.max(...campus.sent.map(({ atMs }) => atMs)) - askedMs).toBeLessThanOrEqual(5_000)
  }
  // What waits for its turn behind a question that nobody answers, and so for longer, does not leave at all.
  const question = driver.count(address)
  campus.sent.length = 0
  expect(await campus.time.until(driver.put(address, someCard(2)))).toMatchObject({ answer: 'unreachable' })
  await campus.time.until(question)
  expect(campus.sent.map(({ datagram }) => datagram[1])).not.toContain(0x50)
  await driver.close()
})
