import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { csie, handingOverTo, people } from '../../test/people.ts'
import type { Reply } from '../roster/trial-uploads.ts'
import type { PeopleReply, TimelineReply } from './api.ts'
import { patternsOf } from './searched.ts'

let campus: TestCampus

async function ask<Value>(
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
  language = 'en',
): Promise<Reply<Value>> {
  const reply = await campus.gatehouse.server.inject({
    method,
    url: `/api/v1${url}`,
    headers: { cookie: await campus.signIn('office'), 'accept-language': language },
    ...(payload ? { payload } : {}),
  })
  return { status: reply.statusCode, body: reply.json() }
}

const found = async (text: string) =>
  (await ask<PeopleReply>('POST', '/people/search', { text })).body.people.map(each => each.studentNumber)

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  await campus.owner.pool.query(
    `update person set name_zh = '示例生 𠮷甲', name_en = 'Zoë Sample-Émile', email = 'Zoe_1@student.example'
     where student_number = $1`,
    [people.aEarly.number],
  )
  await campus.gatehouse.register.act(csie, handingOverTo(people.aEarly))
})
afterAll(() => campus.close())

describe('finding people', () => {
  it.each([
    ['two Chinese characters of the name', '𠮷甲'],
    ['one of them, which lies beyond the first plane', '𠮷'],
    ['the English name without its accents', 'zoe emile'],
    ['with them, in capitals', 'ZOË'],
    ['in full width, as an input method types it', 'Ｚｏｅ'],
    ['the student number in small letters', '41047001s'],
    ['the address', 'zoe_1@'],
    ['the chip number in hexadecimal', people.aEarly.new],
    ['the old card’s chip number', people.aEarly.old],
  ])('by %s', async (_, text) => {
    expect(await found(text)).toEqual([people.aEarly.number])
  })

  it('takes signs of patterns for what they are, and finds nobody by them', async () => {
    expect(await found('zoe%1')).toEqual([])
    expect(patternsOf('50%_\\')).toEqual(['%50\\%\\_\\\\%'])
    expect(await found('   ')).toEqual([])
  })

  it('says who somebody is at once, and writes down how many were found, not what for', async () => {
    const { body } = await ask<PeopleReply>('POST', '/people/search', { text: '𠮷甲' })
    expect(body.people[0]).toMatchObject({
      status: 'enrolled',
      card: 'collected',
      counter: { en: expect.any(String) },
    })
    const { rows } = await campus.owner.pool.query<{ all: string; facts: object }>(
      `select facts, row_to_json(journal)::text as all from journal where act = 'people searched' order by id desc limit 1`,
    )
    expect(rows[0]!.facts).toEqual({ found: 1, more: false })
    expect(rows[0]!.all).not.toContain('𠮷')
  })

  it('reads a printed number, and the number that a door’s reader sends', async () => {
    const { rows } = await campus.owner.pool.query<{ printed: string; door: string }>(
      `select c.printed_number as printed, n.number::text as door from card c join card_number n on n.card_id = c.id
       join handover h on h.card_id = c.id where h.person_id = $1 and c.edition = '4k-centenary' limit 1`,
      [await campus.personId(people.aEarly.number)],
    )
    expect(await found(rows[0]!.printed)).toEqual([people.aEarly.number])
    expect(await found(rows[0]!.door)).toContain(people.aEarly.number)
  })

  it('writes what is typed as the database writes what it has', async () => {
    const names = ['Ångström ǅ', '示例生 甲', '𠮷', 'Ｆｕｌｌ', 'ﬁ', '①', 'Ḗ', '50%']
    for (const name of names) {
      const { rows } = await campus.owner.pool.query<{ fits: boolean }>(
        `select bool_and(searched_text($1) like p) as fits from unnest($2::text[]) p`,
        [name, patternsOf(name)],
      )
      expect([name, rows[0]!.fits]).toEqual([name, true])
    }
  })
})

describe('one person’s whole story', () => {
  const story = async (language: string) => {
    const id = await campus.personId(people.aEarly.number)
    return (await ask<TimelineReply>('GET', `/people/${id}/timeline`, undefined, language)).body
  }

  it('has the handover with who and what was shown, the receipt, and who looked, the newest first', async () => {
    const first = await story('en')
    const handed = first.lines.find(({ text }) => text === 'Card handed over')!
    expect(handed.more.join(' ')).toMatch(/at a desk.*Computer Science.*shown: .*signed on paper/)
    expect(handed.who).toMatch(/Clerk/)
    expect(first.lines.some(({ kind, text }) => kind === 'message' && text.startsWith('Message: '))).toBe(
      true,
    )
    expect(first.lines.map(({ at }) => at)).toEqual(
      first.lines
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    const second = await story('en')
    expect(second.lines.filter(({ text }) => text === 'This page was read').length).toBe(1)
  })

  it('is whole in its file, and says on the screen where it is cut', async () => {
    const id = await campus.personId(people.aEarly.number)
    expect((await story('en')).cut).toBe(false)
    await campus.owner.pool.query(
      `insert into message (person_id, kind, subject, body, language, recipient, made_at)
       select person_id, kind, 'Number ' || n, body, language, recipient, made_at
       from (select * from message where person_id = $1 limit 1) m, generate_series(1, 501) n`,
      [id],
    )
    expect((await story('en')).cut).toBe(true)
    const file = await campus.gatehouse.server.inject({
      url: `/api/v1/people/${id}/timeline/export?format=csv`,
      headers: { cookie: await campus.signIn('office'), 'accept-language': 'en' },
    })
    expect(file.body.match(/Number \d+/g)).toHaveLength(501)
  })

  it('says what holds now, in both languages, and nowhere the whole card number', async () => {
    const [en, zh] = [await story('en'), await story('zh-TW')]
    expect(en.answer.join('\n')).toMatch(/campus access: no/)
    expect(zh.answer.join('\n')).toMatch(/校園門禁：沒有/)
    expect(zh.lines.find(({ kind }) => kind === 'handover')!.text).toBe('交付卡片')
    expect(JSON.stringify([en, zh])).not.toMatch(/\d{16}/)
    expect((await ask('GET', '/people/999999/timeline')).status).toBe(404)
  })
})
