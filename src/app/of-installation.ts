import { fileURLToPath } from 'node:url'
import { launchPostgres } from '../server/postgres/launch.ts'
import { type Config, readConfig } from './config.ts'
import { withSecrets } from './secret-files.ts'

/** Where the project lies. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Does what a command does with an installation: as its settings and the files of its secrets say, over its own PostgreSQL, or
 * over the private one, which runs until it is done.
 */
export async function ofInstallation<Done>(
  log: (line: string) => void,
  work: (installation: { config: Config; databaseUrl: string }) => Promise<Done>,
): Promise<Done> {
  const config = readConfig(withSecrets(process.env), projectFolder)
  const { dataFolder } = config
  const postgres = config.databaseUrl ? null : await launchPostgres({ projectFolder, dataFolder, log })
  try {
    return await work({ config, databaseUrl: config.databaseUrl ?? postgres!.url })
  } finally {
    await postgres?.stop()
  }
}
