import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Language } from '../lib/words.ts'
import { type BadFile, badRowsFile } from './bad-rows.ts'
import { badRowsWorkbook } from './bad-workbook.ts'
import { tableWords } from './table-words.ts'

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** In which form somebody wants the bad rows; CSV unless said. */
export const Form = Type.Object({ form: Type.Optional(Type.Enum(['csv', 'xlsx'])) })

/** Answers with bad rows as a file to correct, with the reasons in the reader's language. */
export async function sendBadRows(
  reply: FastifyReply,
  { form = 'csv', file, name }: { form?: 'csv' | 'xlsx'; file: BadFile; name: string },
  language: Language,
): Promise<FastifyReply> {
  const named = tableWords[language].badFile
  void reply.header('content-type', form === 'csv' ? 'text/csv; charset=utf-8' : xlsxType)
  void reply.header('content-disposition', `attachment; filename="${name}.${form}"`)
  void reply.header('cache-control', 'no-store')
  return reply.send(form === 'csv' ? badRowsFile(file, named) : await badRowsWorkbook(file, named))
}
