import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Gatehouse } from '../../src/app/gatehouse.ts'
import type { Keys } from '../../src/lib/keys.ts'
import { kioskFields } from '../../src/reissue/call-routes.ts'
import { calledFields } from '../../src/reissue/payment.ts'
import { sealOf } from '../../src/reissue/sealed.ts'
import { nowOf } from '../../src/reissue/trial-reissue.ts'
import { openCampus, type TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { openAnother } from '../two-processes.ts'

/*
 * A key is turned over while Gatehouse runs: every process is restarted with the new key behind the old one, then before it,
 * then alone (docs/operating.md). At no time does one process refuse what another one sealed, or what a payment page, a kiosk
 * or a phone sealed with the key that is in use.
 */
const [gone, come] = [Buffer.alloc(32, 9), Buffer.alloc(32, 5)]
const steps: readonly Keys[] = [[gone], [gone, come], [come, gone], [come]]

let campus: TestCampus
const processes: Gatehouse[] = []

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  for (const keys of steps)
    processes.push(
      await openAnother(campus, {
        proofKeys: keys,
        paymentPage: { address: '/demo/payment', keys },
        kioskKeys: keys,
      }),
    )
}, 120_000)
afterAll(async () => {
  for (const each of processes) await each.close()
  await campus.close()
})

type Reply = Record<string, unknown> & { refusal?: string; code?: string; title?: string }

const kindOf = (reply: Reply): string => reply.refusal ?? reply.title ?? 'answered'

async function ask(at: number, who: string | null, path: string, payload?: object): Promise<Reply> {
  const reply = await processes[at]!.server.inject({
    method: payload ? 'POST' : 'GET',
    url: `/api/v1${path}`,
    ...(payload ? { payload } : {}),
    headers: { 'accept-language': 'en', ...(who ? { cookie: await campus.signIn(who) } : {}) },
  })
  return reply.json<Reply>()
}

const looked = (at: number, scan: string) =>
  ask(at, 'desk-csie', '/desk/look-up', {
    scan,
    readerFormat: 'le-dec-10',
    beside: { studentNumber: null, chip: null, evidence: [] },
  })

interface Way {
  /** What is sealed at one step is shown at another: what is answered there. */
  answer: (made: number, opened: number) => Promise<string>
  /** What is answered where it is opened, and where it is not. */
  opened: string
  refused: string
}

let receipts = 0
const ways: Readonly<Record<string, Way>> = {
  'a live proof': {
    async answer(made, opened) {
      const { proof } = await ask(made, people.aEarly.number, '/me/proof')
      return kindOf(await looked(opened, String(proof)))
    },
    opened: 'answered',
    refused: 'proof-not-ours',
  },
  'the code of who collects for somebody': {
    async answer(made, opened) {
      // Naming the same person again is answered with the same code.
      const who = [people.aEarly, people.bOnTheStroke, people.cDuringTheRun, people.dLosesCard][made]!.number
      const { code } = await ask(made, who, '/me/proxy', { name: 'Example Proxy', language: 'en' })
      const { proxy } = await ask(opened, who, '/me/proxy')
      const shown = (proxy as { code: string | null }).code
      return shown === null ? 'not shown' : String(shown === code)
    },
    opened: 'true',
    refused: 'not shown',
  },
  'a payment page’s call': {
    async answer(made, opened) {
      const at = await nowOf(campus)
      const call = { id: 'A'.repeat(22), outcome: 'paid' as const, amount: 200, currency: 'TWD', at }
      const seal = sealOf(steps[made]!, calledFields(call))
      return kindOf(await ask(opened, null, '/payments/callback', { ...call, seal }))
    },
    opened: 'unknown-payment',
    refused: 'forged',
  },
  'a kiosk’s receipt': {
    async answer(made, opened) {
      receipts += 1
      const [at, number] = [await nowOf(campus), `KF9${String(receipts).padStart(7, '0')}`]
      const told = { number, kiosk: 'kiosk-library', amount: 200, paidAt: at, studentNumber: null, at }
      const seal = sealOf(steps[made]!, kioskFields(told))
      return kindOf(await ask(opened, null, '/kiosk/receipts', { ...told, seal }))
    },
    opened: 'answered',
    refused: 'forged',
  },
}

describe.each(Object.keys(ways))('%s', name => {
  const { answer, opened, refused } = ways[name]!

  it('is opened by every process that runs beside the one that made it, whichever was restarted first', async () => {
    for (const at of steps.keys())
      for (const beside of [at - 1, at, at + 1].filter(each => each in steps))
        expect([at, beside, await answer(at, beside)]).toEqual([at, beside, opened])
  })

  it('with the key exchanged at once it is refused (the control)', async () => {
    expect([await answer(0, 3), await answer(3, 0)]).toEqual([refused, refused])
  })
})
