/** How many unsealed words an hour are written into the journal; the answer says no to each of them. */
export const mostNotedAnHour = 30

/**
 * Says whether a word that nobody has sealed is written down still: anybody can send such words without end, and the
 * journal keeps what it is told for ever. Counted in this process, by the hour of the campus's time.
 */
export function notesFew(): (now: Temporal.Instant) => boolean {
  let hour = ''
  let noted = 0
  return now => {
    const own = now.toString().slice(0, 13)
    if (own !== hour) noted = 0
    hour = own
    noted += 1
    return noted <= mostNotedAnHour
  }
}
