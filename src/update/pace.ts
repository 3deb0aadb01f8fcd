/**
 * How long a lane sends before it writes down what it did and looks for lost cards. How many people that is, or places of
 * a list, follows from how long the last ones took; on the first visit of a lane it is few.
 */
const batchMs = 250
const fewest = { switches: 32, adds: 48, readings: 64, places: 32 }
const most = { switches: 64, adds: 512, readings: 512, places: 512 }

/** How many of a kind make a batch, at that pace. */
export const batchOf = (kind: keyof typeof fewest, pace: number): number =>
  Math.min(most[kind], Math.max(fewest[kind], pace))

/** How many can be done in the time of a batch, where so many took so long. */
export const paceOf = (done: number, tookMs: number): number =>
  Math.floor((done * batchMs) / Math.max(1, tookMs))
