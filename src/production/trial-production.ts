import sharp from 'sharp'
import type { TestCampus } from '../../test/campus.ts'
import type { TrialDesk } from '../handover/trial-desk.ts'
import { readPicture } from '../photo/read-picture.ts'
import { takePhoto } from '../photo/take-photo.ts'
import type { BatchPageReply, OrderBody, OrderReply, ProductionReply, ToMakeReply } from './production-api.ts'

/** Adds students of Computer Science to the campus for whom no card was ever made; all of them are fictional. */
export async function addStudents(
  { owner }: TestCampus,
  numbers: readonly string[],
  { name = 'Sample', department = 'csie' } = {},
): Promise<void> {
  await owner.pool.query(
    `insert into person (student_number, name_zh, name_en, department, entry_year, status, kind, degree, site, language)
     select number, $2, $2, $3, 2022, 'enrolled', 'regular', 'bachelor', 'gongguan', 'en'
     from unnest($1::text[]) number`,
    [numbers, name, department],
  )
}

/** Gives a student a photo that counts at once, of a colour of their own: one file is never two people’s. */
export async function addPhoto(campus: TestCampus, studentNumber: string): Promise<void> {
  const file = await sharp({
    create: { width: 420, height: 540, channels: 3, background: `#${studentNumber.slice(5, 8)}` },
  })
    .png()
    .toBuffer()
  const read = await readPicture({ file, cut: false })
  if (!read.ok) throw new Error(read.refusal)
  const id = await campus.personId(studentNumber)
  const taken = await campus.gatehouse.register.aside({ kind: 'office', id: 'office' }, act =>
    takePhoto(act, { personId: id, by: 'office', picture: read.picture }),
  )
  if (!taken.ok) throw new Error(taken.refusal)
}

/** What the office does with production, over HTTP. */
export function productionOf(desk: TrialDesk) {
  const read = async <Reply>(path: string): Promise<Reply> => {
    const reply = await desk.send('office', path)
    if (reply.statusCode !== 200) throw new Error(`${path}: ${reply.body}`)
    return reply.json()
  }
  return {
    now: (query = '') => read<ProductionReply>(`/production${query}`),
    people: async (query = '') => (await read<ToMakeReply>(`/production/to-make${query}`)).people,
    batch: (id: number) => read<BatchPageReply>(`/production/batches/${id}`),
    ask: (body: Partial<OrderBody>) =>
      desk.send('office', '/production/batches', {
        list: 'usual',
        seen: 0,
        except: [],
        leaveOutWithoutPhoto: false,
        ...body,
      }),
    /** Orders what the list has now. */
    async order(body: Partial<OrderBody> = {}): Promise<OrderReply> {
      const { list = 'usual' } = body
      const { lists } = await this.now()
      const seen =
        list === 'usual'
          ? lists['none-yet'].people + lists.reissue.people + lists.faulty.people
          : lists[list].people
      const reply = await this.ask({ ...body, seen })
      if (reply.statusCode !== 200) throw new Error(reply.body)
      return reply.json()
    },
    cancel: (batchId: number, body: object) =>
      desk.send('office', `/production/batches/${batchId}/cancellation`, body),
    place: (batchId: number, body: object) =>
      desk.send('office', `/production/batches/${batchId}/places`, body),
    /** What a student reads about collecting. */
    async collect(studentNumber: string): Promise<string> {
      const { mayCollect, refusal, counters } = (await desk.send(studentNumber, '/me/eligibility')).json()
      return mayCollect ? `yes ${counters.map(({ id }: { id: string }) => id)}` : refusal
    },
  }
}
