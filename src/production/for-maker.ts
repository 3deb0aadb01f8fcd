import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { pictureOf } from '../photo/store.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import { writeExport } from '../server/export-file.ts'
import type { Act, Actor, Register } from '../server/register.ts'
import { referenceOf } from './rules.ts'
import { batchOf, type Item, itemsOf, keepTaken } from './store.ts'

/** The name of a card's photo in the file for the card maker; null where there is none. */
const photoName = (batchId: number, { place, photoId }: Item): string | null =>
  photoId === null ? null : `${referenceOf(batchId, place)}.jpg`

/**
 * What the list for the card maker tells of each card. Headers are the same in every language: a machine reads them, and the
 * file of numbers that comes back names cards by `item`.
 */
const columnsOf = (batch: { id: number; edition: string }, programme: Programme): ExportColumn<Item>[] => [
  { header: 'item', text: item => referenceOf(batch.id, item.place) },
  { header: 'student_number', text: item => item.studentNumber },
  { header: 'name_zh', text: item => item.nameZh },
  { header: 'name_en', text: item => item.nameEn },
  { header: 'department', text: item => item.department },
  { header: 'department_zh', text: item => nameOf(programme.departments, item.department)['zh-TW'] },
  { header: 'department_en', text: item => nameOf(programme.departments, item.department).en },
  { header: 'edition', text: () => batch.edition },
  { header: 'photo', text: item => photoName(batch.id, item) },
]

/** A batch as the card maker gets it: the list twice, and whose photos go with it. */
export interface ForMaker {
  batchId: number
  on: Temporal.PlainDate
  lists: { name: string; file: Buffer }[]
  photos: { name: string; photoId: number }[]
  /** Whose cards they are. */
  personIds: number[]
}

/** A list never has more rows than a batch has cards; that its file is too large is a fault. */
async function written(
  list: Parameters<typeof writeExport<Item>>[0],
  format: 'xlsx' | 'csv',
): Promise<Buffer> {
  const file = await writeExport(list, format)
  if (!file.ok) throw new Error('the list of a batch is too large to be written')
  return Buffer.concat(file.file.chunks)
}

/**
 * Takes a batch out for the card maker: the cards that are neither back nor cancelled, and the photos that count now. Each
 * person's journal says that their data, and perhaps their photo, left the office. Null where there is no such batch.
 */
export async function takeOutForMaker(act: Act, batchId: number): Promise<ForMaker | null> {
  const batch = await batchOf(act, batchId)
  if (batch === null) return null
  const programme = await programmeInForce(act)
  const { zone, currency } = programme.campus
  const items = (await itemsOf(act, batchId)).filter(({ state }) => state === 'out')
  const list = {
    columns: columnsOf(batch, programme),
    rows: items,
    look: { language: 'zh-TW' as const, zone, currency },
    title: `batch-${batchId}`,
  }
  const photos = items.flatMap(item => {
    const name = photoName(batchId, item)
    return name === null ? [] : [{ name, photoId: item.photoId! }]
  })
  await keepTaken(act, batchId)
  await act.note(
    {
      act: 'list for the card maker taken out',
      facts: { batch: batchId, cards: items.length, photos: photos.length },
    },
    ...items.map(({ personId, photoId }) => ({
      act: 'data taken out for the card maker',
      personId,
      facts: { batch: batchId, photo: photoId },
    })),
  )
  return {
    batchId,
    on: act.now.toZonedDateTimeISO(zone).toPlainDate(),
    lists: [
      { name: 'list.xlsx', file: await written(list, 'xlsx') },
      { name: 'list.csv', file: await written(list, 'csv') },
    ],
    photos,
    personIds: items.map(({ personId }) => personId),
  }
}

/**
 * The same as one zip, photo after photo read only when its turn has come: however many there are, one is in memory. A photo
 * that was erased meanwhile is an empty file.
 */
export function zipForMaker(
  { register, actor }: { register: Register; actor: Actor },
  { lists, photos }: ForMaker,
): Readable {
  const zip = new ZipFile()
  const out = zip.outputStream as unknown as Readable
  // What breaks off while it is sent must not look like a whole file.
  zip.on('error', error => out.destroy(error instanceof Error ? error : new Error(String(error))))
  for (const { name, file } of lists) zip.addBuffer(file, name)
  // Runs when its turn has come, in a look of its own.
  async function* picture(photoId: number) {
    const found = await register.look(actor, act => pictureOf(act, photoId))
    if (found) yield found.picture
  }
  for (const { name, photoId } of photos)
    zip.addReadStreamLazy(`photos/${name}`, { compress: false }, done =>
      done(null, Readable.from(picture(photoId), { objectMode: false })),
    )
  zip.end()
  return out
}
