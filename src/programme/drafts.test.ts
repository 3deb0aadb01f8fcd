import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { DraftListed, DraftReply, ProposalReply } from './draft-api.ts'
import {
  check,
  checkAndPublish,
  edited,
  everythingOf,
  post,
  programmeText,
  propose,
  publishProposed,
} from './trial-publishing.ts'

let campus: TestCampus
let ntnu: string
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  ntnu = await programmeText('ntnu-2023')
})
afterAll(() => campus.close())

const withMap = (code: string) => edited(ntnu, 'mapCode: H101', `mapCode: ${code}`)

async function get<T>(path: string, who = 'office'): Promise<T> {
  const headers = { 'accept-language': 'en', cookie: await campus.signIn(who) }
  const reply = await campus.gatehouse.server.inject({ url: `/api/v1/programme/${path}`, headers })
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<T>()
}

const begin = async (from: object): Promise<number> =>
  ((await post(campus, 'drafts', { name: 'Spring', ...from })).body as { draftId: number }).draftId

describe('a draft', () => {
  it('begins with a version, comments and all, and is kept while it is written', async () => {
    const id = await begin({ version: 1 })
    expect(await get<DraftReply>(`drafts/${id}`)).toMatchObject({
      source: ntnu,
      revision: 1,
      comparedWith: 1,
      inForce: 1,
      alone: false,
      keptBy: { en: 'Card Officer E' },
    })
    const kept = await post(campus, `drafts/${id}/text`, { revision: 1, source: 'half a thou' })
    expect(kept).toEqual({ status: 200, body: { revision: 2 } })
    const { drafts } = await get<{ drafts: DraftListed[] }>('drafts', 'office-2')
    expect(drafts[0]).toMatchObject({ id, name: 'Spring', revision: 2, proposal: null })
  })

  it('is written by two at once: one is kept, the other is told by whom, and nothing is lost', async () => {
    const id = await begin({ source: '' })
    const [one, other] = await Promise.all([
      post(campus, `drafts/${id}/text`, { revision: 1, source: 'one' }),
      post(campus, `drafts/${id}/text`, { revision: 1, source: 'other' }, { who: 'office-2' }),
    ])
    expect([one.status, other.status].toSorted((a, b) => a - b)).toEqual([200, 409])
    const refused = (one.status === 409 ? one : other).body
    expect(refused).toMatchObject({ refusal: 'draft-changed-meanwhile', facts: { revision: 2 } })
    expect((await get<DraftReply>(`drafts/${id}`)).source).toBe(one.status === 200 ? 'one' : 'other')
  })

  it('is set aside, and then stays as it is', async () => {
    const id = await begin({ source: 'x' })
    expect((await post(campus, `drafts/${id}/end`, { revision: 1 })).status).toBe(200)
    const late = await post(campus, `drafts/${id}/text`, { revision: 1, source: 'y' })
    expect(late.body).toMatchObject({ refusal: 'draft-ended' })
  })

  it.each(['desk-csie', 'access', null])('is nobody’s business who is %s', async who => {
    const { status } = await post(campus, 'drafts', { name: 'x', source: '' }, { who })
    expect([401, 404]).toContain(status)
    const headers = who === null ? {} : { cookie: await campus.signIn(who) }
    const url = '/api/v1/programme/proposals'
    expect([401, 404]).toContain((await campus.gatehouse.server.inject({ url, headers })).statusCode)
  })
})

describe('a second person', () => {
  it('is needed: nobody publishes alone what is in force for two', async () => {
    const before = await everythingOf(campus)
    const source = withMap('H210')
    const { body: checked } = await check(campus, source)
    expect(checked).toMatchObject({ secondPerson: true, refusals: [] })
    const direct = await post(campus, 'versions', { source, comparedWith: 1, seal: checked.seal })
    expect(direct).toMatchObject({ status: 409, body: { refusal: 'needs-second-person' } })
    // Nor by saying in the same text that one is enough.
    const alone = edited(source, 'startsOn: 2023-09-11\n', 'startsOn: 2023-09-11\npublishing: alone\n')
    const { body: looked } = await check(campus, alone)
    const sly = await post(campus, 'versions', { source: alone, comparedWith: 1, seal: looked.seal })
    expect(sly.body).toMatchObject({ refusal: 'needs-second-person' })
    const draftId = await begin({ source })
    const own = await post(campus, `drafts/${draftId}/publication`, { revision: 1, seal: 'x' })
    expect(own.body).toMatchObject({ refusal: 'not-what-was-looked-at' })
    const right = await post(campus, `drafts/${draftId}/publication`, { revision: 1, seal: checked.seal })
    expect(right.body).toMatchObject({ refusal: 'needs-second-person' })
    expect(await everythingOf(campus)).not.toBe(before) // the draft's own line in the journal
    expect((await get<{ versions: object[] }>('versions')).versions).toHaveLength(1)
  })

  it('sees the difference, declines with a reason, and the draft may be changed again', async () => {
    const { draftId, body } = await propose(campus, withMap('H211'))
    const seen = await get<ProposalReply>(`proposals/${body.proposalId}`, 'office-2')
    const waiting = async (who: string) => (await get<{ proposals: object[] }>('proposals', who)).proposals
    expect(await waiting('office-2')).toMatchObject([{ id: body.proposalId, by: { id: 'office' } }])
    expect(await waiting('office')).toEqual([])
    expect(seen).toMatchObject({ own: false, answer: null, proposedBy: { id: 'office' } })
    expect(seen.check.changes).toMatchObject([{ path: '/counters/registry/mapCode', after: 'H211' }])
    const writing = await post(campus, `drafts/${draftId}/text`, { revision: 1, source: 'x' })
    expect(writing.body).toMatchObject({ refusal: 'draft-is-proposed' })
    const declined = { reason: 'The room is H301.' }
    const own = await post(campus, `proposals/${body.proposalId}/refusal`, declined)
    expect(own.body).toMatchObject({ refusal: 'own-proposal' })
    const other = { who: 'office-2' }
    expect((await post(campus, `proposals/${body.proposalId}/refusal`, declined, other)).status).toBe(200)
    expect(await waiting('office-2')).toEqual([])
    const { declined: why, proposal } = await get<DraftReply>(`drafts/${draftId}`)
    expect([why, proposal]).toEqual(['The room is H301.', null])
    expect((await post(campus, `drafts/${draftId}/text`, { revision: 1, source: 'x' })).status).toBe(200)
    expect((await publishProposed(campus, body.proposalId)).body.refusal).toBe('proposal-answered')
  })

  it('publishes it once, however many press at once; the journal names both', async () => {
    const source = `# Together.\n${withMap('H212')}`
    const { body } = await propose(campus, source)
    expect((await publishProposed(campus, body.proposalId, { who: 'office' })).body.refusal).toBe(
      'own-proposal',
    )
    const answers = await Promise.all([1, 2, 3].map(() => publishProposed(campus, body.proposalId)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
    expect(answers.find(({ status }) => status === 200)!.body).toEqual({ version: 2 })
    const { rows } = await campus.owner.pool.query(
      `select act, actor from journal where act like 'programme p%' order by id desc limit 2`,
    )
    expect(rows).toEqual([
      { act: 'programme published', actor: 'office:office-2' },
      { act: 'programme proposed', actor: 'office:office' },
    ])
  })

  it('a draft from before another version says so first, and is proposed when that was looked at', async () => {
    const id = await begin({ version: 1 })
    await post(campus, `drafts/${id}/text`, { revision: 1, source: withMap('H213') })
    const behind = await post(campus, `drafts/${id}/proposals`, { revision: 2, note: '' })
    expect(behind.body).toMatchObject({ refusal: 'draft-behind', facts: { version: 2 } })
    expect((await post(campus, `drafts/${id}/comparison`, { revision: 2, version: 2 })).body).toEqual({
      revision: 3,
    })
    expect((await post(campus, `drafts/${id}/proposals`, { revision: 3, note: '' })).status).toBe(200)
    expect((await checkAndPublish(campus, withMap('H214'))).body).toEqual({ version: 3 })
    const { drafts } = await get<{ drafts: DraftListed[] }>('drafts')
    const proposal = drafts.find(draft => draft.id === id)!.proposal!
    expect((await publishProposed(campus, proposal.id)).body.refusal).toBe('changed-meanwhile')
    expect((await post(campus, `proposals/${proposal.id}/withdrawal`, {})).status).toBe(200)
  })

  it.each<[string, number | null]>([
    ['one that was kept as one’s own', 1],
    ['a file of which nobody knows what it was written from', null],
  ])('a draft begun with a text from before another version says so first: %s', async (_, comparedWith) => {
    const id = await begin({ source: withMap('H215'), comparedWith })
    expect(await get<DraftReply>(`drafts/${id}`)).toMatchObject({ comparedWith, inForce: 3 })
    const behind = await post(campus, `drafts/${id}/proposals`, { revision: 1, note: '' })
    expect(behind.body).toMatchObject({ refusal: 'draft-behind', facts: { version: 3 } })
  })

  it('a draft is not begun from a version that there is not', async () => {
    const { body } = await post(campus, 'drafts', { name: 'x', source: '', comparedWith: 99 })
    expect(body).toMatchObject({ refusal: 'no-such-version' })
  })

  it('a text with problems is not proposed', async () => {
    const { status, body } = await propose(campus, edited(ntnu, 'quietSeconds: 35', 'quietSecond: 35'))
    expect([status, body.refusal]).toEqual([409, 'programme-has-problems'])
  })
})
