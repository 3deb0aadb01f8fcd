import { Button } from '@mantine/core'
import { type PointerEvent, useRef } from 'react'
import { fieldHeight as height, fieldWidth as width } from '../handover/drawing.ts'

/** Longest drawing that is kept, in characters: some 6,000 points. */
const longest = 59_000

/** A field to sign in with a finger, a pen or a mouse. The drawing is SVG path data of whole points. */
export function SignaturePad({
  label,
  again,
  path,
  onPath,
}: {
  label: string
  again: string
  path: string
  onPath: (path: string) => void
}) {
  const field = useRef<SVGSVGElement>(null)
  const drawing = useRef<{ path: string; x: number; y: number } | null>(null)

  function pointOf(event: PointerEvent): { x: number; y: number } {
    const box = field.current!.getBoundingClientRect()
    const within = (share: number, most: number) => Math.round(Math.min(1, Math.max(0, share)) * most)
    return {
      x: within((event.clientX - box.left) / box.width, width),
      y: within((event.clientY - box.top) / box.height, height),
    }
  }
  function begin(event: PointerEvent) {
    if (event.button !== 0) return
    field.current!.setPointerCapture(event.pointerId)
    const { x, y } = pointOf(event)
    drawing.current = { path: `${path}M${x} ${y}`, x, y }
    onPath(drawing.current.path)
  }
  function move(event: PointerEvent) {
    const line = drawing.current
    if (!line || line.path.length > longest) return
    const { x, y } = pointOf(event)
    // Points closer than this cannot be told apart and only fill the drawing up.
    if (Math.hypot(x - line.x, y - line.y) < 2) return
    drawing.current = { path: `${line.path}L${x} ${y}`, x, y }
    onPath(drawing.current.path)
  }
  const end = () => {
    drawing.current = null
  }
  return (
    <div className="desk-pad">
      <svg
        ref={field}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <path d="M24 136H576" className="desk-pad-line" />
        <path d={path} className="desk-pad-drawn" />
      </svg>
      {path === '' && <p aria-hidden="true">{label}</p>}
      {path !== '' && (
        <Button variant="subtle" size="compact-md" onClick={() => onPath('')}>
          {again}
        </Button>
      )}
    </div>
  )
}
