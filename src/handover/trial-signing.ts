import { csie, type Student } from '../../test/people.ts'
import { given, openTrialDesk, type TrialDesk } from './trial-desk.ts'

const here = csie.id
type Asking = Partial<{ place: string; chip: string; evidence: readonly object[] }>
type Reply = Awaited<ReturnType<TrialDesk['send']>>
interface Asked {
  request: number
  state: string
}

/** What lies on the desk, and that somebody is to sign for it on their phone. */
export const lies = (student: Student, change: Asking = {}) => {
  const { studentNumber, chip, evidence } = given(student)
  return { studentNumber, chip, evidence, place: 'phone', ...change }
}

/** The button on the own phone, as it is sent. */
export const confirmed = (request: number) => ({
  request,
  manner: 'confirmed',
  picture: '',
  language: 'zh-TW',
})

/** A handover with what was signed elsewhere. */
export const elsewhere = (student: Student, request: number, change = {}) => ({
  ...given(student),
  signature: { manner: 'elsewhere', request },
  ...change,
})

export const refusalOf = (reply: Reply) => reply.json<{ refusal?: string }>().refusal

/** The desks of the campus to try, with phones on which people sign. */
export interface TrialSigning {
  desk: TrialDesk
  /** Asks, and answers with the number of what was asked. */
  ask(student: Student, change?: Asking, who?: string): Promise<number>
  sign(student: Student, body: object): Promise<Reply>
  /** What a student's phone is asked. */
  asked(student: Student): Promise<Asked | null>
  /** What the desk sees of it. */
  look(student: Student, who?: string): Promise<(Asked & { place: string }) | null>
}

/** Opens them; `beforeAll` of a test file, which closes the campus afterwards. */
export async function openTrialSigning(): Promise<TrialSigning> {
  const desk = await openTrialDesk()
  return {
    desk,
    async ask(student, change = {}, who = here) {
      const reply = await desk.send(who, '/desk/signatures', lies(student, change))
      if (reply.statusCode !== 200) throw new Error(`nobody was asked: ${reply.body}`)
      return reply.json<{ request: number }>().request
    },
    sign: (student, body) => desk.send(student.number, '/me/signature', body),
    async asked(student) {
      const reply = await desk.send(student.number, '/me/signature')
      return reply.json<{ asked: Asked | null }>().asked
    },
    async look(student, who = here) {
      const { place: _, ...beside } = lies(student)
      const reply = await desk.send(who, '/desk/look-up', { scan: null, beside })
      return reply.json<{ signing: (Asked & { place: string }) | null }>().signing
    },
  }
}
