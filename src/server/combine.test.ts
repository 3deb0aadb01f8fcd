import { expect, it } from 'vitest'
import { combine } from './combine.ts'

it('what is asked at about the same time is asked together, and each gets its own answer', async () => {
  const asked: number[][] = []
  const double = combine(async (numbers: readonly number[]) => {
    asked.push([...numbers])
    return numbers.map(number => 2 * number)
  })
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6])
  expect(asked).toEqual([[1, 2, 3]])
})

it('while one is under way others wait, and go with the next, so many at most', async () => {
  const asked: number[][] = []
  const free: (() => void)[] = []
  const slow = combine(
    async (numbers: readonly number[]) => {
      asked.push([...numbers])
      await new Promise<void>(resolve => free.push(resolve))
      return numbers
    },
    { most: 2 },
  )
  const first = slow(1)
  await expect.poll(() => asked.length).toBe(1)
  const others = Promise.all([2, 3, 4].map(slow))
  free.shift()!()
  expect(await first).toBe(1)
  await expect.poll(() => asked.length).toBe(2)
  free.shift()!()
  await expect.poll(() => asked.length).toBe(3)
  free.shift()!()
  expect(await others).toEqual([2, 3, 4])
  expect(asked).toEqual([[1], [2, 3], [4]])
})

it('a question that fails fails alone', async () => {
  const half = combine(async (numbers: readonly number[]) => {
    if (numbers.some(number => number % 2 === 1)) throw new Error('odd')
    return numbers.map(number => number / 2)
  })
  const answers = await Promise.allSettled([2, 3, 4].map(half))
  expect(answers.map(answer => (answer.status === 'fulfilled' ? answer.value : 'failed'))).toEqual([
    1,
    'failed',
    2,
  ])
})
