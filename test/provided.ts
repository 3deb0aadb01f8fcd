import { createServer } from 'node:net'
import { type Gatehouse, makeGatehouse } from '../src/app/gatehouse.ts'
import type { ClaimReading } from '../src/identity/shape.ts'
import { ensureBundles } from '../src/server/bundles.ts'
import { ownPage } from './as-browser.ts'
import { openCampus, projectFolder, proofKeys, type TestCampus } from './campus.ts'
import { apiAudience, CookieJar, gatehouseClient, openProvider, type Provider } from './provider.ts'

/** What the groups of the tests' provider mean in the campus to try. */
export const campusReading: ClaimReading = {
  account: 'preferred_username',
  nameZh: 'name',
  nameEn: 'name',
  email: 'email',
  student: 'student_number',
  rules: [
    { claim: 'groups', value: 'card-desk-csie', role: 'desk', counter: 'dept-csie' },
    { claim: 'groups', value: 'card-desk-math', role: 'desk', counter: 'dept-math' },
    { claim: 'groups', value: 'card-office', role: 'office' },
    { claim: 'groups', value: 'door-access', role: 'access' },
    { claim: 'groups', value: 'door-access-library', role: 'access', buildings: ['圖書館總館'] },
    { claim: 'groups', value: 'systems-lab-keepers', role: 'owner', doors: ['csie-systems-lab'] },
    { claim: 'groups', value: 'cashiers', role: 'cashier' },
    { claim: 'groups', value: 'internal-audit', role: 'auditor' },
    { claim: 'groups', value: 'gatehouse-admins', role: 'admin' },
  ],
}

/** The answer of a page, as a browser without scripts has it. */
export interface Seen {
  status: number
  location: string | null
  html: string
}

/** One browser: its cookies at Gatehouse and at the provider. */
export interface Browser {
  atProvider: CookieJar
  atGatehouse: CookieJar
  get(path: string): Promise<Seen>
  post(path: string, form?: Record<string, string>): Promise<Seen>
  /** The token of its session; undefined where it has none. */
  token(): string | undefined
}

/** The campus to try, where people sign in at the tests' provider. */
export interface Provided {
  campus: TestCampus
  provider: Provider
  /** Our own address. */
  origin: string
  /** What was written into the log. */
  log: string[]
  browser(): Browser
  /** Signs somebody in, all the way; the last answer of ours, and the browser. */
  signIn(username: string, browser?: Browser): Promise<Seen & { browser: Browser }>
  /** Another process of the same installation, which has asked the provider nothing yet; it does not listen. */
  another(): Promise<Gatehouse>
  /** Says what groups mean, as an administrator does. */
  read(reading: ClaimReading): Promise<void>
  close(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}

/**
 * Opens the campus to try with a real provider beside it; both listen on loopback. `from` is when, and `prepare` is done before it
 * listens.
 */
export async function openProvided(
  options: {
    keysRestMs?: number
    doors?: string
    from?: string
    prepare?: (campus: TestCampus) => Promise<void>
  } = {},
): Promise<Provided> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const provider = await openProvider(origin)
  const log: string[] = []
  const settings = {
    issuer: new URL(provider.issuer),
    clientId: gatehouseClient.id,
    clientSecret: gatehouseClient.secret,
    scope: 'openid profile email university',
    audience: apiAudience,
    skewSeconds: 60,
  }
  const campus = await openCampus({
    ...(options.doors !== undefined && { doors: options.doors }),
    ...(options.from !== undefined && { from: options.from }),
    provider: {
      settings,
      pages: origin,
      log: line => log.push(line),
      ...(options.keysRestMs !== undefined && { keysRestMs: options.keysRestMs }),
    },
  })
  await options.prepare?.(campus)
  await campus.gatehouse.server.listen({ host: '127.0.0.1', port })

  const read = async (reading: ClaimReading) => {
    await campus.owner.db
      .insertInto('claim_reading')
      .values({ reading: JSON.stringify(reading), kept_at: campus.owner.db.fn('raw_now'), kept_by: 'set-up' })
      .execute()
  }
  await read(campusReading)

  function browser(): Browser {
    const [atProvider, atGatehouse] = [new CookieJar(), new CookieJar()]
    const visit = async (path: string, form?: Record<string, string>): Promise<Seen> => {
      const response = await fetch(new URL(path, origin), {
        method: form ? 'POST' : 'GET',
        headers: {
          ...(form ? ownPage(atGatehouse.header) : { cookie: atGatehouse.header }),
          accept: 'text/html',
          'accept-language': 'en',
        },
        redirect: 'manual',
        ...(form && { body: new URLSearchParams(form) }),
      })
      atGatehouse.keep(response)
      const { status, headers } = response
      return { status, location: headers.get('location'), html: await response.text() }
    }
    return {
      atProvider,
      atGatehouse,
      get: path => visit(path),
      post: (path, form = {}) => visit(path, form),
      token: () => /(?:^|; )session=([^;]+)/.exec(atGatehouse.header)?.[1],
    }
  }

  return {
    campus,
    provider,
    origin,
    log,
    browser,
    read,
    another: async () =>
      makeGatehouse({
        databaseUrl: campus.url,
        bundles: await ensureBundles({ projectFolder, log: () => {} }),
        proofKeys,
        demo: false,
        provider: settings,
        pages: origin,
        owner: 'another',
        log: line => log.push(line),
      }),
    async signIn(username, own = browser()) {
      const begun = await own.get('/sign-in')
      if (begun.location === null) return { ...begun, browser: own }
      const back = await provider.signIn(username, begun.location, own.atProvider)
      return { ...(await own.get(back)), browser: own }
    },
    async close() {
      await campus.close()
      await provider.close()
    },
  }
}
