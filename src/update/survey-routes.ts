import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import { yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { nextWindow } from '../programme/timetable.ts'
import type { Policy, Server } from '../server/http.ts'
import { ControllerId } from '../server/ids.ts'
import { perform, sayFrom } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { type AdoptionPreview, adopt, type JudgedCard, previewAdoption } from './adopt.ts'
import { lastReading } from './adopt-store.ts'
import { askSurvey } from './ask-survey.ts'
import { type FoundCard, mostLookedAt } from './rules.ts'
import { cardsOf, type SurveyReport, surveysNow } from './survey-report.ts'
import { Adopted, Adoption, AdoptionAsked, SurveyAsked, SurveyCards, Surveys } from './survey-shapes.ts'
import { surveyWords } from './survey-words.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** Cards that an answer lists at most, but those that an adoption would change or remove. */
const shownAtMost = 200

/** How refusals about a controller's list are said. */
const say = sayFrom({ 'zh-TW': surveyWords['zh-TW'].refusal, en: surveyWords.en.refusal })

const instant = (at: Temporal.Instant | null): string | null => at?.toString() ?? null

function reportReply(row: SurveyReport): Surveys['controllers'][number] {
  const { buildingZh, buildingEn, askedAt, beganAt, endedAt, placesRead, outcome, wrongPlace } = row
  const { controllerId, capacity, found, taken, toAdopt, adoptedAt } = row
  return {
    controllerId,
    building: both(buildingZh, buildingEn),
    capacity,
    reading: askedAt && {
      askedAt: askedAt.toString(),
      beganAt: instant(beganAt),
      placesRead,
      endedAt: instant(endedAt),
      outcome,
      wrongPlace,
    },
    found: found && { ...found, readAt: found.readAt.toString() },
    taken,
    toAdopt,
    adoptedAt: instant(adoptedAt),
  }
}

async function surveys(act: Act): Promise<Surveys> {
  const reports = await surveysNow(act)
  const sumOf = (of: (row: SurveyReport) => number | undefined) =>
    reports.reduce((sum, row) => sum + (of(row) ?? 0), 0)
  return {
    now: act.now.toString(),
    sum: {
      controllers: reports.length,
      read: reports.filter(row => row.found !== null).length,
      reading: reports.filter(row => row.askedAt !== null && row.endedAt === null).length,
      ours: sumOf(row => row.found?.ours),
      different: sumOf(row => row.found?.different),
      missing: sumOf(row => row.found?.missing),
      leftOver: sumOf(row => row.found?.leftOver),
      others: sumOf(row => row.found?.others),
      taken: sumOf(row => row.taken),
      toAdopt: sumOf(row => row.toAdopt),
    },
    controllers: reports.map(reportReply),
  }
}

const cardReply = ({ number, doors, from, to, withPin }: FoundCard) => ({
  number,
  doors: [...doors],
  from: from.toString(),
  to: to.toString(),
  withPin,
})

async function cards(act: Act, controllerId: number): Promise<SurveyCards> {
  const found = await cardsOf(act, controllerId, shownAtMost + 1)
  return {
    controllerId,
    cards: found.slice(0, shownAtMost).map(({ standing, takenAt, adopted, ...card }) => ({
      ...cardReply(card),
      standing,
      takenAt: instant(takenAt),
      adopted,
    })),
    more: found.length > shownAtMost,
  }
}

/** The preview as the API says it; whose cards are shown is written down. */
async function previewReply(act: Act, preview: AdoptionPreview): Promise<Adoption> {
  const { campus, timetable } = await programmeInForce(act)
  const { controllerId, readAt, confirmed, changed, leftOver, taken, foreign, seal } = preview
  const all = <Item>(list: readonly Item[]) => list.slice(0, mostLookedAt)
  const some = <Item>(list: readonly Item[]) => list.slice(0, shownAtMost)
  const ours = ({ wanted, ...card }: JudgedCard) => ({
    ...cardReply(card),
    studentNumber: card.studentNumber,
    alsoStaff: card.alsoStaff,
    wanted: wanted && { doors: [...wanted.doors], from: wanted.from.toString(), to: wanted.to.toString() },
    lost: card.lost,
  })
  const shown = new Set(
    [...all(changed), ...all(leftOver), ...some(taken)].flatMap(card => card.personId ?? []),
  )
  await act.note(
    ...[...shown].map(personId => ({
      act: 'cards on a controller read',
      personId,
      facts: { controller: controllerId },
    })),
  )
  return {
    controllerId,
    readAt: instant(readAt),
    counts: {
      confirmed: confirmed.length,
      changed: changed.length,
      leftOver: leftOver.length,
      taken: taken.length,
      foreign: foreign.length,
    },
    listedAtMost: mostLookedAt,
    shownAtMost,
    changed: all(changed).map(ours),
    leftOver: all(leftOver).map(ours),
    taken: some(taken).map(ours),
    foreign: some(foreign).map(cardReply),
    seal,
    carriedBy: nextWindow(timetable, campus.zone, act.now).startsAt.toString(),
  }
}

const params = Type.Object({ serial: ControllerId })

/** What stands on the controllers: read, reported, adopted. */
export function surveyRoutes(server: Server, { register }: { register: Register }): void {
  const tags = ['update']
  server.get(
    '/api/v1/surveys',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'What stands on the controllers, one by one and in sum, and how far readings have come',
        response: { 200: Surveys },
      },
    },
    request => register.look(request.actor, surveys),
  )

  server.post(
    '/api/v1/surveys',
    {
      config: { policy: 'access', purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Ask for the whole card lists of some controllers to be read',
        description:
          'They are read after everything else that is due there, a few places at a time; nothing is changed. ' +
          'Cards of ours that are missing or different are sent again by themselves.',
        body: SurveyAsked,
        response: { 200: Type.Object({ asked: Type.Integer() }) },
      },
    },
    request => perform({ register, request, say }, act => askSurvey(act, request.body.controllers)),
  )

  server.get(
    '/api/v1/controllers/:serial/cards',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'The cards on a controller that are not ours, or not as they should be',
        description: `As the last complete reading found them: number, doors and days. At most ${shownAtMost}.`,
        params,
        response: { 200: SurveyCards },
      },
    },
    request =>
      register.look(request.actor, async act => {
        if ((await lastReading(act, request.params.serial)) === null)
          throw problem(404, 'not-found', request.language)
        return cards(act, request.params.serial)
      }),
  )

  server.get(
    '/api/v1/controllers/:serial/adoption',
    {
      config: { policy: 'access', purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'What adopting a controller’s present content would do',
        description:
          'Every card that would be changed or removed is listed, with what it becomes. Numbers that are taken are not ' +
          'adopted with the others, only one by one. Whose cards are shown is written down.',
        params,
        response: { 200: Adoption },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const preview = await previewAdoption(act, request.params.serial)
        if (preview === null) throw problem(404, 'not-found', request.language)
        return previewReply(act, preview)
      }),
  )

  server.post(
    '/api/v1/controllers/:serial/adoption',
    {
      config: { policy: 'access', purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Adopt a controller’s present content, as it was previewed',
        description:
          'Numbers whose card the register knows are ours there from then on: as wanted, nothing is written; left ' +
          'over, the next update removes them; other systems’ cards and numbers that are taken stay. With `number`, only ' +
          'that one, taken or not.',
        params,
        body: AdoptionAsked,
        response: { 200: Adopted },
      },
    },
    request =>
      perform({ register, request, say }, async act => {
        const done = await adopt(act, { controllerId: request.params.serial, ...request.body })
        if (!done.ok) return done
        return yes({ ...done.adopted, carriedBy: done.adopted.carriedBy.toString() })
      }),
  )
}
