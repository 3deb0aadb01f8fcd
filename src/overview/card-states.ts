/** How it stands with somebody's card of the edition issued today. */
export const cardStates = ['in-use', 'paused', 'collected', 'fetched', 'lost', 'waits', 'none'] as const
export type CardState = (typeof cardStates)[number]
