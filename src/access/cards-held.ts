/** SQL: how many cards a controller, named by an expression of its query, confirmed that it holds. */
export const cardsHeld = (controllerId: string): string =>
  `coalesce((select n.cards from held_count n where n.controller_id = ${controllerId}), 0)`
