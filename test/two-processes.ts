import { type Gatehouse, makeGatehouse } from '../src/app/gatehouse.ts'
import type { Making } from '../src/app/making.ts'
import { ensureBundles } from '../src/server/bundles.ts'
import { asBrowser } from './as-browser.ts'
import { openCampus, projectFolder, proofKeys, type TestCampus } from './campus.ts'

/** A campus that two processes of Gatehouse serve, as a university's machines do. */
export interface TwoProcesses {
  campus: TestCampus
  /** The second of the two; the first is the campus's own. */
  other: Gatehouse
  servers: Gatehouse['server'][]
  /** Sends to one of the two, by turns, with a session of its own; what came back. */
  post<Reply extends object>(who: string, path: string, payload: object): Promise<Reply>
  close(): Promise<void>
}

/** One more process of Gatehouse over a campus's database, with keys of its own where they are said. */
export async function openAnother(
  campus: TestCampus,
  keys: Pick<Making, 'proofKeys' | 'paymentPage' | 'kioskKeys'> = { proofKeys },
): Promise<Gatehouse> {
  const bundles = await ensureBundles({ projectFolder, log: () => {} })
  const another = await makeGatehouse({
    ...keys,
    databaseUrl: campus.url,
    bundles,
    demo: true,
    owner: 'other',
    log: () => {},
  })
  asBrowser(another.server)
  return another
}

export async function openTwoProcesses(of: Parameters<typeof openCampus>[0]): Promise<TwoProcesses> {
  const campus = await openCampus(of)
  const other = await openAnother(campus)
  const servers = [campus.gatehouse.server, other.server]
  let sent = 0
  return {
    campus,
    other,
    servers,
    async post<Reply>(who: string, path: string, payload: object) {
      sent += 1
      const reply = await servers[sent % 2]!.inject({
        method: 'POST',
        url: `/api/v1${path}`,
        payload,
        headers: { cookie: await campus.signIn(who), 'accept-language': 'en' },
      })
      return reply.json<Reply>()
    },
    async close() {
      await other.close()
      await campus.close()
    },
  }
}
