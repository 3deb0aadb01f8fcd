import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import type { Programme } from '../programme/shape.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { accountOf, officeOf, purposeOf, readerOf, shownOf } from './looks-said.ts'
import type { LookAtPerson } from './looks-store.ts'

/** A look as the auditor reads it: with the account and the name of who looked. */
export const LookShown = Type.Object({
  id: Type.Integer(),
  at: Moment,
  account: Type.String(),
  name: orNull(Both),
  by: Both,
  what: Both,
  route: orNull(Type.String({ description: 'By which route, as it is declared; null: by a command' })),
  purpose: Both,
  reason: orNull(Type.String({ description: 'What for, as the reader said it' })),
  people: Type.Integer({ description: 'How many people the same answer showed' }),
})

/** Says a look in the words of the programme in force. */
export const lookShown = (look: LookAtPerson, programme: Programme): Type.Static<typeof LookShown> => ({
  id: look.id,
  at: look.at.toString(),
  account: accountOf(look),
  name: readerOf(look),
  by: officeOf(look, programme),
  what: shownOf(look),
  route: look.route,
  purpose: purposeOf(look),
  reason: look.reason,
  people: look.people,
})

/** A look beside the programme in which its counter has a name. */
export type LookWithin = LookAtPerson & { programme: Programme }

/** What a file says of a look, whosever record it was. */
export const lookColumns: readonly ExportColumn<LookWithin>[] = [
  { header: both('時間', 'Time'), moment: row => row.at },
  { header: both('帳號', 'Account'), text: accountOf },
  { header: both('姓名', 'Name'), text: (row, { language }) => readerOf(row)?.[language] ?? null },
  { header: both('單位', 'Office'), text: (row, { language }) => officeOf(row, row.programme)[language] },
  { header: both('看到的內容', 'What was shown'), text: (row, { language }) => shownOf(row)[language] },
  { header: both('經由（API 路徑）', 'By which route'), text: row => row.route },
  { header: both('目的', 'Purpose'), text: (row, { language }) => purposeOf(row)[language] },
  { header: both('查閱者填寫的理由', 'What the reader said'), text: row => row.reason },
  { header: both('同時看到的人數', 'People shown at once'), count: row => row.people },
]
