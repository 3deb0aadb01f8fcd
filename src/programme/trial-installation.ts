import { asBrowser } from '../../test/as-browser.ts'
import { projectFolder } from '../../test/campus.ts'
import { freshDatabase } from '../../test/database.ts'
import { employ } from '../../test/staff.ts'
import { moveCampusTo } from '../app/clock.ts'
import { type Gatehouse, makeGatehouse } from '../app/gatehouse.ts'
import { ensureBundles } from '../server/bundles.ts'
import { openDatabase } from '../server/database.ts'
import { beginSession } from '../server/sessions.ts'

/** A new installation that is no demo: the schema, one officer, and nothing else. */
export interface NewInstallation {
  gatehouse: Gatehouse
  /** The officer's session. */
  token: string
  close(): Promise<void>
}

/** Opens an installation on a database of its own, with an officer signed in; now, or at a moment that is said. */
export async function openNewInstallation({ at }: { at?: Temporal.Instant } = {}): Promise<NewInstallation> {
  const fresh = await freshDatabase()
  if (at) {
    const owner = openDatabase(fresh.url, 'owner', { connections: 1 })
    await owner.transaction(trx => moveCampusTo(trx, at))
    await owner.close()
  }
  const gatehouse = await makeGatehouse({
    databaseUrl: fresh.url,
    bundles: await ensureBundles({ projectFolder, log: () => {} }),
    proofKeys: [Buffer.alloc(32, 9)],
    demo: false,
    owner: 'test',
    log: () => {},
  })
  asBrowser(gatehouse.server)
  const officer = { id: 'officer', nameZh: '卡務承辦', nameEn: 'Card Officer', role: 'office' } as const
  await employ(gatehouse.database.db, officer)
  return {
    gatehouse,
    token: (await beginSession(gatehouse.database, { staffId: 'officer' }))!,
    async close() {
      await gatehouse.close()
      await fresh.drop()
    },
  }
}
