import { Type } from 'typebox'
import type { Policy, Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { acknowledge } from './acknowledge.ts'
import { dryRun, guards, holds, notices, peopleAPage, peoplePage } from './govern-replies.ts'
import {
  Approval,
  Controlled,
  DryRun,
  GuardAnswered,
  Guards,
  Holds,
  Lifted,
  LosingPeople,
  StaffNotices,
} from './govern-shapes.ts'
import { governWords } from './govern-words.ts'
import { answerGuard, approveLoss, comingWindow } from './guard-answer.ts'
import { guardedPeople, peopleForeseen } from './guard-report.ts'
import { askRunNow, holdUpdates, liftHolds } from './holds.ts'
import { After } from './shapes.ts'

const readers: Policy = ['access', 'office', 'auditor']
const second: Policy = ['access', 'office']
const keepers: Policy = 'access'

const sayGuard = sayFrom({ 'zh-TW': governWords['zh-TW'].guardRefusal, en: governWords.en.guardRefusal })
const sayHold = sayFrom({ 'zh-TW': governWords['zh-TW'].holdRefusal, en: governWords.en.holdRefusal })

const byId = Type.Object({ id: RowId })

/** How people govern the windows: guard, dry run, run now, holds, and what they are called for. */
export function governRoutes(server: Server, { register }: { register: Register }): void {
  const tags = ['update']
  const page = (last: number | undefined) => ({ limit: peopleAPage + 1, after: last ?? null })

  server.get(
    '/api/v1/guards',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'What waits for a second person because it would take access from many',
        response: { 200: Guards },
      },
    },
    request => register.look(request.actor, guards),
  )
  server.get(
    '/api/v1/guards/:id/people',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Who would lose access, where and which doors; reads are journalled',
        params: byId,
        querystring: After,
        response: { 200: LosingPeople },
      },
    },
    request =>
      register.look(request.actor, async act =>
        peoplePage(act, await guardedPeople(act, request.params.id, page(request.query.after))),
      ),
  )
  server.post(
    '/api/v1/guards/:id/answer',
    {
      config: { policy: second, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Let guarded changes go, or refuse them',
        description:
          'By a second person, not by whose act it was. Let go, they are sent at once; refused, the cards stay valid ' +
          'until what caused it is repaired.',
        params: byId,
        body: GuardAnswered,
        response: { 200: Type.Object({ numbers: Type.Integer() }) },
      },
    },
    request =>
      perform({ register, request, say: sayGuard }, act =>
        answerGuard(act, { guardId: request.params.id, ...request.body }),
      ),
  )

  server.get(
    '/api/v1/windows/next/dry-run',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'What the next update would do, controller by controller, and what the guard would stop',
        response: { 200: DryRun },
      },
    },
    request => register.look(request.actor, act => dryRun(act, request.language)),
  )
  server.get(
    '/api/v1/windows/next/dry-run/people',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Whom the guard would stop from losing access at the next update; reads are journalled',
        querystring: After,
        response: { 200: LosingPeople },
      },
    },
    request =>
      register.look(request.actor, async act =>
        peoplePage(act, await peopleForeseen(act, await comingWindow(act), page(request.query.after))),
      ),
  )
  server.post(
    '/api/v1/windows/next/approval',
    {
      config: { policy: second, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Approve beforehand that exactly the people of the dry run lose access',
        description: 'Whoever is added after that counts anew, and may be stopped.',
        body: Approval,
        response: { 200: Type.Object({ people: Type.Integer() }) },
      },
    },
    request => {
      const { startsAt, ...body } = request.body
      return perform({ register, request, say: sayGuard }, act =>
        approveLoss(act, { startsAt: Temporal.Instant.from(startsAt), ...body }),
      )
    },
  )
  server.post(
    '/api/v1/windows/run-now',
    {
      config: { policy: keepers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Let what the next update would give go now, everywhere or on some controllers',
        description:
          'Cards that are put, and changes that take nothing away. Removals stay for their update: their holders were ' +
          'told until when their cards work.',
        body: Controlled,
        response: { 200: Type.Object({ numbers: Type.Integer() }) },
      },
    },
    request => perform({ register, request, say: sayHold }, act => askRunNow(act, request.body)),
  )

  server.get(
    '/api/v1/holds',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: { tags, summary: 'Whose updates somebody holds', response: { 200: Holds } },
    },
    request => register.look(request.actor, holds),
  )
  server.post(
    '/api/v1/holds',
    {
      config: { policy: keepers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Hold the updates of some controllers, or of all, until that is lifted',
        description: 'What is at once, lost cards first of all, goes on.',
        body: Controlled,
        response: { 200: Type.Object({ held: Type.Integer() }) },
      },
    },
    request => perform({ register, request, say: sayHold }, act => holdUpdates(act, request.body)),
  )
  server.post(
    '/api/v1/holds/lift',
    {
      config: { policy: keepers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Lift holds: what waited goes at once',
        body: Lifted,
        response: { 200: Type.Object({ lifted: Type.Integer() }) },
      },
    },
    request => perform({ register, request, say: sayHold }, act => liftHolds(act, request.body.holds)),
  )

  server.get(
    '/api/v1/staff-notices',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'What the staff must know, until one of them acknowledges it',
        response: { 200: StaffNotices },
      },
    },
    request => register.look(request.actor, notices),
  )
  server.post(
    '/api/v1/staff-notices/:id/acknowledgement',
    {
      config: { policy: second, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Acknowledge a notice: somebody takes care of it',
        params: byId,
        response: { 200: Type.Object({}) },
      },
    },
    request => perform({ register, request, say: sayHold }, act => acknowledge(act, request.params.id)),
  )
}
