import type { Policy, Server } from '../server/http.ts'
import { refusalProblem, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { lookUpNumber } from './number-lab.ts'
import { Lab, LabAsked } from './number-lab-shapes.ts'
import { labWords } from './number-lab-words.ts'

const readers: Policy = ['access', 'office', 'auditor']
const say = sayFrom({ 'zh-TW': labWords['zh-TW'].refusal, en: labWords.en.refusal })

/** What a number is, in every format that readers are known to send. */
export function numberLabRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/numbers/readings',
    {
      config: { policy: readers, purpose: 'doors', shows: 'card' },
      schema: {
        tags: ['update'],
        summary:
          'Everything that a number can be: readings, cards of the register, what controllers hold under it',
        description: 'Nothing of it is kept. Whose cards are shown is written down.',
        body: LabAsked,
        response: { 200: Lab },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const { number } = request.body
      const found = await register.look(request.actor, act => lookUpNumber(act, number, request.language))
      if (!found.ok) throw refusalProblem(say, request.language, found)
      return found.lab
    },
  )
}
