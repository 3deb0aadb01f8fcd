import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { breakWith, copyProject, type ProjectCopy } from '../project-copy.ts'

/*
 * The sweep with the application's own checks off: a copy of this project whose server lets everybody in everywhere. The second
 * wall alone keeps all of it back; without it as well, people are told of and changed.
 */
let copy: ProjectCopy
const unguarded = (env: Record<string, string>) =>
  copy.test('gatehouse', {
    file: 'test/security/unguarded.test.ts',
    env: { DATABASE_URL_TEST: inject('databaseUrl'), ...env },
  })

beforeAll(async () => {
  copy = await copyProject()
  await breakWith(copy.folder, new URL('breaks/no-policies.patch', import.meta.url))
}, 60_000)
afterAll(() => copy.remove())

const titles = ['nobody is told of anybody whom they may not know', 'nor changes anything of anybody']

it('where every route lets everybody in, the second wall keeps people apart', {
  timeout: 900_000,
}, async () => {
  const { passed, failed } = await unguarded({})
  expect(failed).toEqual([])
  expect(passed).toEqual(titles)
})

it('and without the second wall nobody is kept apart', { timeout: 900_000 }, async () => {
  const { passed, failed } = await unguarded({ SECOND_WALL: 'down' })
  expect(passed).toEqual([])
  expect(failed).toEqual(titles)
})
