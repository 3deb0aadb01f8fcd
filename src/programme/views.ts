import type { Act } from '../server/register.ts'

const viewsSql = 'select coalesce(sum(views), 0)::bigint as views from page_view where page = $1'

/** How often a public page was read in all; looking at the count is no reading. */
export async function viewsOf(act: Act, page: string): Promise<number> {
  const [row] = await act.statement<{ views: number }>('views_of_page', viewsSql, [page])
  return row!.views
}
