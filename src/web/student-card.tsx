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
  [...text].reduce((sum, sign) => sum + (sign.codePointAt(0)! > 0x2e7f ? 1 : 0.56), 0)

/** The largest size, up to `most`, at which the text fits the width; all in the picture's units. */
const fitting = (text: string, width: number, most: number): number =>
  Math.min(most, Math.floor((width / Math.max(ems(text), 1)) * 10) / 10)

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
          <text x="56" y="96" fontSize={fitting(university['zh-TW'], 580, 44)} fontWeight="700">
            {university['zh-TW']}
          </text>
          <text x="56" y="138" fontSize={fitting(university.en, 580, 25)} fontWeight="500">
            {university.en}
          </text>
          <text x="278" y="290" fontSize={fitting(holder.name['zh-TW'], 520, 54)} fontWeight="700">
            {holder.name['zh-TW']}
          </text>
          <text x="278" y="334" fontSize={fitting(holder.name.en, 520, 30)} fontWeight="500">
            {holder.name.en}
          </text>
          {holder.department && (
            <text x="278" y="384" fontSize={fitting(holder.department[language], 520, 26)}>
              {holder.department[language]}
            </text>
          )}
          <text x="278" y="466" fontSize="40" fontWeight="600" className="figures">
            {holder.number}
          </text>
          {ending && (
            <text x="800" y="466" fontSize="30" textAnchor="end" className="figures">
              ···· {ending}
            </text>
          )}
          <text x="56" y="192" fontSize={fitting(edition.name[language], 580, 25)} fontWeight="600">
            {edition.name[language]}
          </text>
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
      <path key={half} d={`M${700 - half} 560V${330}a${half} ${half} 0 0 1 ${2 * half} 0V560`} />
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
