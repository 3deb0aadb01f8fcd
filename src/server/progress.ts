/** How far long work is that this process does for somebody. */
export interface Progress {
  doing: string
  /** Rows done so far. */
  rows: number
}

const underWay = new Map<string, Progress>()

/**
 * Does long work of which somebody may ask how far it is, under a name; what no process of ours does is under way
 * nowhere. Kept in memory alone: work ends with its process.
 */
export async function tellingProgress<Result>(
  name: string,
  work: (tell: (doing: string, rows: number) => void) => Promise<Result>,
): Promise<Result> {
  const progress: Progress = { doing: 'reading', rows: 0 }
  underWay.set(name, progress)
  try {
    return await work((doing, rows) => Object.assign(progress, { doing, rows }))
  } finally {
    if (underWay.get(name) === progress) underWay.delete(name)
  }
}

/** How far the work of that name is; null: it is not under way here. */
export const progressOf = (name: string): Progress | null => underWay.get(name) ?? null
