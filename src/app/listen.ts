import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Server } from '../server/http.ts'
import type { Config } from './config.ts'

type Place = Pick<Config, 'host' | 'port'>

/** One sentence on why it is impossible to listen there, and what to do. */
function sayWhy(error: unknown, { host, port }: Place): Error {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new Error(
      `Port ${port} of ${host} is taken: stop what uses it, or choose another, as in "PORT=${port + 1} npm start".`,
    )
  if (code === 'EACCES')
    return new Error(
      `Port ${port} may not be used by this user: choose one from 1024 on, as in "PORT=3000 npm start".`,
    )
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Error(
      `HOST is "${host}", which is no address of this machine: try 127.0.0.1, or 0.0.0.0 for all of them.`,
    )
  return new Error(message, { cause: error })
}

/** Finds out at once whether the port is free, so that nobody waits for a start that is in vain. */
export async function refuseTakenPort(place: Place): Promise<void> {
  const trial = createServer()
  trial.listen(place.port, place.host)
  try {
    await once(trial, 'listening')
  } catch (error) {
    throw sayWhy(error, place)
  }
  trial.close()
  await once(trial, 'close')
}

/** Begins to answer requests; the address for a browser on this machine. */
export async function listenAt(server: Server, place: Place): Promise<string> {
  try {
    const address = new URL(await server.listen(place))
    if (['0.0.0.0', '[::]'].includes(address.hostname)) address.hostname = 'localhost'
    return address.origin
  } catch (error) {
    throw sayWhy(error, place)
  }
}
