/** The field in which people sign, in its own units; a drawing is kept in them whatever the screen. */
export const fieldWidth = 600
export const fieldHeight = 180

/** Longest drawing that is kept, in characters: some 7,000 points. */
export const longestDrawing = 60_000

/** What a drawing looks like: strokes of whole points as SVG path data, and nothing else. */
export const drawingPattern = '^M[0-9]{1,3} [0-9]{1,3}([ML][0-9]{1,3} [0-9]{1,3})+$'
const looksDrawn = new RegExp(drawingPattern)

/** A line shorter than this, in units of the field, is a slip of the finger. */
const shortest = 10

/**
 * Whether this is a drawing that somebody made: points within the field, and lines long enough to be a signature. What
 * is anything else (a script, a number that is none, a point far away) is no drawing.
 */
export function isDrawing(path: string): boolean {
  if (path.length > longestDrawing || !looksDrawn.test(path)) return false
  let length = 0
  let [lastX, lastY] = [0, 0]
  for (const [, stroke, left, top] of path.matchAll(/([ML])(\d+) (\d+)/g)) {
    const [x, y] = [Number(left), Number(top)]
    if (x > fieldWidth || y > fieldHeight) return false
    if (stroke === 'L') length += Math.hypot(x - lastX, y - lastY)
    ;[lastX, lastY] = [x, y]
  }
  return length >= shortest
}
