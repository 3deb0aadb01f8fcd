import { describe, expect, it } from 'vitest'
import { answerTo, openSchema } from './schema-trial.ts'

/* What must hold of boards and of a database that was brought back, whatever the program does; as test/schema-refuses.test.ts. */

openSchema()

const second = `insert into controller values (2, '127.0.0.2', 60000, 100, 'low-first', '館', 'Building');`
const stranger = (how: string, { mac = `'00:66:aa:00:00:01'`, more = '' } = {}) =>
  `insert into strange_board (controller_id, how, serial, host, port, mac, firmware, first_at, last_at${more ? ', ended_at, outcome, ended_by' : ''})
   values (1, '${how}', 9, '127.0.0.1', 60000, ${mac}, ${mac === 'null' ? 'null' : `'8.92'`}, '2023-10-18', '2023-10-18'${more});`
const known = (mac: string) =>
  `insert into known_board (controller_id, mac, firmware, known_since) values (1, '${mac}', '8.92', '2023-10-18');`
const restored = (more = 'null, null, null', sign = 'said', at = '2023-10-18') =>
  `insert into restored_controller (controller_id, noticed_at, noticed_by, sign, released_at, released_by, reason)
   values (1, '${at}', 'system:restore', '${sign}', ${more});`

describe('what the database refuses of boards', () => {
  it.each([
    [
      'a board of two controllers',
      `${second} update controller set board = 2 where id = 1`,
      'unique one_controller_a_board',
    ],
    [
      'a controller with the number of another one’s new board',
      `update controller set board = 2 where id = 1; ${second}`,
      'unique one_controller_a_board',
    ],
    ['a new board that is the first one', 'update controller set board = 1', 'check controller_board_serial'],
    ['a board with number 0', 'update controller set board = 0', 'check controller_board_serial'],
    ['a hardware address that is none', known('00:66'), 'check known_board_mac_check'],
    [
      'two boards that are known at one address',
      known('00:66:aa:00:00:01').repeat(2),
      'unique known_board_pkey',
    ],
    [
      'two strangers at one address',
      stranger('other-board') + stranger('other-serial'),
      'unique one_stranger_at_an_address',
    ],
    [
      'one sender from elsewhere twice',
      stranger('elsewhere', { mac: 'null' }).repeat(2),
      'unique one_stranger_elsewhere',
    ],
    [
      'a stranger that nobody has seen',
      stranger('other-board', { mac: 'null' }),
      'check strange_board_check3',
    ],
    [
      'a replacement that nobody spoke of',
      stranger('other-board', { more: `, '2023-10-18', 'replaced', null` }),
      'check strange_board_check4',
    ],
    [
      'a stranger that ended without an outcome',
      stranger('other-board', { more: `, '2023-10-18', null, null` }),
      'check strange_board_check2',
    ],
  ])('%s', async (_, text, refusal) => {
    expect(await answerTo(text)).toBe(refusal)
  })
})

describe('what the database refuses of a database that was brought back', () => {
  it.each([
    [
      'two places at once',
      `insert into database_home (server, timeline, since) values ('1', 1, '2023-10-18'), ('2', 1, '2023-10-18')`,
      'unique database_home_pkey',
    ],
    [
      'another row of it',
      `insert into database_home (only_one, server, timeline, since) values (false, '1', 1, '2023-10-18')`,
      'check database_home_only_one_check',
    ],
    [
      'a controller that waits twice',
      restored() + restored('null, null, null', 'said', '2023-10-19'),
      'unique one_restore_at_a_time',
    ],
    [
      'one that is let go without a reason',
      restored(`'2023-10-19', 'access:a', null`),
      'check restored_controller_check1',
    ],
    [
      'one that is let go before it was noticed',
      restored(`'2023-10-17', 'access:a', 'x'`),
      'check restored_controller_check',
    ],
    ['a sign that is none', restored(undefined, 'guess'), 'check restored_controller_sign_check'],
  ])('%s', async (_, text, refusal) => {
    expect(await answerTo(text)).toBe(refusal)
  })

  it.each([
    ['gatehouse_doors', restored()],
    ['gatehouse_doors', 'update restored_controller set released_at = noticed_at'],
    ['gatehouse_doors', 'update controller set board = 7'],
    ['gatehouse_app', 'delete from restored_controller'],
    ['gatehouse_app', stranger('other-board')],
    ['gatehouse_app', 'delete from strange_board'],
  ])('%s: %s', async (role, text) => {
    expect(await answerTo(text, role)).toBe('not allowed')
  })
})
