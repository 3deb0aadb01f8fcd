import type { Tone } from '../web/verdict.tsx'

/** Two notes a verdict, in hertz: rising for yes, falling and low for no, one even for the rest. */
const notes: Record<Tone, readonly [number, number]> = {
  yes: [660, 880],
  no: [330, 220],
  warn: [330, 220],
  wait: [520, 520],
  info: [520, 520],
}

let context: AudioContext | null = null

/** Sounds a verdict, softly. A browser that does not allow it stays silent: a sound is never the only signal. */
export function chime(tone: Tone): void {
  try {
    context ??= new AudioContext()
    const { currentTime, destination } = context
    notes[tone].forEach((pitch, at) => {
      const [voice, volume] = [context!.createOscillator(), context!.createGain()]
      const from = currentTime + at * 0.12
      voice.frequency.value = pitch
      volume.gain.setValueAtTime(0.12, from)
      volume.gain.exponentialRampToValueAtTime(0.001, from + 0.18)
      voice.connect(volume).connect(destination)
      voice.start(from)
      voice.stop(from + 0.2)
    })
  } catch {
    context = null
  }
}
