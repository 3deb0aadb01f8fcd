import { Type } from 'typebox'
import { RowId } from '../server/ids.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { drawingPattern, longestDrawing } from './drawing.ts'
import { AllShown, Chip, StudentNumber } from './evidence-api.ts'
import { signingPlaces } from './signing-rules.ts'

const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

const language = Type.Enum(['zh-TW', 'en'], { description: 'The language of the sentence that is signed' })

/** A signature by hand: what is no drawing is refused before any rule. */
export const Drawn = {
  manner: Type.Literal('drawn'),
  picture: Type.String({
    pattern: drawingPattern,
    maxLength: longestDrawing,
    description: 'SVG path data of whole points in a field of 600 × 180: M12 40L13 42L…',
  }),
  language,
}
/** A signature by name. */
export const Typed = {
  manner: Type.Literal('typed'),
  picture: Type.String({
    maxLength: 120,
    description: 'The person’s name, as the roster has it; of a proxy, the proxy’s',
  }),
  language,
}
/** A signature without either: the button on one's own phone, or before a clerk who witnesses it. */
export const Said = <Manner extends 'confirmed' | 'witnessed'>(manner: Manner) => ({
  manner: Type.Literal(manner),
  picture: Type.Literal(''),
  language,
})

/** Somebody is asked to sign on their phone, or on the desk's tablet, for what lies on the desk. */
export const AskToSignBody = closed({
  studentNumber: StudentNumber,
  chip: Chip,
  evidence: AllShown,
  place: Type.Enum([...signingPlaces]),
})
export type AskToSignBody = Type.Static<typeof AskToSignBody>

export const AskedToSignReply = Type.Object({
  request: Type.Integer(),
  goodUntil: Type.String({ format: 'date-time' }),
})
export type AskedToSignReply = Type.Static<typeof AskedToSignReply>

const request = RowId
const asked = {
  request: Type.Integer(),
  state: Type.Enum(['asked', 'signed', 'refused']),
  text: Both,
  goodUntil: Moment,
}

/** What a desk asks me to sign on my phone. */
export const MySigning = Type.Object({
  asked: orNull(
    Type.Object({
      ...asked,
      edition: Both,
      counter: Both,
      askedAt: Moment,
    }),
  ),
})
export type MySigning = Type.Static<typeof MySigning>

/** What a desk asks whoever stands before its tablet; nothing of anybody while it asks nothing. */
export const TabletReply = Type.Object({
  clerk: Type.Object({ id: Type.String(), name: Both }, { description: 'At whose desk the tablet lies' }),
  asked: orNull(
    Type.Object({
      ...asked,
      language: Type.Enum(['zh-TW', 'en'], { description: 'In which the signer is spoken to' }),
    }),
  ),
})
export type TabletReply = Type.Static<typeof TabletReply>

/** Before which clerk's desk a tablet is laid: one of the counter; without, that of who lays it. */
export const LayTabletBody = closed({ clerk: Type.Optional(Type.String({ maxLength: 100 })) })
export type LayTabletBody = Type.Static<typeof LayTabletBody>

/** The clerks of a counter, to say before whom a tablet is laid. */
export const ClerksReply = Type.Object({
  clerk: Type.String({ description: 'Who asks' }),
  clerks: Type.Array(Type.Object({ id: Type.String(), name: Both })),
})
export type ClerksReply = Type.Static<typeof ClerksReply>

/** A signature on one's own phone. */
export const MySignatureBody = Type.Union([
  closed({ request, ...Said('confirmed') }),
  closed({ request, ...Typed }),
  closed({ request, ...Drawn }),
])
export type MySignatureBody = Type.Static<typeof MySignatureBody>

/** A signature on a desk's tablet. */
export const TabletSignatureBody = Type.Union([
  closed({ request, ...Said('witnessed') }),
  closed({ request, ...Typed }),
  closed({ request, ...Drawn }),
])
export type TabletSignatureBody = Type.Static<typeof TabletSignatureBody>

export const RefusalBody = closed({ request })

export const SignedReply = Type.Object({ request: Type.Integer(), signed: Type.Boolean() })
export type SignedReply = Type.Static<typeof SignedReply>

export const TabletBegun = Type.Object({ tablet: Type.Boolean() })
