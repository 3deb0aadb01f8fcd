import { Type } from 'typebox'

/** A moment, in a reply or a body. */
export const Moment = Type.String({ format: 'date-time', description: 'An instant, UTC, ISO 8601' })

/** Something, or null where there is none. */
export const orNull = <Shape extends Type.TSchema>(shape: Shape) => Type.Union([shape, Type.Null()])

/** A name or a sentence in both languages. */
export const Both = Type.Object({ 'zh-TW': Type.String(), en: Type.String() })
