/** Whether the register counts a person as a student now. */
export const statuses = ['enrolled', 'on-leave', 'graduated', 'withdrawn', 'not-registered'] as const
export type Status = (typeof statuses)[number]

/** What kind of student a person is; other kinds follow other rules for fees and pickup. */
export const kinds = ['regular', 'exchange', 'visiting', 'in-service'] as const
export type Kind = (typeof kinds)[number]

export const degrees = ['bachelor', 'master', 'doctor'] as const
export type Degree = (typeof degrees)[number]

/**
 * What the registrar says of one student. The student number is how a person is found from one roster to the next.
 * Department, site and hall are ids that the programme names.
 */
export interface PersonFacts {
  studentNumber: string
  /** Where a roster has only one of the two names, it stands in both. */
  nameZh: string
  nameEn: string
  department: string
  /** The academic year of entry by the Gregorian calendar: 2022 for 111. */
  entryYear: number
  degree: Degree
  kind: Kind
  status: Status
  site: string
  /** The dormitory hall a person lives in; null for those who live elsewhere. */
  hall: string | null
  email: string | null
  /** The language in which the person is written to. */
  language: 'zh-TW' | 'en'
  /** The new students' health examination, at which 2023 freshmen got their card (notice, point 2); null: not asked. */
  healthCheck: 'done' | 'missed' | null
  /** The terms spent on leave of absence (休學), this one included, in order: `2023-1` is fall 2023, ROC 112-1. */
  leaveTerms: readonly string[]
  /** First day of study again after a leave of absence (復學), in the campus's calendar; null: was not on leave. */
  returnedOn: string | null
  /**
   * What the registrar already knows will be: from `nextStatusOn` on, a day of the campus's calendar, the status is this
   * one (a leave, a return, a graduation). Both or neither.
   */
  nextStatus: Status | null
  nextStatusOn: string | null
  /** A student who also works for the university, and so holds a staff card beside the student card. */
  alsoStaff: boolean
}

export type PersonField = keyof PersonFacts
