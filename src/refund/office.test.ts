import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { withdrawRefund } from './change-refund.ts'
import { account, answer, ask, type Holder, holderOf, numberOf, send } from './trial-refunds.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await campus.owner.pool.query<Row>(text, values)).rows

async function call(who: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
  const headers = { cookie: await campus.signIn(who), 'accept-language': 'en' }
  return campus.gatehouse.server.inject({ method, url, headers, ...(payload ? { payload } : {}) })
}

const boundary = 'b0undary'
const upload = async (who: string, text: string | Buffer) =>
  campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/refunds/answers',
    headers: {
      cookie: await campus.signIn(who),
      'accept-language': 'en',
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload: Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n`),
      Buffer.from(text),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  })

const header = 'case,outcome,date,amount,reference,reason'
const money = () => sql('select reference, amount, counts_for from refund_settlement order by reference')
const events = () => sql('select case_id, kind from refund_event order by case_id, kind')
const office = 'office'
const student = people.aEarly.number

let sent: Holder[] = []
let numbers: string[] = []

describe('over HTTP', () => {
  it('a holder asks, changes and reads it back masked; what is wrong is told by its field', async () => {
    const holder = await holderOf(campus, student)
    const { cardId } = holder
    const path = '/api/v1/me/refund'
    const wrong = await call(student, 'POST', path, { cardId, ...account, bank: '4' })
    expect([wrong.statusCode, wrong.json().facts.field]).toEqual([409, 'bank'])
    expect(wrong.json().message).toBe('The bank code has 3 digits. Copy it from your bank book.')
    const done = await call(student, 'POST', path, { cardId, ...account })
    expect(done.statusCode).toBe(200)
    expect(done.body).not.toContain('12345678901')
    const changed = await call(student, 'PUT', path, { cardId, ...account, account: '１２３４５６' })
    expect(changed.json()).toMatchObject({ again: false, refund: { cards: [{ case: { to: '004-…3456' } }] } })
    expect((await call(student, 'DELETE', `${path}?cardId=${cardId}`)).json()).toMatchObject({ again: false })
    expect((await call(student, 'GET', path)).json()).toMatchObject({
      cards: [{ case: { stage: 'withdrawn' } }],
    })
    expect((await call(student, 'POST', path, { cardId, ...account, amount: 100 })).statusCode).toBe(400)
    expect((await call('desk-csie', 'GET', path)).statusCode).toBe(404)
  })

  it('the office makes the file and downloads it; nobody else does', async () => {
    sent = []
    for (const number of ['41047011S', '41047012S', '41047013S']) sent.push(await holderOf(campus, number))
    for (const holder of sent) await ask(campus, holder)
    for (const who of ['desk-csie', 'access', student])
      expect((await call(who, 'POST', '/api/v1/refunds/files')).statusCode).toBe(404)
    const made = await call(office, 'POST', '/api/v1/refunds/files')
    expect(made.json()).toMatchObject({ cases: 3, left: false })
    const { fileId } = made.json<{ fileId: number }>()
    const file = await call(office, 'GET', `/api/v1/refunds/files/${fileId}`)
    expect(file.headers['content-type']).toContain('text/csv')
    expect(file.body.split('\r\n')).toHaveLength(5)
    expect((await call('desk-csie', 'GET', `/api/v1/refunds/files/${fileId}`)).statusCode).toBe(404)
    expect((await call(office, 'GET', '/api/v1/refunds/files/999999')).json().refusal).toBe('no-such-file')
    expect((await call(office, 'POST', '/api/v1/refunds/files')).json().refusal).toBe('nothing-due')
    numbers = await Promise.all(sent.map(holder => numberOf(campus, holder)))
    const noted = await sql(`select from journal where act = 'refund file downloaded'`)
    expect(noted).toHaveLength(1)
  })

  it('one wrong line, and nothing of the file counts', async () => {
    await campus.moveTo('2023-11-10T09:00')
    const [one, two] = numbers
    const text = [
      header,
      `${one},received,2023-10-20,,,`,
      `${two},paid,2023-11-06,1e21,EC-1,`,
      `${one},paid,2023-11-06,350,=1+1,`,
      'R9999-1,received,2023-10-20,,,',
    ].join('\n')
    const read = (await upload(office, text)).json()
    expect(read).toMatchObject({ applied: false, wrong: 3, counts: { received: 0, paid: 0 } })
    expect(
      read.faults.map(({ line, field, refusal }: Record<string, unknown>) => [line, field, refusal]),
    ).toEqual([
      [3, 'amount', 'not-an-amount'],
      [4, 'reference', 'not-a-reference'],
      [5, 'case', 'unknown-case'],
    ])
    expect(read.faults[0].message).toContain('Line 3, amount: 1e21')
    expect(await money()).toEqual([])
    expect(await events()).toEqual([])
  })

  it.each([
    ['a spreadsheet', Buffer.from('504b0304aaaa', 'hex'), 'spreadsheet-file'],
    ['other columns', 'student,name\n1,2', 'no-header'],
    ['nothing', '', 'empty-file'],
    ['too much of it', Buffer.alloc(2 * 1024 * 1024 + 2, 'a'), 'file-too-large'],
  ])('a file with %s is refused whole', async (_, text, refusal) => {
    const reply = await upload(office, text)
    expect([reply.statusCode, reply.json().refusal]).toEqual([409, refusal])
  })

  it('only the office reads answers', async () => {
    for (const who of ['desk-csie', 'access', student])
      expect((await upload(who, header)).statusCode).toBe(404)
  })

  it('the same file ten times at once, and its lines in another file, are read once', async () => {
    const [one, two] = numbers
    const text = `${header}\n${one},received,2023-10-20,,,\n${one},paid,2023-11-06,３５０,EC-1,\n${two},received,2023-10-20,,,\n`
    const replies = await Promise.all(Array.from({ length: 10 }, () => upload(office, text)))
    const bodies = replies.map(reply => reply.json())
    expect(bodies.filter(({ again }) => !again)).toHaveLength(1)
    const before = await Promise.all([money(), events()])
    // A doubled line, and an answer that repeats what was said before.
    const more = await upload(office, `${text}${one},paid,2023-11-06,350,EC-1,\n`)
    expect(more.json()).toMatchObject({ applied: true, again: false, counts: { paid: 0, differences: 0 } })
    expect(await Promise.all([money(), events()])).toEqual(before)
    expect(before[0]).toHaveLength(1)
    const told = await sql(`select from message where kind = 'refund-paid'`)
    expect(told).toHaveLength(1)
  })

  it('what is paid twice, for nobody, for what was withdrawn or not sent, or too much is told as a difference', async () => {
    const [one, two, three] = numbers
    const waiting = await holderOf(campus, '41047014S')
    await ask(campus, waiting)
    const withdrawn = await holderOf(campus, '41047015S')
    await ask(campus, withdrawn)
    const { actor, personId, cardId } = withdrawn
    await campus.gatehouse.register.aside(actor, act => withdrawRefund(act, { personId, cardId }))
    const read = await answer(
      campus,
      `${one},paid,2023-11-07,350,EC-2,`,
      `R9999-1,paid,2023-11-07,40,EC-3,`,
      `${await numberOf(campus, waiting)},paid,2023-11-07,50,EC-4,`,
      `${await numberOf(campus, withdrawn)},paid,2023-11-07,60,EC-5,`,
      `${two},paid,2023-11-07,10001,EC-6,`,
      `${three},refused,2023-11-07,,,other`,
      `${three},paid,2023-11-08,-100,EC-7,`,
    )
    expect(read).toMatchObject({ applied: true, counts: { paid: 2, differences: 4, refused: 1 } })
    const report = (await call(office, 'GET', '/api/v1/refunds/reconciliation')).json()
    expect(
      report.differences.map(({ kind, reference }: Record<string, string>) => `${reference} ${kind}`).sort(),
    ).toEqual([
      'EC-2 paid-twice',
      'EC-3 unknown-case',
      'EC-4 not-sent',
      'EC-5 withdrawn-case',
      'EC-6 over-maximum',
      'EC-7 paid-after-no',
    ])
    expect([report.paid, report.counted, report.different]).toEqual([10_751, 10_251, 500])
    expect(report.days).toEqual([{ readOn: '2023-11-10', payments: 7, paid: 10_751, counted: 10_251 }])
    // Whoever was paid is not paid again, even for a case that nobody had sent.
    expect(await ask(campus, withdrawn)).toMatchObject({ refusal: 'paid-already' })
    expect((await call('desk-csie', 'GET', '/api/v1/refunds/reconciliation')).statusCode).toBe(404)
  })

  it('the list shows everything, and those alone that are late where asked; its reading is journalled', async () => {
    const late = await holderOf(campus, '41047016S')
    await ask(campus, late)
    await send(campus)
    await campus.moveTo('2024-01-10T09:00')
    const all = (await call(office, 'GET', '/api/v1/refunds')).json()
    expect(all.cases.length).toBeGreaterThan(5)
    const found = (await call(office, 'GET', '/api/v1/refunds?late=true')).json()
    expect(found.cases.map(({ studentNumber }: Record<string, string>) => studentNumber)).toEqual([
      '41047016S',
      '41047014S',
    ])
    expect(JSON.stringify(all)).not.toContain('12345678901')
    const [noted] = await sql<{ n: string }>(`select count(*) as n from journal where act = 'refunds listed'`)
    expect(Number(noted!.n)).toBe(2)
    const report = (await call(office, 'GET', '/api/v1/refunds/reconciliation')).json()
    const kinds = report.differences.map(({ kind }: Record<string, string>) => kind)
    expect(kinds.filter((kind: string) => kind === 'unanswered')).toHaveLength(2)
  })
})

it('whatever the issuer answers, a case is paid once at most and every unit of its money is accounted for', async () => {
  const holders: Holder[] = []
  for (const number of ['41047017S', '41047018S', '41047019S']) holders.push(await holderOf(campus, number))
  for (const holder of holders) await ask(campus, holder)
  await send(campus)
  const known = await Promise.all(holders.map(holder => numberOf(campus, holder)))
  const of = fc.constantFrom(...known, 'R1-2', 'R424242-1')
  const on = fc.constantFrom('2024-01-10', '2024-01-09', '2023-10-20')
  const amount = fc.integer({ min: -200, max: 12_000 })
  const lineOf = fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .record({ of, on, amount, reference: fc.integer({ min: 1, max: 200 }) })
        .map(each => `${each.of},paid,${each.on},${each.amount},P-${each.reference},`),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ of, on: fc.constant('2024-01-10') })
        .map(each => `${each.of},received,${each.on},,,`),
    },
    { weight: 1, arbitrary: fc.record({ of, on }).map(each => `${each.of},refused,${each.on},,,other`) },
  )
  let applied = 0
  await fc.assert(
    fc.asyncProperty(fc.array(lineOf, { minLength: 1, maxLength: 3 }), async lines => {
      const before = await Promise.all([money(), events()])
      const read = await answer(campus, ...lines)
      const after = await Promise.all([money(), events()])
      if (!read.ok || !read.applied) expect(after).toEqual(before)
      else {
        applied += 1
        // What was read before is never changed.
        expect(after[0]).toEqual(expect.arrayContaining(before[0]))
      }
      const counted = (after[0] as { amount: number; counts_for: number | null }[]).filter(
        row => row.counts_for !== null,
      )
      expect(new Set(counted.map(row => row.counts_for)).size).toBe(counted.length)
      const report = (await call(office, 'GET', '/api/v1/refunds/reconciliation')).json()
      const sum = (rows: object[]) => (rows as { amount: number }[]).reduce((all, row) => all + row.amount, 0)
      expect([report.paid, report.counted]).toEqual([sum(after[0]), sum(counted)])
      expect(report.paid).toBe(report.counted + report.different)
      const different = after[0].length - counted.length
      const uncounted = report.differences.filter(({ kind }: Record<string, string>) =>
        ['paid-twice', 'unknown-case', 'withdrawn-case', 'not-sent'].includes(kind!),
      )
      expect(uncounted).toHaveLength(different)
    }),
    { numRuns: 60 },
  )
  expect(applied).toBeGreaterThan(10)
})
