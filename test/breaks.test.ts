import { readdir } from 'node:fs/promises'
import { expect, inject, it } from 'vitest'
import { breakWith, copyProject } from './project-copy.ts'

/*
 * The journey is only worth as much as it can fail. Each patch in test/breaks/ breaks one promise in the
 * production code of a copy of this project; the journey, run on that copy, must fail at the assertion named here.
 */
const breaks = [
  {
    patch: 'delete-before-put.patch',
    network: '127.62.11',
    fails: 'nobody ever had neither card on a controller',
  },
  {
    patch: 'cut-off-includes-the-stroke.patch',
    network: '127.62.12',
    fails: 'those of 15:00:00.000 and 15:20 still open with the old card',
  },
  {
    patch: 'cut-off-read-as-at-before-start.patch',
    network: '127.62.13',
    fails: 'the update waits for an activation that is still being written, and carries it',
  },
  {
    patch: 'deadline-a-day-late.patch',
    network: '127.62.14',
    fails: 'on 1 March no old card opens anything, although the server has been off since February',
  },
  {
    patch: 'foreign-cards-deleted.patch',
    network: '127.62.15',
    fails: 'the staff cards of the other system are as they were',
  },
  {
    patch: 'last-night-rule-off.patch',
    network: '127.62.16',
    fails: 'and nobody who activated on the last evening stands outside',
  },
] as const

it('every patch is listed, and every listed patch is there', async () => {
  const files = (await readdir(new URL('breaks/', import.meta.url))).filter(name => name.endsWith('.patch'))
  expect(files.toSorted()).toEqual(breaks.map(each => each.patch).toSorted())
})

it.concurrent.each(breaks)(
  'with $patch the journey fails where it should: $fails',
  { timeout: 300_000 },
  async ({ patch, network, fails }) => {
    const copy = await copyProject()
    try {
      await breakWith(copy.folder, new URL(`breaks/${patch}`, import.meta.url))
      const env = { JOURNEY_DOORS: network, DATABASE_URL_TEST: inject('databaseUrl') }
      const { passed, failed } = await copy.test('gatehouse', { file: 'test/journey.test.ts', env })
      expect(failed).toContain(fails)
      // It breaks one promise, not the whole journey: otherwise it would prove nothing.
      expect(passed.length).toBeGreaterThan(10)
    } finally {
      await copy.remove()
    }
  },
)
