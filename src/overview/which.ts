import { type Dimension, dimensions, type ListName, lists } from './rules.ts'

/** A list as the address of its screen names it: "not-collected", "not-collected.counter.dept-math". */
export interface Chosen {
  list: ListName
  by?: Dimension
  value?: string
}

/** A list in an address; ids have no dots. */
export const toAddress = ({ list, by, value }: Chosen): string =>
  by === undefined || value === undefined ? list : `${list}.${by}.${value}`

/** The list that an address names; null where it names none. */
export function fromAddress(address: string): Chosen | null {
  const [list, by, value, ...more] = address.split('.')
  if (!lists.includes(list as ListName) || more.length > 0) return null
  if (by === undefined) return { list: list as ListName }
  if (!dimensions.includes(by as Dimension) || !value) return null
  return { list: list as ListName, by: by as Dimension, value }
}
