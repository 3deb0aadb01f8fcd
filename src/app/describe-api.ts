import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { Server } from '../server/http.ts'

/** The hash of the style element in Swagger UI's page, as browsers name it when they refuse it. */
const swaggerStyle = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='"

/** Lets the server describe its API: OpenAPI, and pages to read it on. */
export async function describeApi(server: Server): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Gatehouse',
        version: '1',
        description:
          'The card office as an API: what the pages do, a university’s own app can do. Unsafe calls take an ' +
          'Idempotency-Key: the same key and body get the same answer and nothing happens twice. A refusal is ' +
          '409 application/problem+json with a code (`refusal`) and a sentence (`message`) in the language asked ' +
          'for. A record that is somebody else’s is 404, like one that does not exist.',
      },
    },
  })
  await server.register(swaggerUi, {
    routePrefix: '/api/docs',
    // The pages' own policy, but for the one style that Swagger UI writes into its page: named by its hash.
    transformStaticCSP: policy => policy.replace('style-src', `style-src ${swaggerStyle}`),
    theme: { title: 'Gatehouse API' },
  })
}
