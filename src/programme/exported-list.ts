import type { Type } from 'typebox'
import { type ExportedList, exportRoutes } from '../server/export-routes.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { programmeInForce } from './store.ts'

/** Lets a list be had as a file, written by the campus's zone and the programme's currency. */
export const exportsList = <
  Row,
  Query extends Type.TProperties,
  Params extends Type.TProperties = Readonly<Record<string, never>>,
>(
  server: Server,
  { register }: { register: Register },
  list: ExportedList<Row, Query, Params>,
): void =>
  exportRoutes(
    server,
    {
      register,
      campusOf: async act => {
        const { campus } = await programmeInForce(act)
        return { zone: campus.zone, currency: campus.currency }
      },
    },
    list,
  )
