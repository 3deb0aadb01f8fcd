import { openEngine } from './engine.ts'

/*
 * One process of Gatehouse's update, for tests that kill and pause it: `node updater.ts DATABASE OWNER OPTIONS`,
 * with the engine's options as JSON. It says "ports 1,2,3,4", "ready" once it looks, and "finished INSTANT" for each
 * window that it finished. It ends with its standard input.
 */
const [url = '', owner = '', options = '{}'] = process.argv.slice(2)

const engine = await openEngine(url, {
  ...(JSON.parse(options) as object),
  owner,
  onFinished: async startsAt => console.log(`finished ${startsAt.toString()}`),
  onPorts: ports => console.log(`ports ${ports.join()}`),
  log: line => console.log(`said ${line}`),
})
console.log('ready')

process.stdin.resume().once('end', () => {
  engine.close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
})
