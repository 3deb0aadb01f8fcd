import { createHash } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { tokenField } from '../lib/form-token.ts'
import { settleToken } from './form-token.ts'
import type { Server } from './http.ts'
import { Problem, problem } from './problem.ts'

/** A file as somebody sent it; `cut` where it was longer than what is read. */
export interface UploadedFile {
  fileName: string
  file: Buffer
  cut: boolean
}

/** Routes that take one file each, as multipart/form-data, and read no more than `mostBytes` of it. */
export function takesFiles(
  server: Server,
  { mostBytes }: { mostBytes: number },
  routes: (plain: Server) => void,
): void {
  void server.register(async plain => {
    await plain.register(multipart, {
      throwFileSizeLimit: false,
      // The one field beside the file is a form's token, which is short.
      limits: { files: 1, fileSize: mostBytes, fields: 1, fieldSize: 100, parts: 2, headerPairs: 20 },
    })
    routes(plain.withTypeProvider<TypeBoxTypeProvider>())
  })
}

/** What the library says of a request that is no multipart/form-data at all; every other fault of its is a malformed body. */
const notMultipart = 'FST_INVALID_MULTIPART_CONTENT_TYPE'

/**
 * The one file of a body, read to its end. Refuses (400) a body that is cut, has no boundary, or has any field but the
 * token of a page's form, which comes before the file: nothing is read for who does not say it (403).
 */
async function onlyFile(request: FastifyRequest): Promise<UploadedFile | null> {
  let upload: UploadedFile | null = null
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (part.fieldname !== tokenField) throw problem(400, 'malformed', request.language)
        settleToken(request, part.value)
      } else {
        settleToken(request, null)
        const file = await part.toBuffer()
        upload = { fileName: part.filename.slice(0, 200), file, cut: part.file.truncated }
      }
    }
  } catch (fault) {
    if (fault instanceof Problem) throw fault
    if (fault instanceof Error && 'code' in fault && fault.code === notMultipart) throw fault
    throw problem(400, 'malformed', request.language)
  }
  settleToken(request, null)
  return upload
}

/**
 * The one file of a request, or null where it has none. The request's body becomes what the file is known by (name,
 * size, hash): what is repeated under the same Idempotency-Key is the same file.
 */
export async function uploadedFile(request: FastifyRequest): Promise<UploadedFile | null> {
  const upload = await onlyFile(request)
  request.body = {
    fileName: upload?.fileName,
    size: upload?.file.length,
    sha256: upload && createHash('sha256').update(upload.file).digest('hex'),
  }
  return upload
}
