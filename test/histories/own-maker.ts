/** A card that the office ordered, as the card maker's own list has it. */
export interface OwnItem {
  id: number
  personId: number
  state: 'out' | 'back' | 'cancelled'
  /** Whether the maker has delivered it, wanted still or not. */
  delivered: boolean
}

/** What the card maker was asked for, and what became of it. */
export class OwnMaker {
  readonly items: OwnItem[] = []

  ordered(items: readonly { id: number; personId: number }[]): void {
    this.items.push(...items.map(each => ({ ...each, state: 'out' as const, delivered: false })))
  }

  /** A card of somebody came; what was asked for of theirs is no longer out. */
  came(personId: number): void {
    for (const item of this.items)
      if (item.personId === personId && item.state === 'out') {
        item.state = 'back'
        item.delivered = true
      }
  }

  cancelled(ids: readonly number[]): void {
    for (const item of this.items) if (ids.includes(item.id)) item.state = 'cancelled'
  }

  /** Cards that the maker makes, or has made and not delivered; also those that nobody wants any more. */
  toDeliver(): OwnItem[] {
    return this.items.filter(({ delivered }) => !delivered)
  }
}
