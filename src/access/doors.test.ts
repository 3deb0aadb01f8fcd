import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse as parseYaml, stringify } from 'yaml'
import { openCampus, projectFolder, type TestCampus } from '../../test/campus.ts'
import type { Act } from '../server/register.ts'
import { doorsDocument, readDoors, recordDoors } from './doors.ts'
import type { Doors } from './shape.ts'
import { call } from './trial.ts'

let campus: TestCampus
let file: Doors
beforeAll(async () => {
  campus = await openCampus()
  file = readDoors(parseYaml(await readFile(join(projectFolder, 'examples/campus/doors.yaml'), 'utf8')))
}, 60_000)
afterAll(() => campus.close())

/** The file with something else in it. */
const edited = (edit: (doors: Doors) => void): Doors => {
  const copy = structuredClone(file)
  edit(copy)
  return copy
}

/** As if no door had ever been recorded. */
async function forgetDoors(act: Act): Promise<void> {
  const tables = [
    'access_group_door',
    'access_group',
    'wanted',
    'individual_grant',
    'door',
    'controller',
  ] as const
  for (const table of tables) await act.db.deleteFrom(table).execute()
}

describe('a doors file', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['nothing', () => null, /^doors file: \//],
    ['no groups', () => ({ controllers: [] }), /groups/],
    [
      'a serial in words',
      () => edited(d => Object.assign(d.controllers[3]!, { serial: 'four' })),
      /\/controllers\/3\/serial/,
    ],
    [
      'a name in one language',
      () => edited(d => Object.assign(d.groups[1]!, { name: { en: 'x' } })),
      /\/groups\/1\/name/,
    ],
    [
      'an id with capitals',
      () => edited(d => Object.assign(d.groups[0]!, { id: 'Campus' })),
      /\/groups\/0\/id/,
    ],
  ])('that says %s is told by where it is wrong', (_, parsed, message) => {
    expect(() => readDoors(parsed())).toThrow(message)
  })

  it.each<[string, (doors: Doors) => void, RegExp]>([
    [
      'one serial twice',
      d => d.controllers.push({ ...d.controllers[0]! }),
      /\/controllers\/12 .*423100001 is recorded/,
    ],
    ['serial 0', d => Object.assign(d.controllers[2]!, { serial: 0 }), /\/controllers\/2 Serial number 0/],
    [
      'one address twice',
      d => Object.assign(d.controllers[5]!, { host: '127.60.0.1' }),
      /\/controllers\/5 127\.60\.0\.1:60000/,
    ],
    [
      'an unknown door',
      d => d.groups[2]!.doors.push('cellar'),
      /\/groups\/2 This door is not recorded: cellar/,
    ],
    [
      'an unknown faculty',
      d => Object.assign(d.groups[1]!, { key: 'magic' }),
      /\/groups\/1 The programme has no faculty/,
    ],
  ])(
    'that says %s is refused by the same rules as one by one, and nothing of it is kept',
    async (_, edit, message) => {
      const before = await campus.gatehouse.register.look({ kind: 'system', id: 'test' }, doorsDocument)
      const recorded = campus.gatehouse.register.act({ kind: 'system', id: 'test' }, async act => {
        for (const table of [
          'access_group_door',
          'access_group',
          'wanted',
          'individual_grant',
          'door',
          'controller',
        ] as const)
          await act.db.deleteFrom(table).execute()
        await recordDoors(act, edited(edit))
      })
      await expect(recorded).rejects.toThrow(message)
      expect(await campus.gatehouse.register.look({ kind: 'system', id: 'test' }, doorsDocument)).toEqual(
        before,
      )
    },
  )
})

it('the whole is one document, and a campus set up from it is the same campus', async () => {
  const reply = await call(campus, 'GET', '/doors/document', undefined, { who: 'office' })
  expect(reply.status).toBe(200)
  const body = reply.body as Doors
  expect(body.controllers).toHaveLength(12)
  expect(body.controllers[0]).toEqual({
    ...body.controllers[0],
    ...file.controllers.map(({ serial, host, port, doors }) => ({ serial, host, port, doors }))[0],
  })
  // As a file: written, read, and recorded where the doors were.
  const again = readDoors(parseYaml(stringify(body)))
  class Undo extends Error {}
  const redone = campus.gatehouse.register.act({ kind: 'system', id: 'test' }, async act => {
    await forgetDoors(act)
    await recordDoors(act, again)
    expect(await doorsDocument(act)).toEqual(body)
    throw new Undo()
  })
  await expect(redone).rejects.toThrow(Undo)
})
