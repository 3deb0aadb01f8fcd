import { describe, expect, it } from 'vitest'
import { answerTo, openSchema } from './schema-trial.ts'

/* What the database holds of drafts and of the second person, whatever the program does. */

openSchema()

const staff = `insert into staff values ('a', '甲', 'A'), ('b', '乙', 'B');
  insert into programme_draft (id, name, source, begun_at, begun_by, kept_at, kept_by)
  overriding system value values (1, 'x', '', '2023-09-01', 'a', '2023-09-01', 'a');`
const proposal = (id: number, answer = 'null, null, null, null') => `
  insert into programme_proposal (id, draft_id, source, seal, proposed_at, proposed_by, answer, answered_at, answered_by, reason)
  overriding system value values (${id}, 1, '', 's', '2023-09-02', 'a', ${answer});`
const version = (
  id: number,
  of: { by: string; replaces: number | null; asks: boolean | null; proposal?: number },
) => `
  insert into programme_version (version, programme_id, document, source, published_at, published_by, replaces, replaced_asks, proposal_id)
  overriding system value
  values (${id}, 'x', '{}', '', '2023-09-03', '${of.by}', ${of.replaces}, ${of.asks}, ${of.proposal ?? null});`
const first = version(1, { by: 'set-up', replaces: null, asks: null })
const published = `'published', '2023-09-03', 'b', null`

describe('what the database refuses of drafts', () => {
  it.each([
    [
      'who proposed it publishes it',
      proposal(1, `'published', '2023-09-03', 'a', null`),
      'check programme_proposal_other_person',
    ],
    [
      'who proposed it declines it',
      proposal(1, `'declined', '2023-09-03', 'a', 'no'`),
      'check programme_proposal_other_person',
    ],
    [
      'somebody else takes it back',
      proposal(1, `'withdrawn', '2023-09-03', 'b', null`),
      'check programme_proposal_other_person',
    ],
    [
      'a proposal declined without a reason',
      proposal(1, `'declined', '2023-09-03', 'b', null`),
      'check programme_proposal_reason',
    ],
    ['two open proposals of a draft', proposal(1) + proposal(2), 'unique one_open_proposal'],
    [
      'a version that one published alone in place of one that asks for two',
      first + version(2, { by: 'a', replaces: 1, asks: true }),
      'check programme_second_person',
    ],
    [
      'a version that says of the one before that one is enough',
      first + version(2, { by: 'a', replaces: 1, asks: false }),
      'foreign key programme_replaced',
    ],
    [
      'a version that says nothing of the one before',
      first + version(2, { by: 'a', replaces: 1, asks: null }),
      'foreign key programme_replaced',
    ],
    [
      'a version of a proposal that nobody answered',
      first + proposal(1) + version(2, { by: 'b', replaces: 1, asks: true, proposal: 1 }),
      'foreign key programme_version_proposal_id_published_by_fkey',
    ],
    [
      'a version published by somebody else than who answered',
      first + proposal(1, published) + version(2, { by: 'a', replaces: 1, asks: true, proposal: 1 }),
      'foreign key programme_version_proposal_id_published_by_fkey',
    ],
  ])('%s', async (_, text, answer) => {
    expect(await answerTo(staff + text)).toContain(answer)
  })

  it('and what two officers did is taken', async () => {
    const right =
      first + proposal(1, published) + version(2, { by: 'b', replaces: 1, asks: true, proposal: 1 })
    expect(await answerTo(staff + right)).toBe('fine')
  })
})
