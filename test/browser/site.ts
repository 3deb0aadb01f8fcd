import { openCampus, type TestCampus } from '../campus.ts'
import { closeBrowser, type Look, openPage, type Visit } from './chromium.ts'

/** The campus to try at an address of its own, for the pages of one test file. */
export interface Site {
  campus: TestCampus
  origin: string
  /** A visitor who is signed in as somebody: a student by number, or one of the staff by id; in English unless asked. */
  as(who: string, look?: Look): Promise<Visit>
  /** Ends the browser, then the campus. */
  close(): Promise<void>
}

/** Opens the campus to try, as `openCampus` does, and listens: call it in `beforeAll`, and `close` in `afterAll`. */
export async function openSite(options: Parameters<typeof openCampus>[0]): Promise<Site> {
  const campus = await openCampus(options)
  const origin = await campus.gatehouse.server.listen({ host: '127.0.0.1', port: 0 })
  return {
    campus,
    origin,
    async as(who, look = {}) {
      const visit = await openPage({ language: 'en', ...look, origin })
      const [name = '', value = ''] = (await campus.signIn(who)).split('=')
      await visit.context.addCookies([{ name, value, url: origin }])
      return visit
    },
    async close() {
      await closeBrowser()
      await campus.close()
    },
  }
}
