import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { forgetHanded } from './forget.ts'

/* A folder of files for another access system, in which some were written long ago. */

let root: string
const [old, young] = [new Date('2023-09-01'), new Date('2023-10-20')]
const before = Temporal.Instant.from('2023-10-01T00:00:00Z')

async function put(path: string, day: Date): Promise<void> {
  const file = join(root, path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, 'number,name\n1,Sample\n')
  await utimes(file, day, day)
}

/** Every file that lies there, by its path. */
const lying = async (): Promise<string[]> =>
  (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted()

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-handed-'))
  await put('.own/1/handed/changes-1-000001.csv', old)
  await put('.own/1/handed/changes-1-000003.csv', young)
  await put('.own/1/state-000000000003.json', old)
  // Answered and left lying, answered and taken away, not answered yet, answered lately.
  await put('library/changes/changes-1-000001.csv', old)
  await put('library/results/changes-1-000001.csv', old)
  await put('library/results/changes-1-000000.csv', old)
  await put('library/changes/changes-1-000002.csv', old)
  await put('library/changes/changes-1-000003.csv', young)
  await put('library/results/changes-1-000003.csv', young)
  await symlink(join(root, 'library/changes/changes-1-000002.csv'), join(root, 'library/results/link.csv'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

it('removes what is old and answered, with our copies of it, and leaves what waits for its answer', async () => {
  expect(await forgetHanded(root, before)).toBe(4)
  expect(await lying()).toEqual([
    '.own/1/handed/changes-1-000003.csv',
    '.own/1/state-000000000003.json',
    'library/changes/changes-1-000002.csv',
    'library/changes/changes-1-000003.csv',
    'library/results/changes-1-000003.csv',
    'library/results/link.csv',
  ])
  expect(await forgetHanded(root, before)).toBe(0)
})

it('finds nothing to forget where no file was ever handed over', async () => {
  expect(await forgetHanded(join(root, 'nowhere'), before)).toBe(0)
})
