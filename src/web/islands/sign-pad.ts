/** A field to sign in with a finger, for whoever would rather draw than press a button: without scripts it stays hidden. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sign-pad]')) {
  const field = form.querySelector('svg')!
  const line = field.querySelector('path:last-of-type')!
  const kept = form.elements.namedItem('picture') as HTMLInputElement
  const { width, height } = field.viewBox.baseVal
  let last: { x: number; y: number } | null = null
  form.hidden = false

  const draw = (event: PointerEvent, stroke: 'M' | 'L') => {
    const box = field.getBoundingClientRect()
    const within = (share: number, most: number) => Math.round(Math.min(1, Math.max(0, share)) * most)
    const x = within((event.clientX - box.left) / box.width, width)
    const y = within((event.clientY - box.top) / box.height, height)
    // Points closer than this cannot be told apart and only fill the drawing up.
    if (stroke === 'L' && last && Math.hypot(x - last.x, y - last.y) < 2) return
    if (kept.value.length > 59_000) return
    last = { x, y }
    kept.value += `${stroke}${x} ${y}`
    line.setAttribute('d', kept.value)
  }
  field.addEventListener('pointerdown', event => {
    field.setPointerCapture(event.pointerId)
    draw(event, 'M')
  })
  field.addEventListener('pointermove', event => {
    if (last) draw(event, 'L')
  })
  for (const end of ['pointerup', 'pointercancel'] as const)
    field.addEventListener(end, () => {
      last = null
    })
  form.addEventListener('reset', () => {
    kept.value = ''
    line.removeAttribute('d')
  })
  // A dot is no signature, and an empty field is none.
  form.addEventListener('submit', event => {
    if (!kept.value.includes('L')) event.preventDefault()
  })
}
