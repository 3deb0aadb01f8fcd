import { sayWhoActs } from '../server/acting.ts'
import type { Database } from '../server/database.ts'

/** What there is of an installation that is no demo. */
export interface Begun {
  /** Whether a programme is in force. */
  programme: boolean
  /** How many of the staff are recorded. */
  staff: number
  /** Whether there is a provider to sign in at. */
  provider: boolean
}

/** What an installation still lacks before anybody can work with it, for its log: a sentence each, in the order of the doing. */
export function stillToDo({ programme, staff, provider }: Begun): string[] {
  const as = 'docs/setting-up.md says how'
  return [
    ...(staff === 0 ? [`Nobody of the staff is recorded yet, so nobody can do anything here: ${as}.`] : []),
    ...(programme ? [] : [`No programme is published yet, so nobody can collect or activate: ${as}.`]),
    ...(provider
      ? []
      : [`No sign-in of the university is configured yet, so only emergency codes let somebody in: ${as}.`]),
  ]
}

/** Reads what there is of an installation. */
export async function whatIsThere(database: Database): Promise<Omit<Begun, 'provider'>> {
  const { programme, staff } = await database.transaction(async trx => {
    await sayWhoActs(trx, { kind: 'system', id: 'start' })
    return trx.db
      .selectNoFrom(eb => [
        eb.exists(eb.selectFrom('programme_version').select('version')).as('programme'),
        eb
          .selectFrom('staff')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .as('staff'),
      ])
      .executeTakeFirstOrThrow()
  })
  return { programme: Boolean(programme), staff: Number(staff) }
}
