import { openCampus, proofKeys, type TestCampus } from '../../test/campus.ts'
import { csie, type Student } from '../../test/people.ts'
import { employ } from '../../test/staff.ts'
import type { Actor } from '../server/register.ts'
import type { WaitingReply } from './confirmation-api.ts'
import type { AtDesk } from './hand-over.ts'
import { makeProof } from './proof.ts'

/** Somebody else at the same counter. */
export const colleague: Actor = { kind: 'desk', id: 'desk-csie-second', counter: 'dept-csie' }
export const passport = { kind: 'document', evidence: 'id-document', documentKind: 'passport' } as const
export const healthProof = { kind: 'document', evidence: 'health-proof', documentKind: null } as const

type AnyStudent = Pick<Student, 'number' | 'old' | 'new'>

/** What a clerk sends for a student: the new card, the old card as evidence, and a witnessed signature. */
export const given = (student: AnyStudent, change: Partial<AtDesk> = {}): AtDesk => ({
  studentNumber: student.number,
  chip: student.new,
  evidence: [{ kind: 'old-card', chip: student.old }],
  signature: { manner: 'witnessed', picture: '', language: 'zh-TW' },
  ...change,
})

/** The desks of the campus to try on 18 October 2023 at 11:00, for the tests of this room. */
export interface TrialDesk {
  campus: TestCampus
  /** Sends to a route under /api/v1 as somebody (null: nobody signed in), in English. */
  send(who: string | null, path: string, payload?: object, headers?: Record<string, string>): Promise<Reply>
  /** Sends a handover. */
  post(who: string | null, payload: object, headers?: Record<string, string>): Promise<Reply>
  /** Asks a second person about a student as the clerk of Computer Science; answers with the question's id. */
  asked(student: Pick<Student, 'number'>, evidence?: readonly object[]): Promise<number>
  /** Sends a second person's answer. */
  answers(who: string | null, id: number, body: object): Promise<Reply>
  /** The questions that wait for somebody. */
  waitingFor(who: string): Promise<WaitingReply['confirmations']>
  /** A live proof that was made so many seconds ago. */
  proofOf(student: Pick<Student, 'number'>, ageSeconds?: number): Promise<string>
  /** A student whose cards are read from the register. */
  student(number: string): Promise<Student>
  /** The handovers at desks that are kept for a student. */
  handoversOf(student: Pick<Student, 'number'>): ReturnType<typeof deskHandovers>
}
type Reply = Awaited<ReturnType<TestCampus['gatehouse']['server']['inject']>>

const deskHandovers = (campus: TestCampus, number: string) =>
  campus.owner.db
    .selectFrom('handover')
    .innerJoin('person', 'person.id', 'handover.person_id')
    .selectAll('handover')
    .where('student_number', '=', number)
    .where('how', '=', 'desk')
    .execute()

async function studentOf(campus: TestCampus, number: string): Promise<Student> {
  const cards = await campus.owner.db
    .selectFrom('card')
    .innerJoin('person', 'person.id', 'card.made_for')
    .select(['card.chip', 'card.printed_number'])
    .where('student_number', '=', number)
    .where('edition', '=', '4k-centenary')
    .execute()
  const old = await campus.owner.db
    .selectFrom('handover')
    .innerJoin('card', 'card.id', 'handover.card_id')
    .innerJoin('person', 'person.id', 'handover.person_id')
    .select('chip')
    .where('student_number', '=', number)
    .where('how', '=', 'before-gatehouse')
    .executeTakeFirst()
  const hex = (chip: Buffer | undefined) => chip?.toString('hex').toUpperCase() ?? ''
  const printed = cards[0]?.printed_number ?? ''
  return { number, old: hex(old?.chip), new: hex(cards[0]?.chip), digits: printed.slice(-4) }
}

/** Opens the desks; `beforeAll` of a test file, which closes the campus afterwards. */
export async function openTrialDesk(): Promise<TrialDesk> {
  const campus = await openCampus({ from: '2023-10-18T11:00' })
  const { id, counter } = colleague
  await employ(campus.owner.db, { id, nameZh: '櫃檯庚', nameEn: 'Desk Clerk G', role: 'desk', counter })
  const send: TrialDesk['send'] = async (who, path, payload, headers = {}) =>
    campus.gatehouse.server.inject({
      method: payload ? 'POST' : 'GET',
      url: `/api/v1${path}`,
      ...(payload ? { payload } : {}),
      headers: {
        'accept-language': 'en',
        ...(who ? { cookie: await campus.signIn(who) } : {}),
        ...headers,
      },
    })
  return {
    campus,
    send,
    post: (who, payload, headers) => send(who, '/desk/handovers', payload, headers),
    async asked({ number }, evidence = [passport]) {
      const reply = await send(csie.id, '/desk/confirmations', { studentNumber: number, evidence })
      if (reply.statusCode !== 200) throw new Error(`nobody was asked: ${reply.body}`)
      return reply.json<{ confirmation: number }>().confirmation
    },
    answers: (who, id, body) => send(who, `/confirmations/${id}/answer`, body),
    waitingFor: async who => (await send(who, '/confirmations')).json<WaitingReply>().confirmations,
    async proofOf(student, ageSeconds = 0) {
      const now = await campus.gatehouse.register.look(csie, async act => act.now)
      const personId = await campus.personId(student.number)
      return makeProof(proofKeys, {
        personId,
        now: now.subtract({ seconds: ageSeconds }),
        lifetimeSeconds: 120,
      })
    },
    student: number => studentOf(campus, number),
    handoversOf: student => deskHandovers(campus, student.number),
  }
}
