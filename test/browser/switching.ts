import { expect } from 'vitest'
import { handOver } from '../../src/handover/hand-over.ts'
import type { TestCampus } from '../campus.ts'
import type { Student } from '../people.ts'

/** A student with an old card collects the new one and activates it. */
export async function switches(campus: TestCampus, { number, old, new: chip, digits }: Student) {
  const desk = { kind: 'desk', id: 'desk-csie', counter: 'dept-csie' } as const
  const handed = await campus.gatehouse.register.act(desk, act =>
    handOver(
      act,
      {
        studentNumber: number,
        chip,
        evidence: [{ kind: 'old-card', chip: old }],
        signature: { manner: 'witnessed', picture: '', language: 'en' },
      },
      Buffer.alloc(32, 9),
    ),
  )
  expect(handed).toEqual(expect.objectContaining({ ok: true }))
  const answer = await campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/me/card/activation',
    headers: { cookie: await campus.signIn(number) },
    payload: { lastDigits: digits },
  })
  expect(answer.statusCode).toBe(200)
}
