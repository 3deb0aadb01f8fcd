import type { FileSettings } from '../access/file-settings.ts'
import { unwritableNames } from '../access/unwritable.ts'
import { openCases } from '../refund/late-refunds.ts'
import type { Act } from '../server/register.ts'
import type { Decided } from './decided.ts'
import { factsValues } from './facts-sql.ts'
import { overviewOf } from './rules.ts'

interface FileSystem {
  id: number
  settings: FileSettings
  zh: string
  en: string
}

const systemsSql = `
  select id, settings, building_zh as zh, building_en as en from controller where settings is not null order by id`

/** Whose names some other access system's files cannot write, and in which buildings. */
async function unwritable(act: Act) {
  const found = new Map<number, { 'zh-TW': string; en: string }[]>()
  for (const { id, settings, zh, en } of await act.statement<FileSystem>('overview_systems', systemsSql, []))
    for (const person of await unwritableNames(act, id, settings))
      found.set(person.id, [...(found.get(person.id) ?? []), { 'zh-TW': zh, en }])
  return [...found].map(([personId, building]) => ({ personId, building }))
}

/** Refunds that the issuer should have paid by now; since the day by which it should have. */
async function lateRefunds(act: Act, { programme, today }: Decided) {
  const late = (await openCases(act, programme, today)).filter(each => each.late)
  return late.map(({ personId, by }) => ({
    personId,
    since: by?.add({ days: 1 }).toZonedDateTime(programme.campus.zone).toInstant().toString() ?? null,
  }))
}

/** The parameters of the lists: those of `factsSql`, then those of `givenSql`. */
export async function listValues(act: Act, decided: Decided): Promise<unknown[]> {
  const { notActivatedDays, notMadeDays, pausedDays } = overviewOf(decided.programme)
  const before = (days: number) => act.now.subtract({ hours: 24 * days })
  const told = { 'refund-late': await lateRefunds(act, decided), 'unwritable-name': await unwritable(act) }
  return [
    ...factsValues(act, decided),
    JSON.stringify(told),
    before(notActivatedDays),
    before(notMadeDays),
    before(pausedDays),
  ]
}
