import { readFileSync } from 'node:fs'
import type { Decided } from './decided.ts'
import type { PublishingFacts } from './may-publish.ts'
import { readProgramme } from './read.ts'
import type { Programme } from './shape.ts'

const textOf = (name: string) =>
  readFileSync(new URL(`../../programmes/${name}.yaml`, import.meta.url), 'utf8')

function programme(text: string): Programme {
  const reading = readProgramme(text)
  if (!reading.ok) throw new Error('unreadable')
  return reading.programme
}
export const ntnu = programme(textOf('ntnu-2023'))
export const harbour = programme(textOf('sample-dst'))

export const at = (local: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Taipei').toInstant()

export const deadline = at('2024-03-01T00:00')

/** A campus in its second month: 900 old cards in use, some activated at 11:00 for the 15:00 update. */
export const decided: Decided = {
  registered: 2100,
  cardsOfEdition: new Map([
    ['easycard', 900],
    ['4k-centenary', 1200],
  ]),
  cardsAtCounter: new Map([['dept-csie', 120]]),
  clerksAtCounter: new Map([['registry', 2]]),
  peopleOfSite: new Map([['gongguan', 500]]),
  peopleOfDepartment: new Map([
    ['csie', 240],
    ['math', 230],
  ]),
  groupsOfFaculty: new Map([['science', 1]]),
  access: [
    { edition: 'easycard', until: deadline, people: 880 },
    { edition: '4k-centenary', until: null, people: 60 },
  ],
  promises: [{ carriedBy: at('2023-10-18T15:00'), newFrom: at('2023-10-18T16:00'), people: 7 }],
  planned: [{ carriedBy: at('2023-10-18T15:00'), people: 9 }],
  newestWindow: at('2023-10-18T10:00'),
}

/** A later version of the programme: whatever the change leaves out stays as it is. */
const later = (change: (draft: Programme) => void, of: Programme = ntnu): Programme => {
  const draft = structuredClone(of)
  change(draft)
  return draft
}

/** Adds a phone: the most harmless change there is, made to the text at Wednesday noon. */
export const harmless = later(draft => {
  draft.counters[0]!.phones.push({ number: '02-0000-0000', from: '2023-10-01' })
})

export const facts: PublishingFacts = {
  now: at('2023-10-18T12:00'),
  reading: { ok: true, programme: harmless },
  inForce: { version: 4, programme: ntnu, publishedAt: at('2023-09-11T09:00') },
  comparedWith: 4,
  sealFits: true,
  cardsComingIn: false,
  alone: false,
  decided,
}

export const to = (change: (draft: Programme) => void): Partial<PublishingFacts> => ({
  reading: { ok: true, programme: later(change, harmless) },
})

export const without =
  <Item extends { id: string }>(list: (draft: Programme) => Item[], id: string) =>
  (draft: Programme) => {
    const items = list(draft)
    items.splice(
      items.findIndex(item => item.id === id),
      1,
    )
  }

export const deadlineOn = (on: string) =>
  to(draft => {
    draft.deadline.on = on
  })

export const windowsAt = (...times: string[]) =>
  to(draft => {
    draft.timetable.windows = times.map(time => ({ at: time, usuallyMinutes: 30, atMostMinutes: 60 }))
  })

export const nothingWaits: Partial<PublishingFacts> = {
  decided: { ...decided, promises: [], planned: [], newestWindow: null },
}
