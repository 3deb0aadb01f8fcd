import { expect } from 'vitest'
import { kioskKeys, paymentKeys, type TestCampus } from '../../test/campus.ts'
import { freshmanOf } from '../../test/people.ts'
import { applyCards, stockHeader, uploadCards } from '../card/trial-files.ts'
import { reportLost } from '../loss/report-lost.ts'
import type { Act, Actor } from '../server/register.ts'
import { applyForReissue } from './apply.ts'
import { kioskFields } from './call-routes.ts'
import { beginPayment } from './pay-online.ts'
import { calledFields, type PaymentCall, sealedPayments } from './payment.ts'
import type { Application } from './rules.ts'
import { sealOf } from './sealed.ts'
import { reissueOf } from './standing.ts'

export const office: Actor = { kind: 'office', id: 'office' }
export const registry: Actor = { kind: 'desk', id: 'desk-registry', counter: 'registry' }

/** A freshman, whose card of the edition issued today is theirs already. */
export type Holder = Awaited<ReturnType<typeof freshmanOf>> & { number: string }

/** How many freshmen the tests of each file have; a worker runs one file after another. */
const taken = new Map<string | undefined, number>()

/** The number of a freshman whom no other test of the file has. */
export function freshNumber(): string {
  const { testPath } = expect.getState()
  const next = (taken.get(testPath) ?? 0) + 1
  taken.set(testPath, next)
  return `412${String(next).padStart(5, '0')}E`
}

/** A freshman by student number. */
export const holderOf = async (campus: TestCampus, number: string): Promise<Holder> => ({
  ...(await freshmanOf(campus, number)),
  number,
})

/** Does something as somebody, without the timetable's lock. */
export const as = <T>(campus: TestCampus, actor: Actor, work: (act: Act) => Promise<T>): Promise<T> =>
  campus.gatehouse.register.aside(actor, work)

/** The holder reports the card lost. */
export const lose = (campus: TestCampus, { actor, personId, cardId }: Holder) =>
  campus.gatehouse.register.act(actor, act => reportLost(act, { personId, cardId }))

/** The holder applies; in place of the card they have, with the photo looked at, unless said otherwise. */
export const apply = (
  campus: TestCampus,
  { actor, personId, cardId }: Holder,
  change: Partial<Application> = {},
) =>
  as(campus, actor, act =>
    applyForReissue(act, { personId, cardId, reason: 'lost', photoIsRight: true, ...change }),
  )

/** A holder who has lost the card and applied: says the application's id. */
export async function applied(campus: TestCampus, number: string, change: Partial<Application> = {}) {
  const holder = await holderOf(campus, number)
  if ((change.reason ?? 'lost') === 'lost') await lose(campus, holder)
  const done = await apply(campus, holder, change)
  if (!done.ok) throw new Error(`${number} cannot apply: ${done.refusal}`)
  return { ...holder, reissueId: done.reissueId }
}

/** How it stands with somebody's reissue. */
export const standing = (campus: TestCampus, { actor, personId }: Holder) =>
  campus.gatehouse.register.look(actor, act => reissueOf(act, personId))

/** The campus's time, ISO. */
export const nowOf = (campus: TestCampus): Promise<string> =>
  campus.gatehouse.register.look(office, async act => act.now.toString())

/** Posts JSON over HTTP, as somebody or as a machine that is signed in nowhere. */
export async function post(
  campus: TestCampus,
  url: string,
  body?: object,
  { who, language = 'en', key }: { who?: string; language?: string; key?: string } = {},
) {
  const reply = await campus.gatehouse.server.inject({
    method: 'POST',
    url,
    headers: {
      'accept-language': language,
      ...(who ? { cookie: await campus.signIn(who) } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
    },
    ...(body ? { payload: body } : {}),
  })
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
}

/** A provider's call, sealed with its key at this moment unless said otherwise. */
export async function call(
  campus: TestCampus,
  told: Pick<PaymentCall, 'id'> & Partial<PaymentCall>,
): Promise<PaymentCall> {
  const words = { outcome: 'paid' as const, amount: 200, currency: 'TWD', at: await nowOf(campus), ...told }
  return { ...words, seal: told.seal ?? sealOf(paymentKeys, calledFields(words)) }
}

/** A kiosk's word about a receipt, sealed with its key at this moment unless said otherwise. */
export async function receipt(
  campus: TestCampus,
  told: {
    number: string
    amount?: number
    studentNumber?: string | null
    at?: string
    seal?: string
    paidAt?: string
  },
) {
  const at = told.at ?? (await nowOf(campus))
  const words = {
    number: told.number,
    kiosk: 'kiosk-library',
    amount: told.amount ?? 200,
    paidAt: told.paidAt ?? at,
    studentNumber: told.studentNumber ?? null,
    at,
  }
  return { ...words, seal: told.seal ?? sealOf(kioskKeys, kioskFields(words)) }
}

/** The card maker's file comes: a card of the 4K edition for each of these, in the registry's box R-1. */
export async function stockFor(
  campus: TestCampus,
  cards: readonly { number: string; chip: string; printed: string }[],
) {
  const rows = cards.map(
    ({ number, chip, printed }) => `${chip},${printed},4k-centenary,${number},registry,R-1`,
  )
  const uploaded = await uploadCards(campus, [stockHeader, ...rows].join('\n'))
  if (uploaded.status !== 200 || uploaded.body.bad.length > 0) throw new Error(JSON.stringify(uploaded.body))
  return applyCards(campus, uploaded.body)
}

/** The sums of the whole ledger by account, those that are not zero. */
export async function ledgerSums(campus: TestCampus): Promise<Record<string, number>> {
  const { rows } = await campus.owner.pool.query<{ account: string; sum: string }>(
    'select account, sum(amount) from fee_entry group by account having sum(amount) <> 0',
  )
  return Object.fromEntries(rows.map(({ account, sum }) => [account, Number(sum)]))
}

/** The kinds of messages that a person was written, in order. */
export async function messagesTo(campus: TestCampus, { personId }: Holder): Promise<string[]> {
  const { rows } = await campus.owner.pool.query<{ kind: string }>(
    'select kind from message where person_id = $1 order by id',
    [personId],
  )
  return rows.map(({ kind }) => kind)
}

/** The ledger as it is after something, without what was there before. */
export async function moved(
  campus: TestCampus,
  work: () => Promise<unknown>,
): Promise<Record<string, number>> {
  const before = await ledgerSums(campus)
  await work()
  const after = await ledgerSums(campus)
  const accounts = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  const changed = accounts.map(each => [each, (after[each] ?? 0) - (before[each] ?? 0)] as const)
  return Object.fromEntries(changed.filter(([, amount]) => amount !== 0))
}

const provider = sealedPayments({ address: '/demo/payment', keys: paymentKeys })

/** The holder goes to pay online: says under which id. */
export async function begin(campus: TestCampus, { actor, personId }: Holder): Promise<string> {
  const begun = await as(campus, actor, act => beginPayment(act, { personId }, provider))
  if (!begun.ok) throw new Error(begun.refusal)
  return begun.paymentId
}

/** The payment page calls, over HTTP. */
export const callback = async (campus: TestCampus, told: Parameters<typeof call>[1]) =>
  post(campus, '/api/v1/payments/callback', await call(campus, told))
