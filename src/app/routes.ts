import { activationRoutes } from '../activation/routes.ts'
import { lossRoutes } from '../loss/routes.ts'
import type { Database } from '../server/database.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'

/** What the rooms' routes are handed. */
export interface Rooms {
  register: Register
  /** The application's database, for sessions and for reports that need no register. */
  database: Database
  /** Seals the app's live proofs. */
  proofKey: Buffer
  demo: boolean
}

/** Every route of every room, in the order of the flow. */
export function addRoutes(server: Server, rooms: Rooms): void {
  lossRoutes(server, rooms)
  activationRoutes(server, rooms)
}
