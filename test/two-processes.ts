import { type Gatehouse, makeGatehouse } from '../src/app/gatehouse.ts'
import { ensureBundles } from '../src/server/bundles.ts'
import { asBrowser } from './as-browser.ts'
import { openCampus, projectFolder, proofKey, type TestCampus } from './campus.ts'

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

export async function openTwoProcesses(of: Parameters<typeof openCampus>[0]): Promise<TwoProcesses> {
  const campus = await openCampus(of)
  const other = await makeGatehouse({
    databaseUrl: campus.url,
    bundles: await ensureBundles({ projectFolder, log: () => {} }),
    proofKey,
    demo: true,
    owner: 'other',
    log: () => {},
  })
  const servers = [campus.gatehouse.server, asBrowser(other.server)]
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
