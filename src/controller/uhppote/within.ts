import { type Network as AddressRange, addressNumber, liesIn } from '../../access/networks.ts'
import type { Network } from './sockets.ts'

/**
 * A network that sends to no address outside of some ranges, whatever is recorded: an address may have been recorded before
 * the ranges were narrowed, or by other ways than ours. What is not sent is as lost on the way, and its controller is silent.
 */
export function within(network: Network, ranges: readonly AddressRange[]): Network {
  const known = new Map<string, boolean>()
  const mayReach = (host: string): boolean => {
    const said = known.get(host)
    if (said !== undefined) return said
    const address = addressNumber(host)
    const may = address !== null && liesIn(address, ranges)
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
