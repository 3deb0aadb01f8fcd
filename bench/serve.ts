import { makeGatehouse } from '../src/app/gatehouse.ts'
import { ensureBundles } from '../src/server/bundles.ts'
import { projectFolder } from './ground.ts'
import { traceNext } from './trace.ts'

/*
 * The real server in a process of its own: what `npm start` puts together, without the doors' loop. It is started
 * with a channel to its parent, who asks for its processor time or for a trace.
 */
const gatehouse = await makeGatehouse({
  databaseUrl: process.env.BENCH_DATABASE!,
  bundles: await ensureBundles({ projectFolder, log: () => {} }),
  proofKeys: [Buffer.alloc(32, 9)],
  demo: false,
  owner: 'bench',
  log: () => {},
})
const address = await gatehouse.server.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ port: Number(new URL(address).port) })

process.on('message', (asked: 'cpu' | 'trace' | 'stop') => {
  if (asked === 'cpu') process.send?.({ cpu: process.cpuUsage() })
  if (asked === 'trace') {
    traceNext(statements => process.send?.({ statements }))
    process.send?.({ tracing: true })
  }
  if (asked === 'stop') void gatehouse.close().then(() => process.exit(0))
})
process.once('disconnect', () => process.exit(0))
