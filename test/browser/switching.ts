import { expect } from 'vitest'
import type { TestCampus } from '../campus.ts'
import { collect, type Student } from '../people.ts'

/** A student with an old card collects the new one and activates it. */
export async function switches(campus: TestCampus, student: Student) {
  expect(await collect(campus, student)).toMatchObject({ ok: true })
  const answer = await campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/me/card/activation',
    headers: { cookie: await campus.signIn(student.number) },
    payload: { lastDigits: student.digits },
  })
  expect(answer.statusCode).toBe(200)
}
