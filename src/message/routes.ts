import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { Moment } from '../server/shapes.ts'
import { messageKinds, type SendState, sendStateOf } from './rules.ts'
import { listMessages, type Message } from './store.ts'

const Kind = Type.Enum([...messageKinds])
const State = Type.Enum([
  'sent',
  'no-address',
  'no-mail-server',
  'given-up',
  'failing',
  'waiting',
  'not-needed',
] satisfies SendState[])

const common = {
  id: Type.Integer(),
  kind: Kind,
  language: Type.Enum(['zh-TW', 'en']),
  subject: Type.String(),
  body: Type.String(),
  madeAt: Moment,
  sentAt: Type.Union([Moment, Type.Null()]),
  state: State,
  devices: Type.Integer({ description: 'To how many devices it goes' }),
  pushed: Type.Integer({ description: 'For how many of them the push service took it on' }),
  pushedAt: Type.Union([Moment, Type.Null()], { description: 'When the first did' }),
}

const MyMessages = Type.Object({ messages: Type.Array(Type.Object(common)) })

/** A message as its reader sees it. */
export type MyMessage = Type.Static<typeof MyMessages>['messages'][number]
const Outbox = Type.Object({
  messages: Type.Array(
    Type.Object({
      ...common,
      studentNumber: Type.Union([Type.String(), Type.Null()]),
      /** An e-mail address; empty: the person has none. */
      recipient: Type.String(),
      tries: Type.Integer(),
      /** The mail server's own words. */
      lastError: Type.Union([Type.String(), Type.Null()]),
      /** Why a push service did not take it on. */
      pushError: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
})

/** A message as the outbox lists it. */
export type OutboxMessage = Type.Static<typeof Outbox>['messages'][number]

/** A message as it is listed; `mails` is whether a mail server is configured. */
export const shown = (message: Message, now: Temporal.Instant, mails: boolean) => ({
  ...message,
  madeAt: message.madeAt.toString(),
  sentAt: message.sentAt?.toString() ?? null,
  pushedAt: message.pushedAt?.toString() ?? null,
  state: sendStateOf(message, now, mails),
})

/**
 * The outbox for the office, and a student's own messages. `mails` is whether this installation has a mail server:
 * without one every unsent message says that it is not mailed.
 */
export function messageRoutes(
  server: Server,
  { register, mails }: { register: Register; mails: boolean },
): void {
  server.post(
    '/api/v1/messages/search',
    {
      config: { policy: 'office', purpose: 'messages', shows: 'messages' },
      schema: {
        tags: ['messages'],
        summary: 'The newest 100 messages, of one student number or kind where asked for',
        description: 'Written in the journal where it is about one student. Changes nothing.',
        body: Type.Object({
          studentNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
          kind: Type.Optional(Kind),
        }),
        response: { 200: Outbox },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const { studentNumber, kind } = request.body
        const messages = await listMessages(act, { studentNumber, kind })
        const personId = messages[0]?.personId
        // Looking at one person's messages is a reading of that person, and is written down as such.
        if (studentNumber !== undefined && personId) await act.note({ act: 'messages read', personId })
        return { messages: messages.map(message => shown(message, act.now, mails)) }
      })
    },
  )

  server.get(
    '/api/v1/me/messages',
    {
      config: { policy: 'student', scope: 'card:read' },
      schema: {
        tags: ['messages'],
        summary: 'What I was told: my newest 100 messages, mailed or not',
        response: { 200: MyMessages },
      },
    },
    request =>
      register.look(request.actor, async act => {
        // Nobody has the id 0: a student without an id would see nothing, never everything.
        const messages = await listMessages(act, { personId: request.actor.personId ?? 0 })
        return { messages: messages.map(message => shown(message, act.now, mails)) }
      }),
  )
}
