import { bothNames } from '../lib/both.ts'
import type { Language } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import type { ClerksReply, MySigning, TabletReply } from './signing-api.ts'
import { isWaiting, type SignatureRequest, signingState } from './signing-rules.ts'
import { clerksOf, newestOnTablet, newestRequest } from './signing-store.ts'

/** How far it is, as who signs sees it; null where nothing is asked of them any more. */
function stateFor(request: SignatureRequest, now: Temporal.Instant): 'asked' | 'signed' | 'refused' | null {
  const state = signingState(request, { clerk: request.askedBy, now })
  if (state === 'asked' && !isWaiting(request, now)) return null
  if (state === 'to-witness') return 'signed'
  return state === 'asked' || state === 'signed' || state === 'refused' ? state : null
}

const editionSql = 'select edition from card where id = $1'

/** What a desk asks of a person on their own phone, or what they have answered until the card is theirs. */
export async function mySigning(act: Act, personId: number): Promise<MySigning> {
  const request = await newestRequest(act, personId)
  const state = request?.place === 'phone' ? stateFor(request, act.now) : null
  if (request === null || state === null) return { asked: null }
  const programme = await programmeInForce(act)
  const [card] = await act.statement<{ edition: string }>('edition_to_sign', editionSql, [request.cardId])
  const edition = card!.edition
  return {
    asked: {
      request: request.id,
      state,
      text: request.text,
      edition: nameOf(programme.editions, edition),
      counter: nameOf(programme.counters, request.counter),
      askedAt: request.askedAt.toString(),
      goodUntil: request.goodUntil.toString(),
    },
  }
}

const speaksSql = `
  select coalesce(a.language, p.language) as language
  from signature_request r join person p on p.id = r.person_id
  left join proxy_authorization a on a.id = r.proxy_authorization_id where r.id = $1`

/** The clerks of a counter, before one of whom a tablet is laid. */
export async function clerksAt(act: Act): Promise<ClerksReply> {
  const rows = await clerksOf(act, act.actor.counter ?? '')
  const clerks = rows.map(row => ({ id: row.id, name: bothNames(row) }))
  return { clerk: act.actor.id, clerks }
}

/** What a tablet shows that lies at a clerk's desk: the sentence that is to be signed there, and nothing of anybody else. */
export async function tabletSees(act: Act): Promise<TabletReply> {
  const { id, counter = '' } = act.actor
  const { clerks } = await clerksAt(act)
  const clerk = { id, name: nameOf(clerks, id) }
  const request = await newestOnTablet(act, { clerk: id, counter })
  const state = request && stateFor(request, act.now)
  if (request === null || !state) return { clerk, asked: null }
  const [speaks] = await act.statement<{ language: Language }>('tablet_speaks', speaksSql, [request.id])
  return {
    clerk,
    asked: {
      request: request.id,
      state,
      text: request.text,
      language: speaks!.language,
      goodUntil: request.goodUntil.toString(),
    },
  }
}
