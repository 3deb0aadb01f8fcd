import { useId } from 'react'
import type { Bilingual } from '../lib/words.ts'
import { inkOn, isColour, mix } from './colour.ts'
import { useShell } from './surroundings.tsx'
import { words } from './words.ts'

/** What stands on a card's picture. Names are printed in both languages, as on the plastic. */
export interface StudentCardProps {
  university: Bilingual
  /** The edition's name and its ground colour, `#rrggbb`, both from the programme. */
  edition: { name: Bilingual; colour: string }
  holder: { name: Bilingual; number: string; department?: Bilingual }
  /** The last four characters of the card's number, once there is a card. */
  ending?: string
  /** Address of the holder's photo on this server; without one, an outline. */
  photo?: string
  /** A card that no longer opens doors is shown pale. Its state is said in words beside it. */
  faded?: boolean
}

/** Rough width of a text in ems: Chinese characters are square, Latin letters about half as wide. */
const ems = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + (sign.codePointAt(0)! > 0x2e7f ? 1 : 0.56), 0)

/** The largest size, up to `most`, at which the text fits the width; all in the picture's units. */
const fitting = (text: string, width: number, most: number): number =>
  Math.min(most, Math.floor((width / Math.max(ems(text), 1)) * 10) / 10)

/** A line of the picture; one too long to be read at a good size becomes two. `y` is its first base line. */
function Line({
  text,
  x,
  y,
  most,
  bold,
}: {
  text: string
  x: number
  y: number
  most: number
  bold?: boolean
}) {
  // Beside the photo the card's edge is the limit, above it the sign for readers.
  const width = x > 200 ? 800 - x : 640
  const parts = text.split(' ')
  const size = fitting(text, width, most)
  const half = parts.findIndex((_, index) => ems(parts.slice(0, index + 1).join(' ')) >= ems(text) / 2) + 1
  const two = size < most * 0.8 && half > 0 && half < parts.length
  const lines = two ? [parts.slice(0, half).join(' '), parts.slice(half).join(' ')] : [text]
  const fitted = Math.min(...lines.map(line => fitting(line, width, most * (two ? 0.85 : 1))))
  return (
    <text fontSize={fitted} fontWeight={bold ? 700 : 500}>
      {lines.map((line, index) => (
        <tspan key={line} x={x} y={y + index * fitted * 1.15}>
          {line}
        </tspan>
      ))}
    </text>
  )
}

/** The card itself, drawn: the hero of the student's page. A picture; what it says is also its text alternative. */
export function StudentCard({ university, edition, holder, ending, photo, faded }: StudentCardProps) {
  const { language } = useShell()
  const w = words[language]
  const id = useId()
  const ground = isColour(edition.colour) ? edition.colour.toLowerCase() : '#1d5fa8'
  const ink = inkOn(ground)
  // The gradient only ever moves away from the ink, so that the text never loses contrast.
  const away = ink === '#ffffff' ? '#000000' : '#ffffff'
  const said = [
    w.cardOf(edition.name[language], holder.name[language]),
    holder.number,
    ending ? w.cardEnding(ending) : '',
  ]
  return (
    <svg
      className={faded ? 'student-card faded' : 'student-card'}
      viewBox="0 0 856 540"
      role="img"
      aria-label={said.filter(Boolean).join(', ')}
    >
      <defs>
        <linearGradient id={`${id}g`} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor={ground} />
          <stop offset="1" stopColor={mix(ground, away, 0.3)} />
        </linearGradient>
        <clipPath id={`${id}c`}>
          <rect width="856" height="540" rx="36" />
        </clipPath>
        <clipPath id={`${id}p`}>
          <rect x="56" y="222" width="186" height="248" rx="16" />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}c)`}>
        <rect width="856" height="540" fill={`url(#${id}g)`} />
        <Gates ink={ink} />
        <g fill={ink}>
          <Line text={university['zh-TW']} x={56} y={92} most={46} bold />
          <Line text={university.en} x={56} y={136} most={28} />
          <Line text={edition.name[language]} x={56} y={190} most={28} bold />
          <Line text={holder.name['zh-TW']} x={278} y={278} most={56} bold />
          {/* Who has no Chinese name stands in the register with one name twice. */}
          {holder.name.en !== holder.name['zh-TW'] && (
            <Line text={holder.name.en} x={278} y={326} most={34} />
          )}
          {holder.department && <Line text={holder.department[language]} x={278} y={382} most={28} />}
          <text x="278" y="466" fontSize="40" fontWeight="600" className="figures">
            {holder.number}
          </text>
          {ending && (
            <text x="800" y="466" fontSize="30" textAnchor="end" className="figures">
              ···· {ending}
            </text>
          )}
        </g>
        <Waves ink={ink} />
        {photo ? (
          <image
            href={photo}
            x="56"
            y="222"
            width="186"
            height="248"
            preserveAspectRatio="xMidYMid slice"
            clipPath={`url(#${id}p)`}
          />
        ) : (
          <Outline ink={ink} clip={`url(#${id}p)`} />
        )}
      </g>
    </svg>
  )
}

/** Gates behind gates, the house's sign. */
const Gates = ({ ink }: { ink: string }) => (
  <g fill="none" stroke={ink} strokeOpacity="0.13" strokeWidth="20">
    {[70, 130, 190, 250, 310].map(half => (
      <path key={half} d={`M${700 - half} 560V330a${half} ${half} 0 0 1 ${2 * half} 0V560`} />
    ))}
  </g>
)

/** The sign that the card is held near a reader. */
const Waves = ({ ink }: { ink: string }) => (
  <g fill="none" stroke={ink} strokeWidth="9" strokeLinecap="round">
    <path d="M728 84a24 24 0 0 1 0 36M752 66a48 48 0 0 1 0 72M776 48a72 72 0 0 1 0 108" />
  </g>
)

const Outline = ({ ink, clip }: { ink: string; clip: string }) => (
  <g clipPath={clip} fill={ink}>
    <rect x="56" y="222" width="186" height="248" fillOpacity="0.14" />
    <circle cx="149" cy="324" r="46" fillOpacity="0.45" />
    <path d="M62 480a87 92 0 0 1 174 0z" fillOpacity="0.45" />
  </g>
)
