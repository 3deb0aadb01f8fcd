import { describe, expect, it } from 'vitest'
import { answerTo, openSchema } from './schema-trial.ts'

/*
 * What the database refuses of pauses, loss reports and files for the issuer, whatever the program does; like
 * test/schema-refuses.test.ts.
 */

openSchema()

const pause = (during: string, { card = 12, person = 2, resumed = 'null' } = {}): string =>
  `insert into access_pause (card_id, person_id, during, paused_by, resumed_by)
   values (${card}, ${person}, '${during}', 'student:1', ${resumed})`

/** A report of card 12 with other columns than the usual ones. */
const report = (columns: Record<string, string> = {}): string => {
  const all = {
    at: `'2023-10-18 10:00'`,
    send_at: `'2023-10-18 12:00'`,
    reported_by: `'student:1'`,
    ...columns,
  }
  return `insert into loss_report (card_id, person_id, ${Object.keys(all).join(', ')})
    values (12, 2, ${Object.values(all).join(', ')})`
}
const sent = { sent_at: `'2023-10-18 12:00'` }
const ended = (as: string) => ({
  ended_at: `'2023-10-18 13:00'`,
  ended_by: `'student:1'`,
  ended_as: `'${as}'`,
})
const file = (columns: string, values: string): string =>
  `insert into issuer_file (made_at, made_by, content, ${columns}) values ('2023-10-18', 'system', 'x', ${values})`

describe('what the database refuses', () => {
  it.each([
    ['nothing of a pause that goes on', pause('[2023-10-18,)'), 'fine'],
    [
      'two pauses of a card at a time',
      `${pause('[2023-10-18,)')}; ${pause('[2023-10-19,2023-10-20)', { resumed: `'desk:a'` })}`,
      'exclusion access_pause_card_id_during_excl',
    ],
    ['a pause that ended by nobody', pause('[2023-10-18,2023-10-19)'), 'check access_pause_check'],
    [
      'one that goes on and was ended',
      pause('[2023-10-18,)', { resumed: `'desk:a'` }),
      'check access_pause_check',
    ],
    ['a pause of no time', pause('empty', { resumed: `'desk:a'` }), 'check access_pause_during_check'],
    [
      'a pause of somebody else’s card',
      pause('[2023-10-18,)', { person: 1 }),
      'foreign key access_pause_card_id_person_id_fkey',
    ],
    ['nothing of a report', report(), 'fine'],
    ['a second report that stands', `${report()}; ${report()}`, 'unique one_loss_a_card'],
    [
      'nothing of a second one after the first was taken back',
      `${report(ended('withdrawn'))}; ${report()}`,
      'fine',
    ],
    ['a report sent before its time', report({ sent_at: `'2023-10-18 11:59'` }), 'check loss_report_check2'],
    [
      'one put off to before it was made',
      report({ put_off_to: `'2023-10-18 09:00'` }),
      'check loss_report_check',
    ],
    [
      'one taken back after it was sent',
      report({ ...sent, ...ended('withdrawn') }),
      'check loss_report_check6',
    ],
    ['one found that was never sent', report(ended('found')), 'check loss_report_check6'],
    [
      'a receipt of what was not sent',
      report({ received_at: `'2023-10-18 12:30'` }),
      'check loss_answered_once',
    ],
    [
      'one that the issuer received and did not take',
      report({ ...sent, received_at: `'2023-10-18 12:30'`, refused_because: `'unknown'` }),
      'check loss_answered_once',
    ],
    ['a reason for what was not sent', report({ refused_because: `'unknown'` }), 'check loss_answered_once'],
    ['a file of another kind', file('kind', `'tax'`), 'check issuer_file_kind_check'],
    [
      'an answer by nobody',
      file('kind, answer, answered_at', `'loss', 'x', '2023-10-19'`),
      'check issuer_file_check1',
    ],
  ])('%s', async (_, text, answer) => {
    expect(await answerTo(text)).toBe(answer)
  })
})
