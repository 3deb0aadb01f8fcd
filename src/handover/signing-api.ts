import { Type } from 'typebox'
import { RowId } from '../server/ids.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { Drawn, Said, Typed } from './desk-api.ts'

const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

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
