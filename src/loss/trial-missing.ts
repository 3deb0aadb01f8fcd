import type { TestCampus } from '../../test/campus.ts'
import { freshmanOf } from '../../test/people.ts'
import { call } from '../access/trial.ts'
import type { Missing } from './missing-shape.ts'

/** What tests of missing cards ask of a campus, over HTTP and of its database. */
export type MissingTrial = ReturnType<typeof missingTrial>

/** A campus whose freshmen miss their cards. */
export function missingTrial(campus: TestCampus) {
  const post = (who: string, path: string, body: object, key?: string) =>
    call(campus, 'POST', path, body, { who, ...(key && { key }) })
  return {
    post,
    own: (who: string, act: string, body: object, key?: string) => post(who, `/me/card/${act}`, body, key),
    async missing(who: string): Promise<Missing> {
      return (await call(campus, 'GET', '/me/card/missing', undefined, { who })).body as unknown as Missing
    },
    /** A freshman whose card is activated. */
    async active(number: string) {
      const who = await freshmanOf(campus, number)
      const done = await post(number, '/me/card/activation', { lastDigits: who.lastDigits })
      if (done.status !== 200) throw new Error(`not activated: ${done.body.refusal}`)
      return { ...who, card: { personId: who.personId, cardId: who.cardId } }
    },
    /** The kinds of messages that somebody got, in their order. */
    async messagesOf(personId: number): Promise<string[]> {
      const { rows } = await campus.owner.pool.query<{ kind: string }>(
        'select kind from message where person_id = $1 order by id',
        [personId],
      )
      return rows.map(({ kind }) => kind)
    },
    /** What was noted of somebody, the newest first. */
    async actsOf(personId: number) {
      const { rows } = await campus.owner.pool.query<{ act: string; actor: string; facts: object }>(
        'select act, actor, facts from journal where person_id = $1 order by id desc',
        [personId],
      )
      return rows
    },
  }
}
