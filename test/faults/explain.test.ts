import { it } from 'vitest'
import { openSmallCampus } from './small-campus.ts'
import { readFileSync } from 'node:fs'
it('explain', async () => {
  const campus = await openSmallCampus({ network: '127.63.89', students: 20, controllers: 2 })
  await campus.sql(`insert into update_window (campus,on_date,at_time,starts_at,frozen_at,finished_at) values ('ntnu','2023-10-16','10:00','2023-10-16 10:00+08',now(),now())`)
  await campus.sql(`insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
    select c, 300000000 + n, '2023-10-20 01:00+08', 1, 1, '{1,0,0,0}', '2023-01-01', '2024-02-29', campus_now() from generate_series(1, 200000) n, unnest(array[410000001, 410000002]) c`)
  await campus.sql(`update wanted set settled_at = now() where number < 300000000`)
  await campus.sql('analyze')
  const src = readFileSync('src/update/lanes.ts', 'utf8')
  const q = /withWorkSql = `([^`]*)`/.exec(src)![1]!
  const rows = await campus.sql<Record<string, string>>('explain (analyze, buffers) ' + q)
  console.log(rows.map(r => r['QUERY PLAN']).join('\n'))
  const src2 = readFileSync('src/update/store.ts', 'utf8')
  const m = await import('../../src/update/store.ts') as unknown as Record<string,string>
  void m
  const due = /const due = `([^`]*)`/.exec(src2)![1]!
  const kinds = /const kinds = `([^`]*)`/.exec(src2)![1]!
  for (const name of ['openPeopleSql', 'newcomersSql']) {
    const sql = new RegExp('const ' + name + ' = `([^`]*)`').exec(src2)![1]!.replace('${due}', due).replace('${kinds}', kinds).replaceAll('$1', '410000001').replaceAll('$2', "'2023-10-16 10:00+08'")
    const plan = await campus.sql<Record<string, string>>('explain (analyze, buffers) ' + sql)
    console.log(name, plan.map(r => r['QUERY PLAN']).join('\n'))
  }
  await campus.close()
}, 100000)
