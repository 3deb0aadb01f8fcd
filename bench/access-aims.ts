/** A figure of the speed table: what the best open peer needs for the same lists, and what is wished for. */
export interface Aim {
  work: string
  peer: string
  target: string
  /** The target as numbers, by the names of the figures; each is the most that is wished for. */
  atMost: Readonly<Record<string, number>>
  /** The peer's figures, the better end where a range was measured. */
  peerFigures: Readonly<Record<string, number>>
}

/** The controllers repeat the sequence id of a request, so that a reply names it. */
const echo = ', id echoed'
const swap = (
  work: string,
  peer: [said: string, ms: number, datagrams: number],
  most: { ms: number; datagrams: number },
): Aim => ({
  work,
  peer: peer[0],
  target: `${most.ms / 1000} s, ${most.datagrams.toLocaleString('en')} datagrams`,
  atMost: { switchedMs: most.ms, datagrams: most.datagrams },
  peerFigures: { switchedMs: peer[1], datagrams: peer[2] },
})

const peer10: [string, number, number] = ['10.6 s, 203,010 datagrams', 10_600, 203_010]
const peer100: [string, number, number] = ['35–64 s, 530,100', 35_000, 530_100]
const peer1000: [string, number, number] = ['101–149 s, 1,301,000', 101_000, 1_301_000]
const load = {
  peer: '18.9–21.2 s',
  target: '8 s',
  atMost: { switchedMs: 8_000 },
  peerFigures: { switchedMs: 18_900 },
}
const verify = {
  peer: '10.5–13.7 s',
  target: '5 s',
  atMost: { verifiedMs: 5_000 },
  peerFigures: { verifiedMs: 10_500 },
}
const floor = { peer: '–', target: '1.25 × the wire’s floor', atMost: { ratio: 1.25 }, peerFigures: {} }

/** Every row of the speed table by its name, in its order. */
export const aims: Readonly<Record<string, Aim>> = {
  'swap-10': swap('swap 100 cards, 10 controllers × 20,000', peer10, { ms: 500, datagrams: 4_100 }),
  'swap-10-echo': swap(`swap 100 cards, 10 controllers × 20,000${echo}`, peer10, {
    ms: 500,
    datagrams: 2_100,
  }),
  'swap-100': swap('swap 100 cards, 100 × 5,000', peer100, { ms: 2_500, datagrams: 41_000 }),
  'swap-100-echo': swap(`swap 100 cards, 100 × 5,000${echo}`, peer100, { ms: 2_500, datagrams: 41_000 }),
  'swap-1000': swap('swap 100 cards, 1,000 × 1,000', peer1000, { ms: 20_000, datagrams: 410_000 }),
  'swap-1000-echo': swap(`swap 100 cards, 1,000 × 1,000${echo}`, peer1000, {
    ms: 20_000,
    datagrams: 410_000,
  }),
  'nothing-1000': swap('nothing changed, 1,000 × 1,000', ['81–83 s, 1,001,000', 81_000, 1_001_000], {
    ms: 1_000,
    datagrams: 1_000,
  }),
  memory: {
    work: 'memory of the worker at a million wanted rows',
    peer: '1,044 MB',
    target: '512 MB',
    atMost: { peakMb: 512 },
    peerFigures: { peakMb: 1_044 },
  },
  'one-100': swap('1 card swapped, 100 × 1,000', ['6.7 s, 100,400', 6_700, 100_400], {
    ms: 100,
    datagrams: 500,
  }),
  'verify-10': { work: 'full verify, 10 × 20,000: every list read whole', ...verify },
  'verify-10-echo': { work: `full verify, 10 × 20,000: every list read whole${echo}`, ...verify },
  'load-10': { work: 'first load, 10 × 20,000', ...load },
  'load-10-echo': { work: `first load, 10 × 20,000${echo}`, ...load },
  'lost-1000': {
    work: 'lost card on 1,000 controllers, 5 ms each, 5 % dead: p99 of the reachable',
    peer: 'stops at the first dead one',
    target: '1 s after commit, dead ones named',
    atMost: { p99Ms: 1_000, deadUnnamed: 0 },
    peerFigures: {},
  },
  plan: {
    work: 'plan of 2,000 changes, campus of 1,000,000 against 17,000',
    peer: 'grows with the campus',
    target: '1.3 ×',
    atMost: { ratio: 1.3 },
    peerFigures: {},
  },
  'window-60': { work: 'window of 2,000 switches, 60 controllers, 5 ms each', ...floor },
  'window-60-echo': { work: `window of 2,000 switches, 60 controllers, 5 ms each${echo}`, ...floor },
  'loss-10': {
    work: '1 % loss an exchange, 10 × 1,000, full verify',
    peer: 'all 10 abandoned',
    target: '0 missing, 0 failed',
    atMost: { missing: 0, failed: 0 },
    peerFigures: { failed: 10 },
  },
}
