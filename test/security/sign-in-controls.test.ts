import { readdir } from 'node:fs/promises'
import { expect, inject, it } from 'vitest'
import { breakWith, copyProject } from '../project-copy.ts'

/*
 * The attacks on signing in, on tokens of other programs, and on what is inside through addresses of push services, are only
 * worth as much as they can succeed: each patch takes one wall away in a copy of the project, and the attack named here must
 * then be seen to get through.
 */
const attacks = 'test/security/sign-in-attacks.test.ts'
const tokens = 'test/security/tokens.test.ts'
const breaks = [
  {
    patch: 'sign-in-in-any-browser.patch',
    file: attacks,
    fails: 'in another browser (login CSRF): nobody is in there, and who began can still go on',
  },
  { patch: 'sign-in-late.patch', file: attacks, fails: 'after ten minutes: nobody is in' },
  {
    patch: 'sign-in-unsigned.patch',
    file: attacks,
    fails: 'signed by a stranger under the provider’s key id: nobody is in',
  },
  {
    patch: 'sign-in-leads-anywhere.patch',
    file: attacks,
    fails: '"https://evil.example/" leads to "/staff"',
  },
  {
    patch: 'sign-in-beside-the-old-session.patch',
    file: attacks,
    fails: 'a session that was there before is over: nobody puts theirs under somebody else (fixation)',
  },
  {
    patch: 'sign-in-groups-stay.patch',
    file: 'src/identity/sign-in.test.ts',
    fails: 'a group that is gone takes its role at the next sign-in, and the sessions in it',
  },
  { patch: 'token-of-any-audience.patch', file: tokens, fails: 'was given for another API' },
  {
    patch: 'push-to-any-address.patch',
    file: 'test/security/addresses.test.ts',
    fails: 'whose allowed name leads to 127.0.0.2: no connection is opened',
  },
  { patch: 'token-without-scope.patch', file: tokens, fails: 'does no more than its scopes say' },
] as const

it('every patch is listed, and every listed patch is there', async () => {
  const files = (await readdir(new URL('breaks/', import.meta.url))).filter(name =>
    /^(sign-in|token|push)-.+\.patch$/.test(name),
  )
  expect(files.toSorted()).toEqual(breaks.map(each => each.patch).toSorted())
})

it.each(breaks)('with $patch this fails: $fails', { timeout: 300_000 }, async ({ patch, file, fails }) => {
  const copy = await copyProject()
  try {
    await breakWith(copy.folder, new URL(`breaks/${patch}`, import.meta.url))
    const env = { DATABASE_URL_TEST: inject('databaseUrl') }
    const { passed, failed } = await copy.test('gatehouse', { file, env })
    expect(failed).toContain(fails)
    // One wall is gone, not the whole house: otherwise it would prove nothing.
    expect(passed.length).toBeGreaterThan(8)
  } finally {
    await copy.remove()
  }
})
