import { Type } from 'typebox'

/** The id of a row, in a path or a body. One that is larger than JavaScript can say exactly is malformed, and no fault. */
export const RowId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

/** A controller's number: 32 bits, not 0. */
export const ControllerId = Type.Integer({ minimum: 1, maximum: 4_294_967_295 })
