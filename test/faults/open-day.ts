import { windowsOf } from './days.ts'
import { type Engine, openEngine } from './engine.ts'
import { openSmallCampus, type SmallCampus, type Student } from './small-campus.ts'

/** A small campus and its engine, after the first window. */
export interface Day {
  campus: SmallCampus
  engine: Engine
  windows: ReturnType<typeof windowsOf>
  /** The students whom no test has taken yet. */
  students: Student[]
  /** The serial numbers of the first two controllers. */
  a: number
  b: number
  close(): Promise<void>
}

/** Opens a small campus with an engine that waits for controllers as it is asked to, and lets the first window pass. */
export async function openDay(
  asked: { network: string; students: number },
  patience?: Parameters<typeof openEngine>[1],
): Promise<Day> {
  const campus = await openSmallCampus(asked)
  const engine = await openEngine(campus.url, patience)
  const windows = windowsOf(campus)
  await windows.next()
  await engine.settle()
  const [a, b] = campus.controllers as [number, number]
  return {
    campus,
    engine,
    windows,
    students: [...campus.students],
    a,
    b,
    async close() {
      await engine.close()
      await campus.close()
    },
  }
}
