import { type Decision, yes } from '../lib/decision.ts'
import { type Act, actorName } from '../server/register.ts'
import { type AskRefusal, mayAskSurvey } from './rules.ts'

// A reading that is under way and a second one asked for at the same moment: the database lets one be.
const askSql = `
  insert into controller_survey (controller_id, asked_at, asked_by)
  select id, $2, $3 from unnest($1::bigint[]) id
  on conflict (controller_id) where ended_at is null do nothing
  returning controller_id as id`

const factsSql = `
  select c.id, exists (select from controller_survey s where s.controller_id = c.id and s.ended_at is null) as reading
  from controller c where c.id = any($1::bigint[])`

/**
 * Asks for the whole card list of some controllers to be read. Whoever holds their lanes reads them, after everything
 * else that is due there.
 */
export async function askSurvey(
  act: Act,
  controllers: readonly number[],
): Promise<Decision<{ asked: number }, AskRefusal>> {
  const asked = [...new Set(controllers)]
  const rows = await act.statement<{ id: number; reading: boolean }>('survey_facts', factsSql, [asked])
  const decision = mayAskSurvey({
    asked,
    known: rows.map(row => row.id),
    reading: rows.filter(row => row.reading).map(row => row.id),
  })
  if (!decision.ok) return decision
  const { toRead } = decision
  const made = await act.statement<{ id: number }>('ask_survey', askSql, [
    toRead,
    act.now,
    actorName(act.actor),
  ])
  await act.note(...made.map(({ id }) => ({ act: 'card list asked for', facts: { controller: id } })))
  return yes({ asked: made.length })
}
