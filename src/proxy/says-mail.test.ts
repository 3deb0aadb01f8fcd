import { expect, it } from 'vitest'
import { openCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'

const { number } = people.aEarly
const typed = { name: 'Example Proxy', email: 'proxy@example.org', language: 'en' }

/* The code is mailed where a mail server is configured; elsewhere nobody is promised a letter, nor asked for an address. */
it.each([
  [true, 'Their e-mail address', 'The code is mailed to proxy@example.org.'],
  [false, 'No e-mail is sent from here at present', 'No e-mail is sent from here at present'],
])('with a mail server: %s', { timeout: 60_000 }, async (mails, form, live) => {
  const campus = await openCampus({ from: '2023-10-18T11:00', mails })
  const headers = { cookie: await campus.signIn(number), 'accept-language': 'en' }
  const ask = (url: string) => campus.gatehouse.server.inject({ url, headers })
  const send = (payload: object) =>
    campus.gatehouse.server.inject({ method: 'POST', url: '/my-card/proxy', headers, payload })

  const asked = (await ask('/my-card/proxy')).body
  expect(asked).toContain(form)
  expect(asked.includes('name="email"')).toBe(mails)
  expect(asked.includes('We write to them in')).toBe(mails)
  const { email, ...noAddress } = typed
  expect((await send(mails ? { ...noAddress, email } : noAddress)).statusCode).toBe(303)
  const named = (await ask('/my-card/proxy')).body
  expect(named).toContain(live)
  expect(named.includes('is mailed')).toBe(mails)
  expect(named).toMatch(/GHP(-[0-9A-Z]{4}){3}/)
  expect((await ask('/api/v1/me/proxy')).json()).toMatchObject({ mails })
  await campus.close()
})
