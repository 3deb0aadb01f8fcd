/** How long nobody touches the page until it counts as left. */
const quietMs = 60_000

/**
 * Watches for whoever is before the page; says whether nobody has touched it for one minute to two. Screens that ask by
 * themselves say so along with it, so that a desk that was left open is signed out although its page goes on asking.
 */
export function watchForSomebody(): () => boolean {
  let touched = true
  let quiet = false
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
    window.addEventListener(
      kind,
      () => {
        touched = true
        quiet = false
      },
      { passive: true, capture: true },
    )
  setInterval(() => {
    quiet = !touched
    touched = false
  }, quietMs)
  return () => quiet
}
