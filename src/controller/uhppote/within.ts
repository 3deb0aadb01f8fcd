import type { Network } from './sockets.ts'

/**
 * A network that sends to no address where no controller may be, whatever is recorded: it may have been recorded before the
 * ranges were narrowed, or by other ways than ours. What is not sent is as lost on the way, and its controller is silent.
 */
export function within(network: Network, mayBeAt: (host: string) => boolean): Network {
  const known = new Map<string, boolean>()
  const mayReach = (host: string): boolean => {
    const said = known.get(host)
    if (said !== undefined) return said
    const may = mayBeAt(host)
    known.set(host, may)
    return may
  }
  return {
    ...network,
    async openSockets(count, hear) {
      const sockets = await network.openSockets(count, hear)
      return {
        ...sockets,
        send: (socket, datagram, host, port) => {
          if (mayReach(host)) sockets.send(socket, datagram, host, port)
        },
      }
    },
  }
}
