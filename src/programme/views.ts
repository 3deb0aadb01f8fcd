import type { Act } from '../server/register.ts'

const countSql = `
  insert into page_view (page, on_date) values ($1, $2)
  on conflict (page, on_date) do update set views = page_view.views + 1`
const viewsSql = 'select coalesce(sum(views), 0)::bigint as views from page_view where page = $1'

/** How often a public page was read in all; looking at the count is no reading. */
export async function viewsOf(act: Act, page: string): Promise<number> {
  const [row] = await act.statement<{ views: number }>('views_of_page', viewsSql, [page])
  return row!.views
}

/** Counts one more reading of a public page, and says how often it was read in all. Nobody is followed. */
export async function countView(act: Act, page: string, on: Temporal.PlainDate): Promise<number> {
  await act.statement('count_view', countSql, [page, on])
  return viewsOf(act, page)
}
