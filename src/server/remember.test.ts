import { expect, it } from 'vitest'
import { openCampus } from '../../test/campus.ts'
import { campusClock } from '../app/clock.ts'
import { openDatabase } from './database.ts'
import { openRegister } from './register.ts'
import { rememberingReads } from './remember.ts'

it('what was read once is asked of the database once, until something is written, locked or noted', async () => {
  const campus = await openCampus()
  const database = openDatabase(campus.url, 'app', { connections: 1 })
  try {
    const register = openRegister(database, campusClock, async () => {})
    const asked: string[] = []
    await register.act({ kind: 'system', id: 'test' }, async act => {
      const counting = {
        ...act,
        statement<Row>(name: string, text: string, values: readonly unknown[]) {
          asked.push(name)
          return act.statement<Row>(name, text, values)
        },
      }
      const remembering = rememberingReads(counting)
      const wrong = (what: string) =>
        remembering.statement<{ count: number }>(
          'wrong',
          'select count(*)::int as count from wrong_try where what = $1',
          [what],
        )
      await Promise.all([wrong('a'), wrong('a'), wrong('b')])
      expect((await wrong('a'))[0]).toEqual({ count: 0 })
      expect(asked).toEqual(['wrong', 'wrong'])
      await remembering.statement('try', 'insert into wrong_try (what, place, at) values ($1, $2, $3)', [
        'a',
        'here',
        act.now,
      ])
      expect((await wrong('a'))[0]).toEqual({ count: 1 })
      expect(asked).toEqual(['wrong', 'wrong', 'try', 'wrong'])
      await remembering.statement('lock', 'select 1 from person where id = $1 for update', [0])
      await remembering.statement('lock', 'select 1 from person where id = $1 for update', [0])
      await wrong('a')
      expect(asked.slice(4)).toEqual(['lock', 'lock', 'wrong'])
      for (const text of [
        'select 1 from person where id = $1 for share',
        'select 1 from person where id = $1 for key share',
        'select pg_try_advisory_xact_lock($1)',
        'select pg_advisory_xact_lock_shared($1)',
      ]) {
        await remembering.statement(text, text, [7])
        await remembering.statement(text, text, [7])
        await wrong('a')
        expect(asked.slice(-3), text).toEqual([text, text, 'wrong'])
      }
      await remembering.note({ act: 'person looked up', facts: {} })
      await wrong('a')
      expect(asked.slice(-2)).toEqual(['wrong', 'wrong'])
    })
  } finally {
    await Promise.all([database.close(), campus.close()])
  }
})
