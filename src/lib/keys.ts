/**
 * The keys of one use: the first seals what we say, and any of them opens what is said to us. There are two while one is turned
 * over: processes that share a database are restarted one after the other, and what one of them sealed another must open.
 */
export type Keys = readonly [Buffer, ...Buffer[]]

/** So many keys of one use are read: the one to come, the one in use, the one that goes. */
export const mostKeys = 3
