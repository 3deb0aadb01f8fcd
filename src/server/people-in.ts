/** People as an answer or a row names them: by their student numbers, or by the register's own ids. */
export interface NamedPeople {
  numbers: Set<string>
  ids: Set<number>
}

export const nobodyNamed = (): NamedPeople => ({ numbers: new Set(), ids: new Set() })

/** Under which names an answer or a row has a person; whoever shows one uses one of them (test/security/looks.test.ts). */
export const personKeys: ReadonlySet<string> = new Set([
  'studentNumber',
  'studentNumbers',
  'personId',
  'personIds',
  // The first cells of a file's column, or the first of whom a sentence is true: numbers where they are people's.
  'first',
])

function add(people: NamedPeople, value: unknown): void {
  // As the register writes them, however a clerk typed them.
  if (typeof value === 'string' && value !== '')
    people.numbers.add(value.normalize('NFKC').trim().toUpperCase())
  else if (typeof value === 'number') people.ids.add(value)
  else if (Array.isArray(value)) for (const each of value) add(people, each)
}

/** How deep an answer is looked through: JSON of ours is never so deep. */
const deepest = 40

/** Adds everybody whom a plain value names, as deep as is said. */
export function peopleIn(value: unknown, people: NamedPeople, levels = deepest): NamedPeople {
  if (typeof value !== 'object' || value === null || levels === 0) return people
  if (Array.isArray(value)) {
    for (const each of value) peopleIn(each, people, levels - 1)
    return people
  }
  // What holds other things than texts and numbers (a moment, a file) names nobody.
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return people
  for (const [key, each] of Object.entries(value))
    if (personKeys.has(key)) add(people, each)
    else peopleIn(each, people, levels - 1)
  return people
}

/** Adds whom a row of a list names: itself, or somebody in it. What else it carries with it is not looked through. */
export const peopleOfRow = (row: unknown, people: NamedPeople): NamedPeople => peopleIn(row, people, 2)
