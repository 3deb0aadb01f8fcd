import { describe, expect, it } from 'vitest'
import type { FileSettings } from './file-settings.ts'
import { type MakeRefusal, makeRefusals, type Reachable, type Reached, wrongReach } from './make-rules.ts'
import { makeWords } from './make-words.ts'
import { usualNetworks } from './networks.ts'

const settings: FileSettings = {
  folder: 'library-gates',
  encoding: 'big5',
  delimiter: ',',
  header: true,
  columns: [
    { name: '卡號', holds: 'number' },
    { name: '異動', holds: 'deed' },
    { name: '姓名', holds: 'name-zh' },
    { name: '單位', holds: 'text', text: '圖書館' },
  ],
  number: { as: 'decimal', digits: 10 },
  dates: 'roc',
  deeds: { put: '新增', remove: '移除' },
  names: { otherwise: 'sign', sign: '＊' },
  result: { number: '卡號', result: '結果', applied: ['完成'], rejected: ['失敗'], absent: ['查無此卡'] },
}
const file = (change: Partial<FileSettings> = {}): Reached => ({
  serial: 900001,
  driver: 'file',
  settings: { ...settings, ...change },
})
const board: Reached = { serial: 423100099, host: '10.3.0.12', port: 60000 }
const column = (name: string, holds: FileSettings['columns'][number]['holds'], text?: string) => ({
  name,
  holds,
  ...(text === undefined ? {} : { text }),
})
const nobody: Reachable = { atAddress: null, inFolder: null }
const columns = (...more: FileSettings['columns']) => ({ columns: [...settings.columns, ...more] })
const result = (change: Partial<FileSettings['result']>) => ({ result: { ...settings.result, ...change } })

describe('how a controller is reached', () => {
  it.each<[string, Reached, Reachable]>([
    ['by an address, where no make is said', board, nobody],
    ['by an address', { ...board, driver: 'uhppote' }, { atAddress: board.serial }],
    ['by files in a folder', file(), nobody],
    ['by files in its own folder', file(), { atAddress: null, inFolder: 900001 }],
    ['in English, in UTF-8', file({ encoding: 'utf-8', ...columns(column('Ünï 堃', 'to')) }), nobody],
  ])('%s', (_, said, there) => {
    expect(wrongReach(said, there, usualNetworks)).toBeNull()
  })

  it.each<[string, Reached, Partial<Reachable>, MakeRefusal]>([
    ['a make that nobody speaks', { ...board, driver: 'other', host: 'x' }, {}, 'driver-unknown'],
    ['a make by the name of what objects have', { ...board, driver: 'constructor' }, {}, 'driver-unknown'],
    ['no port', { serial: 1, host: 'x', settings }, {}, 'address-missing'],
    ['an address and files', { ...board, host: 'x', settings }, {}, 'settings-not-wanted'],
    ['a host name', { ...board, host: 'door.example' }, { atAddress: 1 }, 'host-not-an-address'],
    ['an address of the world', { ...board, host: '8.8.8.8' }, { atAddress: 1 }, 'host-not-allowed'],
    ['somebody’s address', board, { atAddress: 1 }, 'address-taken'],
    ['files at an address', { ...board, driver: 'file' }, {}, 'address-not-wanted'],
    ['files of no form', { serial: 1, driver: 'file' }, {}, 'settings-missing'],
    ['a folder outside', file({ folder: '../etc', columns: [] }), { inFolder: 1 }, 'folder-outside'],
    ['the driver’s own folder', file({ folder: '.own' }), {}, 'folder-outside'],
    ['a path', file({ folder: '/srv/files' }), {}, 'folder-outside'],
    ['a path of two', file({ folder: 'a/b' }), {}, 'folder-outside'],
    ['a path of Windows', file({ folder: 'a\\b' }), {}, 'folder-outside'],
    ['somebody’s folder', file({ columns: [] }), { inFolder: 1 }, 'folder-taken'],
    [
      'no column of numbers',
      file({ columns: [column('a', 'deed'), column('a', 'to')] }),
      {},
      'column-missing',
    ],
    ['no column of deeds', file({ columns: [column('a', 'number')] }), {}, 'column-missing'],
    ['a column twice', file(columns(column('姓名', 'name-en'))), {}, 'column-twice'],
    ['one column for number and result', file(result({ result: '卡號' })), {}, 'column-twice'],
    ['a text without text', file(columns(column('備註', 'text'))), {}, 'column-needs-text'],
    ['text where something else stands', file(columns(column('迄日', 'to', 'x'))), {}, 'column-needs-text'],
    ['a word of two meanings', file(result({ rejected: ['失敗', ' 完成'] })), {}, 'word-twice'],
    ['one word for both deeds', file({ deeds: { put: 'X', remove: 'X' } }), {}, 'word-twice'],
    ['a column that Big5 cannot write', file(columns(column('堃', 'to'))), {}, 'text-unwritable'],
    [
      'a sign that Big5 cannot write',
      file({ names: { otherwise: 'sign', sign: '�' } }),
      {},
      'text-unwritable',
    ],
    ['a word that Big5 cannot write', file(result({ full: ['滿🚪'] })), {}, 'text-unwritable'],
  ])('%s: refused, with words', (_, said, there, refusal) => {
    const answer = wrongReach(said, { ...nobody, ...there }, usualNetworks)
    expect(answer).toMatchObject({ ok: false, refusal })
    for (const language of ['zh-TW', 'en'] as const)
      expect(makeWords[language][refusal](answer!.facts)).not.toMatch(/undefined|null/)
  })

  it('every reason is tried above', () => {
    expect(makeRefusals).toHaveLength(15)
  })
})
