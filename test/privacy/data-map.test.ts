import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Column, columnsOf, dataMapPage, dataMapPagePath, faultsOf } from '../../scripts/data-map.ts'
import { staffRoles } from '../../src/lib/roles.ts'
import { type DataMap, readDataMap } from '../../src/privacy/data-map.ts'
import { Retention } from '../../src/programme/shape-retention.ts'
import { asSuperuser, openSchema } from '../schema-trial.ts'

/* db/data-map.yaml is the database's: every table, every column, and who of the database's roles reads it. */

openSchema()

const settings = Object.keys(Retention.properties)
let map: DataMap
let columns: Column[]
beforeAll(async () => {
  map = await readDataMap()
  columns = await columnsOf(asSuperuser())
})

/** The faults of the map once something of it, or of the database, is otherwise. */
const faultsWith = (change: (changed: DataMap) => void): string[] => {
  const changed = structuredClone(map)
  change(changed)
  return faultsOf(changed, columns, settings)
}

describe('the data map', () => {
  it('says of every column of the schema what it is, and of none that there is not', () => {
    expect(columns.length).toBeGreaterThan(600)
    expect(faultsOf(map, columns, settings)).toEqual([])
  })

  it('knows the roles that there are', () => {
    expect(map.roles).toEqual(['public', 'student', 'tablet', ...staffRoles, 'integrator', 'system'])
  })

  it('is the page in docs', async () => {
    expect(await readFile(dataMapPagePath, 'utf8'), 'npm run data-map').toBe(dataMapPage(map))
  })

  it.each<[string, (changed: DataMap) => void, string]>([
    ['a table is not in it', changed => delete changed.tables.photo, 'photo is missing'],
    [
      'a table is in it that there is not',
      changed => {
        changed.tables.diary = structuredClone(changed.tables.photo!)
      },
      'there is no table diary',
    ],
    [
      'a column is not in it',
      changed => changed.tables.person!.personal!.pop(),
      'person: searched is missing',
    ],
    [
      'a column is in it that there is not',
      changed => changed.tables.person!.sensitive!.push('blood'),
      'person: there is no blood',
    ],
    [
      'a column stands in it twice',
      changed => changed.tables.person!.sensitive!.push('email'),
      'person: email stands twice',
    ],
    [
      'columns stand in another order',
      changed => changed.tables.person!.personal!.reverse(),
      'person: name_zh stands after name_en, and the schema has it before',
    ],
    [
      'what is personal has no end',
      changed => {
        delete changed.tables.person!.kept
      },
      'person: student_number has no end',
    ],
    [
      'what is personal is of no category',
      changed => {
        delete changed.tables.tap!.about
      },
      'tap: number is of no category',
    ],
    [
      'what is personal is of a category that there is not',
      changed => {
        changed.tables.tap!.about = 'weather'
      },
      'tap: there is no category weather',
    ],
    [
      'a category has nothing',
      changed => changed.categories.push('weather'),
      'weather: nothing is of this category',
    ],
    [
      'a role of the database reads more than it says',
      changed => {
        delete changed.tables.photo!.database.app
      },
      'photo: app reads [',
    ],
    [
      'a role of the database reads less than it says',
      changed => {
        changed.tables.person!.database.doors = 'all'
      },
      'person: doors reads [], and the map says [id',
    ],
    [
      'a rule names a setting that there is not',
      changed => {
        changed.kept.photos!.setting = 'photoWeeks'
      },
      'photos: there is no setting photoWeeks',
    ],
    [
      'somebody reads it who is no role',
      changed => changed.tables.photo!.readers.push('friend'),
      'photo: there is no role friend',
    ],
  ])('would be caught where %s', (_, change, fault) => {
    expect(faultsWith(change).some(each => each.startsWith(fault))).toBe(true)
  })

  it('would be caught by a column, a table and a grant that the database has since', async () => {
    const client = asSuperuser()
    for (const [change, fault] of [
      ['alter table person add column nickname text', 'person: nickname is missing'],
      ['create table diary (id int)', 'diary is missing'],
      [
        'grant select (email) on person to gatehouse_doors',
        'person: doors reads [email], and the map says []',
      ],
      ['revoke select on photo from gatehouse_app', 'photo: app reads []'],
    ] as const) {
      await client.query('begin')
      await client.query(change)
      const faults = faultsOf(map, await columnsOf(client), settings)
      await client.query('rollback')
      expect(faults.some(each => each.startsWith(fault))).toBe(true)
    }
  })
})
