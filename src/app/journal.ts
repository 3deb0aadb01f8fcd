import { openDatabase } from '../server/database.ts'
import { sayVerified } from '../server/journal/say.ts'
import { verifyJournal } from '../server/journal/verify.ts'
import { type FilesVerified, verifyFiles } from '../server/journal/verify-files.ts'
import { ofInstallation } from './of-installation.ts'

/*
 * `npm run journal -- verify [folder]`: follows the chain over the journal from its first entry to its last, and, where
 * entries were shipped (GATEHOUSE_JOURNAL, or the folder named), compares them. Ends with 1 where something does not fit.
 * Nothing is changed.
 */
const log = (line: string): void => console.log(line)

function sentenceOfFiles(found: FilesVerified, folder: string): string {
  if (found.whole)
    return `${found.seals} seals in ${found.files} files in ${folder}, whole, up to seal ${found.last}: the database has the same.`
  if (found.what === 'file') return `${folder}: ${found.file}, line ${found.line} does not fit its seal.`
  if (found.what === 'seal')
    return `Seal ${found.seal} was shipped to ${folder}, and the database has another one or none.`
  return `Entry ${found.entry} was shipped to ${folder} under seal ${found.seal}, and was ${found.what} in the database since.`
}

async function run(): Promise<void> {
  const [command, named] = process.argv.slice(2)
  if (command !== 'verify') throw new Error('Say what to do: npm run journal -- verify [folder]')
  await ofInstallation(log, async ({ config, databaseUrl }) => {
    const folder = named ?? config.journalFolder
    const database = openDatabase(databaseUrl, 'chores', { connections: 1 })
    try {
      const found = await verifyJournal(database)
      log(sayVerified(found))
      const files = folder === null ? null : await verifyFiles(database, folder)
      if (files !== null) log(sentenceOfFiles(files, folder!))
      if (!found.whole || files?.whole === false) process.exitCode = 1
    } finally {
      await database.close()
    }
  })
}

run().catch((error: Error) => {
  console.error(`The journal could not be read. ${error.message}`)
  process.exitCode = 1
})
