import type { Cohort, PersonStatus, Programme } from './shape.ts'
import type { PersonKind } from './shape-parts.ts'

/** The plain facts about a person that cohorts ask for, as the roster has them today. */
export interface PersonFacts {
  /** The first calendar year of the academic year of entry: 2023 is academic year 112. */
  enteredYear: number
  status: PersonStatus
  kind: PersonKind
  /** The id of the department, or null when the roster does not say. */
  department: string | null
  /** The id of the campus site, or null: then the department's site counts. */
  site: string | null
  /** The terms spent on leave, this one included: `2023-1` is fall 2023. */
  leaveTerms: readonly string[]
}

/** The site a person belongs to: their own, else their department's, else unknown. */
export const siteOf = (programme: Programme, person: PersonFacts): string | null =>
  person.site ?? programme.departments.find(each => each.id === person.department)?.site ?? null

function holds(programme: Programme, when: Cohort['when'], person: PersonFacts): boolean {
  const site = siteOf(programme, person)
  return (
    (when.enteredFrom === undefined || person.enteredYear >= when.enteredFrom) &&
    (when.enteredThrough === undefined || person.enteredYear <= when.enteredThrough) &&
    (when.statuses === undefined || when.statuses.includes(person.status)) &&
    (when.kinds === undefined || when.kinds.includes(person.kind)) &&
    (when.sites === undefined || (site !== null && when.sites.includes(site))) &&
    (when.leaveTerms === undefined || when.leaveTerms.some(term => person.leaveTerms.includes(term)))
  )
}

/** The cohort that decides about a person: the first whose conditions all hold. The last one catches everybody. */
export function cohortOf(programme: Programme, person: PersonFacts): Cohort {
  const cohort = programme.cohorts.find(each => holds(programme, each.when, person))
  if (!cohort) throw new Error('No cohort catches this person; readProgramme refuses such a programme.')
  return cohort
}
