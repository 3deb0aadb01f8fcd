import { Type } from 'typebox'
import { besideEachOther, both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import { programmeInForce } from '../programme/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Policy, Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { everyGrantOf, type ListedGrant } from './grant-store.ts'
import { everyDoorOfMine, type MyDoor, myDoor, myDoors } from './my-doors-store.ts'
import { reachesDoor } from './reach.ts'
import { maskedOrNull } from './replies.ts'
import { BothNames, DoorId } from './shape.ts'

const keepers: Policy = ['access', 'owner']
const tags = ['access']

const MyDoorReply = Type.Object({
  id: DoorId,
  name: BothNames,
  building: BothNames,
  groups: Type.Array(BothNames, { description: 'The access groups that open it' }),
  grants: Type.Integer({ description: 'Cards to which it is granted one by one' }),
  tasks: Type.Integer({ description: 'People whose card changed and who wait for an answer' }),
})
export const MyDoorsReply = Type.Object({ doors: Type.Array(MyDoorReply) })
export type MyDoorsReply = Type.Static<typeof MyDoorsReply>
export type MyDoorReply = Type.Static<typeof MyDoorReply>

const doorColumns: ExportColumn<MyDoor>[] = [
  { header: both('門', 'Door'), text: (row, { language }) => row.name[language] },
  { header: both('建築', 'Building'), text: (row, { language }) => row.building[language] },
  {
    header: both('開門的群組', 'Groups that open it'),
    text: ({ groups }, { language }) =>
      besideEachOther(
        groups.map(group => group[language]),
        language,
      ),
  },
  { header: both('個別設定的卡片', 'Cards granted one by one'), count: row => row.grants },
  { header: both('待處理', 'Waiting'), count: row => row.tasks },
]

const grantColumns: ExportColumn<ListedGrant>[] = [
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  { header: both('卡號', 'Card'), text: row => maskedOrNull(row.printedNumber) },
  { header: both('負責單位', 'Owner of the door'), text: (row, { language }) => row.owner[language] },
  { header: both('設定時間', 'Granted'), moment: row => row.grantedAt },
  { header: both('目前可開', 'Opens now'), yes: row => row.opens },
  { header: both('已換卡', 'Card changed'), yes: row => row.movedOn },
]

/** The doors that somebody looks after, their owner or the keeper of their building, and who may open each by their own card. */
export function myDoorsRoutes(server: Server, { register }: { register: Register }): void {
  const config = { policy: keepers, narrows: true, purpose: 'doors', shows: 'doors' } as const
  server.get(
    '/api/v1/my-doors',
    {
      config,
      schema: {
        tags,
        summary: 'The doors that I look after: what opens each, and how many people wait for an answer',
        description: 'Of a door owner their doors, of an access administrator those of their buildings.',
        response: { 200: MyDoorsReply },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        doors: await myDoors(act, await programmeInForce(act)),
      })),
  )

  server.get(
    '/api/v1/my-doors/:id',
    {
      config,
      schema: {
        tags,
        summary: 'One of them',
        params: Type.Object({ id: DoorId }),
        response: { 200: MyDoorReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const door = await myDoor(act, await programmeInForce(act), request.params.id)
        if (door === null) throw problem(404, 'not-found', request.language)
        return door
      }),
  )

  exportsList(
    server,
    { register },
    {
      of: '/api/v1/my-doors',
      name: 'my-doors',
      title: both('我管理的門', 'My doors'),
      policy: keepers,
      narrows: true,
      purpose: 'doors',
      tags,
      query: {},
      columns: doorColumns,
      async *rows(act) {
        yield* everyDoorOfMine(act, await programmeInForce(act))
      },
    },
  )
  exportsList(
    server,
    { register },
    {
      of: '/api/v1/doors/:id/grants',
      name: 'grants-of-a-door',
      title: both('個別門禁', 'Who may open a door by their own card'),
      policy: ['access', 'owner', 'office', 'auditor'],
      narrows: true,
      purpose: 'doors',
      tags,
      query: {},
      params: { id: DoorId },
      columns: grantColumns,
      async *rows(act, { id }, language) {
        if (!(await reachesDoor(act, id))) throw problem(404, 'not-found', language)
        yield* everyGrantOf(act, id)
      },
    },
  )
}
