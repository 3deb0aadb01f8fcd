import { Type } from 'typebox'
import type { Language } from '../lib/words.ts'
import { Moment, orNull } from '../server/shapes.ts'
import { capacityOf, type WaveHour } from './capacity.ts'
import type { Programme, Wave } from './shape.ts'

const Hour = Type.Object({
  startsAt: Moment,
  people: Type.Integer({ description: 'In the queue at its beginning, and who comes in it' }),
  waitMinutes: Type.Integer({ description: 'For the last of them' }),
})

/** Waves with their people and what their desks can do. */
export const WavesReply = Type.Object({
  waves: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      people: Type.Integer(),
      desks: Type.Integer(),
      handovers: Type.Integer({ description: 'Cards that the desks hand over in all open hours' }),
      unserved: Type.Integer(),
      worst: orNull(Hour),
      days: Type.Array(Hour, { description: 'Of each day the hour with the longest wait' }),
    }),
  ),
})
export type WavesReply = Type.Static<typeof WavesReply>

const hourReply = (hour: WaveHour) => ({ ...hour, startsAt: hour.startsAt.toString() })

/** A wave against the capacity of its counters. */
export function waveReply(
  programme: Programme,
  wave: Wave,
  { people, language }: { people: number; language: Language },
): WavesReply['waves'][number] {
  const { handovers, unserved, worst, hours } = capacityOf(programme, wave, people)
  const days = Map.groupBy(hours, ({ startsAt }) =>
    startsAt.toZonedDateTimeISO(programme.campus.zone).toPlainDate().toString(),
  )
  const busiest = [...days.values()].map(day =>
    day.reduce((most, hour) => (hour.waitMinutes > most.waitMinutes ? hour : most)),
  )
  return {
    id: wave.id,
    name: wave.name[language],
    people,
    desks: wave.desks,
    handovers,
    unserved,
    worst: worst && hourReply(worst),
    days: busiest.map(hourReply),
  }
}
