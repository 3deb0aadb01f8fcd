import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { accountsNow } from './account-store.ts'
import { addAccount, changeReading, endAccount, giveRole, takeRoleBack } from './accounts.ts'
import {
  AccountAsked,
  AccountId,
  Accounts,
  SignInSettings,
  SignInSettingsAsked,
  TrialAsked,
  TrialGiven,
} from './api.ts'
import type { Provider } from './provider.ts'
import { whatClaimsGive } from './rules.ts'
import { Place } from './shape.ts'
import { placesNow, readingInForce } from './store.ts'
import { changeWords } from './words.ts'

const say = sayFrom(changeWords)

/** What groups of the university's provider mean here, and who of the staff has which roles: administrators alone. */
export function identityRoutes(
  server: Server,
  { register, provider }: { register: Register; provider: Provider | null },
): void {
  const config = { policy: 'admin' } as const
  const tags = ['identity']
  const Done = Type.Object({})

  server.get(
    '/api/v1/sign-in-settings',
    {
      config,
      schema: {
        tags,
        summary: 'How claims of the provider are read, and the places of roles',
        response: { 200: SignInSettings },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        ...(await readingInForce(act)),
        ...(await placesNow(act)),
        provider: provider?.issuer ?? null,
      })),
  )

  server.post(
    '/api/v1/sign-in-settings',
    {
      config,
      schema: {
        tags,
        summary: 'Say how claims are read from now on',
        description:
          'At each sign-in every rule that matches gives its role; roles that rules gave before and give no more are ' +
          'taken, and their sessions end. Roles that were given by hand stay. `version` is the one that was looked at.',
        body: SignInSettingsAsked,
        response: { 200: Type.Object({ version: Type.Integer() }) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act => changeReading(act, request.body)),
  )

  server.post(
    '/api/v1/sign-in-settings/trial',
    {
      config,
      schema: {
        tags,
        summary: 'What claims would give somebody; nothing is changed',
        body: TrialAsked,
        response: { 200: TrialGiven },
      },
    },
    request => Promise.resolve(whatClaimsGive(request.body.reading, request.body.claims)),
  )

  server.get(
    '/api/v1/accounts',
    {
      config,
      schema: {
        tags,
        summary: 'Accounts of the staff and their roles, a hundred at a time',
        querystring: Type.Object({
          after: Type.Optional(Type.String({ maxLength: 100 })),
          named: Type.Optional(Type.String({ maxLength: 100 })),
        }),
        response: { 200: Accounts },
      },
    },
    request => {
      const { after = '', named = '' } = request.query
      return register.look(request.actor, act => accountsNow(act, { after, named: named.trim() }))
    },
  )

  server.post(
    '/api/v1/accounts',
    {
      config,
      schema: {
        tags,
        summary: 'Record an account before its holder signs in for the first time',
        body: AccountAsked,
        response: { 200: Done },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act => addAccount(act, request.body)),
  )

  const OfAccount = Type.Object({ account: AccountId })
  server.post(
    '/api/v1/accounts/:account/roles',
    {
      config,
      schema: {
        tags,
        summary: 'Give somebody else a role, by hand',
        params: OfAccount,
        body: Place,
        response: { 200: Done },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        giveRole(act, request.params.account, request.body),
      ),
  )

  server.post(
    '/api/v1/accounts/:account/roles/:role/removal',
    {
      config,
      schema: {
        tags,
        summary: 'Take a role from somebody else; their sessions in it end',
        params: Type.Object({ account: AccountId, role: RowId }),
        response: { 200: Done },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        takeRoleBack(act, request.params.account, request.params.role),
      ),
  )

  for (const [path, ends, summary] of [
    ['ending', true, 'End somebody else’s account; their sessions end at once'],
    ['return', false, 'Take up an account again that has ended'],
  ] as const)
    server.post(
      `/api/v1/accounts/:account/${path}`,
      { config, schema: { tags, summary, params: OfAccount, response: { 200: Done } } },
      request =>
        perform({ register, request, say, changesAccess: false }, act =>
          endAccount(act, request.params.account, ends),
        ),
    )
}
