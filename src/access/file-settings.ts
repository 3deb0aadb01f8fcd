import { Type } from 'typebox'
import { encodings } from '../lib/encoding.ts'

const closed = { additionalProperties: false }
const Title = Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\x00-\\x1f]+$' })
const Word = Type.String({ minLength: 1, maxLength: 40, pattern: '^[^\\x00-\\x1f]+$' })
const Words = (description: string) => Type.Array(Word, { maxItems: 20, description })

/** What a column of a file for another access system can hold; names only where the update hands them over. */
export const columnContents = [
  'number',
  'deed',
  'from',
  'to',
  'doors',
  'door-1',
  'door-2',
  'door-3',
  'door-4',
  'student-number',
  'name-zh',
  'name-en',
  'text',
] as const

/**
 * How another access system wants its files and writes its results: what a controller of the make `file` has in place
 * of an address. What such settings may say beyond their shape is decided by file-settings-rules.ts.
 */
export const FileSettings = Type.Object(
  {
    folder: Type.String({ maxLength: 100, description: 'A folder of GATEHOUSE_FILES: its name, no path' }),
    encoding: Type.Enum([...encodings]),
    delimiter: Type.Enum([',', ';', '\t', '|']),
    header: Type.Boolean({ description: 'Whether the first line names the columns' }),
    columns: Type.Array(
      Type.Object(
        {
          name: Title,
          holds: Type.Enum([...columnContents]),
          text: Type.Optional(
            Type.String({ maxLength: 60, description: 'What a `text` column always says' }),
          ),
        },
        closed,
      ),
      { minItems: 2, maxItems: 30 },
    ),
    number: Type.Object(
      {
        as: Type.Enum(['decimal', 'hex']),
        digits: Type.Integer({ minimum: 0, maximum: 20, description: 'Width with zeros in front; 0: none' }),
      },
      closed,
    ),
    dates: Type.Enum(['iso', 'roc'], { description: '2023-11-20, or 112/11/20' }),
    deeds: Type.Object({ put: Word, remove: Word }, closed),
    rows: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 20_000, description: 'Most rows of a file; 1000 unless said' }),
    ),
    names: Type.Optional(
      Type.Object(
        {
          otherwise: Type.Enum(['english', 'sign'], {
            description:
              'In place of a name that the encoding cannot write: the English one, or a sign a character',
          }),
          sign: Type.Optional(Type.String({ minLength: 1, maxLength: 2 })),
        },
        closed,
      ),
    ),
    result: Type.Object(
      {
        number: Title,
        result: Title,
        applied: Words('Done'),
        rejected: Words('Not done, and will not be'),
        full: Type.Optional(Words('No room')),
        absent: Type.Optional(Words('A card to be removed was not there')),
        again: Type.Optional(Words('Not known any more: to be handed over once more')),
      },
      closed,
    ),
  },
  closed,
)
export type FileSettings = Type.Static<typeof FileSettings>

/** Rows of a file where the settings do not say. */
export const usualRows = 1_000
