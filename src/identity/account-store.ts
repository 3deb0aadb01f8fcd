import type { Act } from '../server/register.ts'
import type { Accounts } from './api.ts'
import { mayChange } from './rules.ts'

/** Accounts that one answer lists. */
const mostListed = 100

interface Row {
  id: string
  nameZh: string
  nameEn: string
  endedAt: Temporal.Instant | null
  signsIn: boolean
  roles: Accounts['accounts'][number]['roles'] | null
}

const accountsSql = `
  select s.id, s.name_zh as "nameZh", s.name_en as "nameEn", s.ended_at as "endedAt",
    s.provider_subject is not null as "signsIn",
    (select jsonb_agg(jsonb_build_object('id', r.id, 'role', r.role, 'counter', r.counter, 'buildings', r.buildings,
      'doors', r.doors, 'fromProvider', r.from_provider) order by r.id) from staff_role r where r.staff_id = s.id) as roles
  from staff s
  where s.id > $1 and ($2 = '' or s.id ilike '%' || $2 || '%' or s.name_zh ilike '%' || $2 || '%' or s.name_en ilike '%' || $2 || '%')
  order by s.id limit $3`

/** The accounts after an id, those whose id or name has a text in it; an empty one finds all. */
export async function accountsNow(
  act: Act,
  { after, named }: { after: string; named: string },
): Promise<Accounts> {
  const literal = named.replaceAll(/[\\%_]/g, '\\$&')
  const rows = await act.statement<Row>('accounts_now', accountsSql, [after, literal, mostListed + 1])
  return {
    accounts: rows.slice(0, mostListed).map(({ nameZh, nameEn, endedAt, roles, ...row }) => ({
      ...row,
      name: { 'zh-TW': nameZh, en: nameEn },
      endedAt: endedAt?.toString() ?? null,
      mayChange: mayChange(act.actor.id, row.id).ok,
      roles: roles ?? [],
    })),
    more: rows.length > mostListed,
  }
}
