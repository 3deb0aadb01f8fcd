import { describe, expect, it } from 'vitest'
import { answerTo, openSchema } from './schema-trial.ts'

/* What must hold of windows that people govern, whatever the program does; as test/schema-refuses.test.ts. */

openSchema()

const window = `insert into update_window (campus, on_date, at_time, starts_at) values ('c', '2023-10-18', '15:00', '2023-10-18 07:00+0');`
const guard = (more = '') =>
  `${window} insert into update_guard (starts_at, made_at, limits, people, caused_by, causes${more ? ', answer, answered_at, answered_by, reason' : ''})
   values ('2023-10-18 07:00+0', '2023-10-18 07:00+0', '[]', 30, '{office:e}', '{}'${more});`

describe('what the database refuses of windows', () => {
  it.each([
    [
      'an answer to a guard by whose act it was',
      guard(`, 'let-go', '2023-10-18 08:00+0', 'office:e', 'x'`),
      'check update_guard_check1',
    ],
    [
      'an answer to a guard without a reason',
      guard(`, 'refused', '2023-10-18 08:00+0', 'access:f', null`),
      'check update_guard_check2',
    ],
    [
      'two guards of one window',
      `${guard()} ${guard().replace(window, '')}`,
      'unique update_guard_starts_at_key',
    ],
    [
      'a change at once that waits for a second person',
      `${guard()} update wanted set at_once = true, carried_by = decided_at, guarded_by = (select id from update_guard)`,
      'check wanted_check2',
    ],
    [
      'a loss approved beforehand by whose act it was',
      `insert into guard_approval (starts_at, seal, caused_by, approved_at, approved_by, reason)
       values ('2023-10-18 07:00+0', repeat('a', 64), '{office:e}', '2023-10-18', 'office:e', 'x')`,
      'check guard_approval_check1',
    ],
    [
      'a loss approved after its window began',
      `insert into guard_approval (starts_at, seal, caused_by, approved_at, approved_by, reason)
       values ('2023-10-18 07:00+0', repeat('a', 64), '{}', '2023-10-18 07:00+0', 'access:f', 'x')`,
      'check guard_approval_check',
    ],
    [
      'a controller held twice',
      `insert into update_hold (controller_id, held_at, held_by, reason) values (1, '2023-10-18', 'x', 'y'), (1, '2023-10-18', 'x', 'y')`,
      'unique one_hold_a_controller',
    ],
    [
      'everything held twice',
      `insert into update_hold (held_at, held_by, reason) values ('2023-10-18', 'x', 'y'), ('2023-10-18', 'x', 'y')`,
      'unique one_hold_a_controller',
    ],
    [
      'two extra windows asked for at a time',
      `insert into run_now (asked_at, asked_by, reason) values ('2023-10-18', 'x', 'y'), ('2023-10-18', 'x', 'y')`,
      'unique one_run_now_at_a_time',
    ],
    [
      'one notice of a window twice',
      `${window} insert into staff_notice (kind, starts_at, made_at, facts) values
         ('guard-waits', '2023-10-18 07:00+0', '2023-10-18', '{}'), ('guard-waits', '2023-10-18 07:00+0', '2023-10-18', '{}')`,
      'unique staff_notice_kind_starts_at_key',
    ],
    [
      'a window that ends before it begins',
      `insert into update_window (campus, on_date, at_time, starts_at, ends_by)
       values ('c', '2023-10-18', '15:00', '2023-10-18 07:00+0', '2023-10-18 06:00+0')`,
      'check update_window_check',
    ],
  ])('%s', async (_, text, refusal) => {
    expect(await answerTo(text)).toBe(refusal)
  })

  it.each([
    ['gatehouse_doors', `update update_guard set answer = null`],
    ['gatehouse_doors', `insert into update_hold (held_at, held_by, reason) values ('2023-10-18', 'x', 'y')`],
    ['gatehouse_app', 'delete from update_guard'],
    ['gatehouse_app', 'delete from update_hold'],
  ])('%s: %s', async (role, text) => {
    expect(await answerTo(text, role)).toBe('not allowed')
  })
})
