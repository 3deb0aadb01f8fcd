import { Type } from 'typebox'
import { BothNames, closed, DateOn, Id, many } from './shape-parts.ts'

/** The laws whose notices Gatehouse can give: Taiwan's Personal Data Protection Act, and the GDPR. */
export const privacyLaws = ['pdpa', 'gdpr'] as const
export type PrivacyLaw = (typeof privacyLaws)[number]

const Email = Type.String({ pattern: '^[^\\s@]{1,64}@[^\\s@]{3,250}$' })
const Phone = Type.String({ minLength: 3, maxLength: 40 })

/**
 * What people are told of the use of their data, beside what follows from the settings themselves (PDPA art. 8, GDPR art. 13).
 * Which categories, who reads them and for how long is not written here: the data map and `retention` say so.
 */
export const Privacy = closed({
  laws: many(Type.Enum([...privacyLaws]), privacyLaws.length),
  /** Since when it is so: the day that the notice bears. */
  since: DateOn,
  /** Who answers for the data: the university. */
  controller: BothNames,
  /** Which office people turn to with their rights. */
  rightsOffice: closed({ name: BothNames, address: BothNames, email: Email, phone: Phone }),
  /** The data protection officer; the GDPR asks for one. */
  officer: Type.Optional(closed({ name: BothNames, email: Email, phone: Type.Optional(Phone) })),
  /** What for, on which basis; `code` is the number of the purpose in Taiwan's list, such as 158. */
  purposes: many(
    closed({
      id: Id,
      code: Type.Optional(Type.String({ pattern: '^[0-9]{3}$' })),
      name: BothNames,
      basis: BothNames,
    }),
    20,
  ),
  /** Who outside of the office is given data, and which. */
  recipients: many(closed({ id: Id, name: BothNames, receives: BothNames }), 50, 0),
  /** Where data are kept and used. */
  processedAt: BothNames,
  /** Within how many days the office answers who asks for a correction; 30, the law's own, unless said. */
  correctionDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 })),
  /** Whether people must give their data, and what happens when they do not. */
  ifNotGiven: BothNames,
  /** To whom people may complain; the GDPR asks for it. */
  authority: Type.Optional(
    closed({ name: BothNames, page: Type.String({ pattern: '^https://[^\\s]{4,300}$' }) }),
  ),
})
