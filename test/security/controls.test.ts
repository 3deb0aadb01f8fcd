import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { breakWith, copyProject, type ProjectCopy } from '../project-copy.ts'

/*
 * Each patch in test/security/breaks has a route or a statement forget to ask whose it is. All of them at once are put into a copy
 * of this project, and what nobody may be given is asked for there: with the wall nothing comes, and without it all of it does.
 */

/** What each patch lets out where there is no second wall: a title of foreign-rows.test.ts. */
const breaks = {
  'batches-of-every-counter.patch': 'the batches of another counter',
  'confirmations-of-every-counter.patch': 'the questions of another counter',
  'doors-of-anybody.patch': 'the grants of another’s door',
  'my-card-of-anybody.patch': 'somebody else’s card',
  'my-messages-of-everybody.patch': 'somebody else’s messages',
  'my-photo-of-anybody.patch': 'somebody else’s photo',
  'timeline-for-anybody.patch': 'a person’s whole story',
}
const folder = new URL('breaks/', import.meta.url)

it('every patch is listed, and every listed patch is there', async () => {
  // Those of signing in, pushing and of every policy are of other tests: sign-in-controls.test.ts, unguarded-controls.test.ts.
  const files = (await readdir(folder)).filter(name => !/^(sign-in|token|push|no-policies)/u.test(name))
  expect(files.toSorted()).toEqual(Object.keys(breaks))
})

describe('with every first wall broken', () => {
  let copy: ProjectCopy
  const foreignRows = (env: Record<string, string>) =>
    copy.test('gatehouse', {
      file: 'test/security/foreign-rows.test.ts',
      env: { DATABASE_URL_TEST: inject('databaseUrl'), ...env },
    })

  beforeAll(async () => {
    copy = await copyProject()
    for (const patch of Object.keys(breaks)) await breakWith(copy.folder, new URL(patch, folder))
  }, 60_000)
  afterAll(() => copy.remove())

  it('nobody is given anything foreign', { timeout: 300_000 }, async () => {
    const { passed, failed } = await foreignRows({})
    expect(failed).toEqual([])
    expect(passed.toSorted()).toEqual(Object.values(breaks).toSorted())
  })

  it('and without the second wall everything of it comes', { timeout: 300_000 }, async () => {
    const { passed, failed } = await foreignRows({ SECOND_WALL: 'down' })
    expect(passed).toEqual([])
    expect(failed.toSorted()).toEqual(Object.values(breaks).toSorted())
  })
})
