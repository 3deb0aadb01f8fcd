import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import type { Language } from '../lib/words.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { type Change, differenceBetween } from './difference.ts'
import { asksSecondPerson } from './may-publish.ts'
import { nameOf } from './name-of.ts'
import type { Looked } from './publish.ts'
import { publishWords } from './publish-words.ts'
import { sayInParts } from './read.ts'
import { sayChange } from './say-difference.ts'
import { type Programme, ProgrammeShape } from './shape.ts'
import type { VersionRow } from './store.ts'

/** A published version. */
export const VersionReply = Type.Object({
  version: Type.Integer(),
  programme: Type.String({ description: 'The programme’s id' }),
  replaces: orNull(Type.Integer({ description: 'The version whose place it took; null for the first' })),
  publishedAt: Moment,
  publishedBy: Type.String({ description: 'An account of the staff, or "set-up"' }),
  publisher: orNull(
    Type.Object(
      { 'zh-TW': Type.String(), en: Type.String() },
      { description: 'Their name; null: Gatehouse' },
    ),
  ),
  proposal: orNull(
    Type.Object(
      { id: Type.Integer(), at: Moment, by: Both, note: Type.String() },
      {
        description:
          'Who proposed what the publisher, as the second person, confirmed; null: one published it',
      },
    ),
  ),
})
export type VersionReply = Type.Static<typeof VersionReply>

export const versionReply = (row: VersionRow): VersionReply => ({
  version: row.version,
  programme: row.programmeId,
  replaces: row.replaces,
  publishedAt: row.publishedAt.toString(),
  publishedBy: row.publishedBy,
  publisher: row.nameZh !== null && row.nameEn !== null ? both(row.nameZh, row.nameEn) : null,
  proposal: row.proposal && { ...row.proposal, at: Temporal.Instant.from(row.proposal.at).toString() },
})

/** So many changes are listed at most; the count is of all. */
export const changesShownAtMost = 300

const Problem = Type.Object({
  line: Type.Integer({ description: 'Counted from 1' }),
  path: Type.String({ description: 'A JSON pointer; empty for the whole document' }),
  rule: Type.String(),
  missing: Type.Optional(Type.String({ description: 'The name of the field that is not there' })),
  wrong: Type.String(),
  cure: Type.String({ description: 'What to do' }),
})

const ChangeReply = Type.Object({
  path: Type.String({ description: 'A JSON pointer in which items of a list are named by their id' }),
  kind: Type.Enum(['added', 'removed', 'changed', 'moved']),
  where: Type.String({ description: 'The same in words' }),
  before: orNull(Type.String()),
  after: orNull(Type.String()),
})

const Brings = Type.Object({
  endsEarlier: Type.Integer({ description: 'People whose campus access would end earlier' }),
  endsLater: Type.Integer({ description: 'People whose campus access would end later' }),
  moves: Type.Array(
    Type.Object({
      edition: Type.String(),
      editionName: Type.String(),
      from: orNull(Moment),
      to: orNull(Moment),
      people: Type.Integer(),
      earlier: Type.Boolean(),
    }),
    { description: 'By edition: when campus access ends now, and when it would; null: not by the deadline' },
  ),
  changeFaculty: Type.Integer({ description: 'People whose department would belong to another faculty' }),
  promisesBroken: Type.Integer({
    description: 'People whose promise the new timetable would not keep; publishing is then refused',
  }),
  doorsLearnFrom: Moment,
  doorsLearnBy: Moment,
})

/** Two published versions and what differs between them. */
export const DifferenceReply = Type.Object({
  from: VersionReply,
  to: VersionReply,
  changeCount: Type.Integer(),
  changes: Type.Array(ChangeReply, { description: `At most ${changesShownAtMost}` }),
})
export type DifferenceReply = Type.Static<typeof DifferenceReply>

interface WithProgramme {
  row: VersionRow
  programme: Programme
}

const fields = Object.keys(ProgrammeShape.properties)
const placeOf = ({ path: [field] }: Change): number => fields.indexOf(String(field))

/** What differs from one version to another, in the reader's language. */
export function differenceReply(from: WithProgramme, to: WithProgramme, language: Language): DifferenceReply {
  // A database keeps an object's fields in an order of its own: they are told in the order in which they are written.
  const changes = differenceBetween(from.programme, to.programme).toSorted((a, b) => placeOf(a) - placeOf(b))
  const said = { before: from.programme, after: to.programme, language }
  return {
    from: versionReply(from.row),
    to: versionReply(to.row),
    changeCount: changes.length,
    changes: changes.slice(0, changesShownAtMost).map(change => sayChange(change, said)),
  }
}

export const CheckReply = Type.Object({
  comparedWith: orNull(Type.Integer({ description: 'The version in force; null: none is yet' })),
  seal: orNull(Type.String({ description: 'Names this text and that version; publishing asks for it' })),
  secondPerson: Type.Boolean({ description: 'Whether another officer than who proposes it publishes it' }),
  problems: Type.Array(Problem),
  changeCount: Type.Integer(),
  changes: Type.Array(ChangeReply, { description: `At most ${changesShownAtMost}` }),
  brings: orNull(Brings),
  refusals: Type.Array(Type.Object({ refusal: Type.String(), message: Type.String() }), {
    description: 'Why publishing it would be refused now, in the order in which refusals are told',
  }),
})
export type CheckReply = Type.Static<typeof CheckReply>

/** What was found in a text, in the reader's language. */
export function checkReply(looked: Looked, language: Language): CheckReply {
  const comparedWith = looked.inForce?.version ?? null
  const secondPerson = looked.inForce !== null && asksSecondPerson(looked.inForce.programme)
  if (!looked.ok) {
    const problems = looked.problems.map(problem => ({
      line: problem.line,
      path: problem.path,
      rule: problem.rule,
      ...(problem.rule === 'field-missing' ? { missing: String(problem.facts.name) } : {}),
      ...sayInParts(problem, language),
    }))
    return {
      comparedWith,
      seal: null,
      secondPerson,
      problems,
      changeCount: 0,
      changes: [],
      brings: null,
      refusals: [],
    }
  }
  const { programme, seal, changes, brings, refusals } = looked
  const said = { before: looked.inForce?.programme ?? null, after: programme, language }
  const editions = [...programme.editions, ...(looked.inForce?.programme.editions ?? [])]
  return {
    comparedWith,
    seal,
    secondPerson,
    problems: [],
    changeCount: changes.length,
    changes: changes.slice(0, changesShownAtMost).map(change => sayChange(change, said)),
    brings: {
      endsEarlier: brings.endsEarlier,
      endsLater: brings.endsLater,
      moves: brings.moves.map(move => ({
        ...move,
        editionName: nameOf(editions, move.edition)[language],
        from: move.from?.toString() ?? null,
        to: move.to?.toString() ?? null,
      })),
      changeFaculty: brings.changeFaculty,
      promisesBroken: brings.promisesBroken,
      doorsLearnFrom: brings.window.startsAt.toString(),
      doorsLearnBy: brings.window.endsBy.toString(),
    },
    refusals: refusals.map(({ refusal, facts }) => ({
      refusal,
      message: publishWords[language][refusal](facts),
    })),
  }
}
