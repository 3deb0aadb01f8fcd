import { expect } from 'vitest'
import type { TestCampus } from '../../test/campus.ts'
import { recomputeAccess } from '../access/recompute.ts'
import type { Act } from '../server/register.ts'

class Undo extends Error {}

/** How much a full recomputation of everybody would still change: nothing, if only the right people were looked at. */
export async function stillToDo(campus: TestCampus): Promise<number> {
  const count = async (act: Act) =>
    (
      await act.statement<{ rows: number }>(
        'test_rows',
        `select count(*) as rows from wanted where decided_at = $1`,
        [act.now],
      )
    )[0]!.rows
  const all = await campus.owner.db.selectFrom('person').select('id').orderBy('id').execute()
  let rows = -1
  const undone = campus.gatehouse.register.act({ kind: 'system', id: 'test' }, async act => {
    await recomputeAccess(
      act,
      all.map(({ id }) => id),
    )
    rows = await count(act)
    throw new Undo()
  })
  await expect(undone).rejects.toThrow(Undo)
  return rows
}
