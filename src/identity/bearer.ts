import { TokenRefused, TokensUnknown } from '../server/bearer.ts'
import type { Actor, Register } from '../server/register.ts'
import { personOf } from './arrive.ts'
import { NotBelieved, type Provider, ProviderDown } from './provider.ts'
import { whatClaimsGive } from './rules.ts'
import { readingInForce } from './store.ts'

/**
 * In whose name an access token speaks. A program that the provider let in for itself (client credentials: the subject is the
 * client) is an integrator; else it speaks for the student whom the token names, by the claim that names students at sign-in.
 * Whoever is no student here is refused: nobody of the staff lends their role to a program.
 */
export async function bearerIs(
  { provider, register }: { provider: Provider; register: Register },
  token: string,
): Promise<Actor> {
  const { client, subject, scopes, claims } = await provider.bears(token).catch((error: unknown) => {
    if (error instanceof NotBelieved) throw new TokenRefused(error.why)
    if (error instanceof ProviderDown) throw new TokensUnknown(error.message)
    throw error
  })
  if (subject === client) return { kind: 'integrator', id: client, scopes: scopes.filter(isForSystems) }
  const personId = await register.look({ kind: 'system', id: 'tokens' }, async act => {
    const { reading } = await readingInForce(act)
    return personOf(act, whatClaimsGive(reading, claims))
  })
  if (personId === null) throw new TokenRefused('nobody here')
  return { kind: 'student', id: String(personId), personId, scopes: scopes.filter(isForStudents) }
}

/** A student's token opens what is the student's, a system's own what is a system's; never one the other's. */
const isForStudents = (scope: string): boolean => scope.startsWith('card:')
const isForSystems = (scope: string): boolean => !isForStudents(scope)
