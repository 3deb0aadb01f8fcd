import { Type } from 'typebox'
import { yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Policy, Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Act, Register } from '../server/register.ts'
import { type ListedTask, tasksCounted, tasksToDo } from './door-task-store.ts'
import { doorTaskWords } from './door-task-words.ts'
import { declineTask, openForNewCards } from './door-tasks.ts'
import { CarriedBy, carriedReply, maskedOrNull } from './replies.ts'
import { BothNames } from './shape.ts'

const tags = ['access']
const readers: Policy = ['access', 'owner', 'office', 'auditor']
const keepers: Policy = ['access', 'owner']

/** Tasks that one page of the list shows. */
const tasksAPage = 100

const After = Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))
const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 120 }))

export const TasksReply = Type.Object({
  tasks: Type.Array(
    Type.Object({
      id: Type.Integer(),
      studentNumber: Type.String(),
      name: BothNames,
      doorId: Type.String(),
      door: BothNames,
      building: BothNames,
      owner: BothNames,
      grantedAt: Type.String({
        format: 'date-time',
        description: 'Since when the earlier card has the door',
      }),
      madeAt: Type.String({ format: 'date-time', description: 'When the person switched to the new card' }),
      printedNumber: Type.Union([Type.String(), Type.Null()], { description: 'Of the new card, masked' }),
    }),
  ),
  more: Type.Boolean(),
  waiting: Type.Array(Type.Object({ owner: BothNames, building: BothNames, tasks: Type.Integer() }), {
    description: 'How many tasks each owner has in each building, whatever the list is narrowed to',
  }),
})
export type TasksReply = Type.Static<typeof TasksReply>

export const OpenBody = Type.Object(
  { tasks: Type.Array(RowId, { minItems: 1, maxItems: tasksAPage }) },
  { additionalProperties: false },
)
export type OpenBody = Type.Static<typeof OpenBody>

export const OpenedReply = Type.Object({
  tasks: Type.Array(
    Type.Object({
      id: Type.Integer(),
      done: Type.Boolean(),
      again: Type.Boolean({ description: 'It had been done before' }),
      refusal: Type.Union([Type.String(), Type.Null()]),
      message: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  window: CarriedBy,
})
export type OpenedReply = Type.Static<typeof OpenedReply>

export const DeclineBody = Type.Object(
  { reason: Type.String({ maxLength: 200, description: 'The student reads it' }) },
  { additionalProperties: false },
)
export type DeclineBody = Type.Static<typeof DeclineBody>

const sayDecline = sayFrom({
  'zh-TW': doorTaskWords['zh-TW'].declineRefusals,
  en: doorTaskWords.en.declineRefusals,
})

const taskReply = ({ personId: _person, grantedAt, madeAt, printedNumber, ...task }: ListedTask) => ({
  ...task,
  grantedAt: grantedAt.toString(),
  madeAt: madeAt.toString(),
  printedNumber: maskedOrNull(printedNumber),
})

/** One page of the tasks; whose names are seen is written down. */
async function listed(
  act: Act,
  { owner, building, after = 0 }: { owner?: string; building?: string; after?: number },
): Promise<TasksReply> {
  const programme = await programmeInForce(act)
  const only = { owner: owner ?? null, building: building ?? null, after, limit: tasksAPage + 1 }
  const found = await tasksToDo(act, programme, only)
  const tasks = found.slice(0, tasksAPage)
  await act.note(
    ...tasks.map(({ id, personId }) => ({ act: 'door task read', personId, facts: { task: id } })),
  )
  return {
    tasks: tasks.map(taskReply),
    more: found.length > tasksAPage,
    waiting: await tasksCounted(act, programme),
  }
}

/** The routes of door tasks: whose card changed, answered by the owner of a door that the card before opened. */
export function doorTaskRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/door-tasks',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary: 'Doors of earlier cards whose owners are asked to open them for the new card',
        description: `Oldest first, ${tasksAPage} at a time; \`after\` is the last id seen. The read is journalled.`,
        querystring: Type.Object({ building: Name, after: After }),
        response: { 200: TasksReply },
      },
    },
    request => register.look(request.actor, act => listed(act, request.query)),
  )

  server.post(
    '/api/v1/door-tasks/search',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary: 'The same of one owner, whose name stands in no address',
        body: Type.Object({ owner: Name, building: Name, after: After }, { additionalProperties: false }),
        response: { 200: TasksReply },
      },
    },
    request => register.look(request.actor, act => listed(act, request.body)),
  )

  server.post(
    '/api/v1/door-tasks/open',
    {
      config: { policy: keepers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary: 'Open doors for the new cards: the same grant, in the owner’s name',
        description:
          'Each task is decided by itself. The doors open with the next window; doing it twice changes nothing.',
        body: OpenBody,
        response: { 200: OpenedReply },
      },
    },
    request =>
      perform({ register, request, say: sayDecline }, async act => {
        const { tasks, window } = await openForNewCards(act, request.body.tasks)
        return yes({
          tasks: tasks.map(task => openedReply(task, request.language)),
          window: carriedReply(window),
        })
      }),
  )

  server.post(
    '/api/v1/door-tasks/:id/decline',
    {
      config: { policy: keepers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary: 'Say that the door stays closed to the new card, and why',
        params: Type.Object({ id: RowId }),
        body: DeclineBody,
        response: { 200: Type.Object({ again: Type.Boolean() }) },
      },
    },
    request =>
      perform({ register, request, say: sayDecline }, act =>
        declineTask(act, { id: request.params.id, reason: request.body.reason }),
      ),
  )
}

function openedReply(
  task: Awaited<ReturnType<typeof openForNewCards>>['tasks'][number],
  language: Language,
): OpenedReply['tasks'][number] {
  if (task.ok) return { id: task.id, done: true, again: task.again, refusal: null, message: null }
  const { id, refusal, facts } = task
  const message = doorTaskWords[language].openRefusals[refusal](facts)
  return { id, done: false, again: false, refusal, message }
}
