import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../src/app/config.ts'
import { fileColumns } from '../src/card/file-columns.ts'
import { doorFormats } from '../src/card/formats.ts'
import { makeEmergencyCodes } from '../src/identity/break-glass.ts'
import { staffRoles } from '../src/lib/roles.ts'
import { readProgramme } from '../src/programme/read.ts'
import { ProgrammeShape } from '../src/programme/shape.ts'
import { templateValues } from '../src/programme/template.ts'
import { type NewInstallation, openNewInstallation } from '../src/programme/trial-installation.ts'
import { columns } from '../src/roster/columns.ts'
import { degrees, kinds, statuses } from '../src/roster/person.ts'
import { projectFolder } from './project-copy.ts'

/* docs/setting-up.md is followed by people who know nothing else: what it says to write works, and nothing is left out. */

const page = await readFile(join(projectFolder, 'docs/setting-up.md'), 'utf8')
const says = (word: string): boolean => page.includes(`\`${word}\``) || page.includes(`${word}\``)

let installation: NewInstallation
beforeAll(async () => {
  installation = await openNewInstallation()
  await installation.gatehouse.server.ready()
}, 60_000)
afterAll(() => installation.close())

it('lets the first administrator in by an emergency code, who gives roles on the pages that it names', async () => {
  const { server, register } = installation.gatehouse
  expect(page).toContain('npm run break-glass')
  expect(JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'))).toHaveProperty(
    'scripts.break-glass',
  )
  const made = await register.aside({ kind: 'system', id: 'operator' }, act =>
    makeEmergencyCodes(act, { codes: 8, days: 30 }),
  )
  const entered = await server.inject({
    url: '/sign-in/break-glass',
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ code: made.codes[0]! }).toString(),
  })
  const [cookie] = entered.cookies.filter(({ name }) => name === 'session')
  const as = { cookie: `session=${cookie!.value}` }
  for (const url of ['/staff/accounts', '/staff/sign-in', '/api/v1/accounts', '/api/v1/sign-in-settings'])
    expect([url, (await server.inject({ url, headers: as })).statusCode]).toEqual([url, 200])
  const post = (url: string, payload: object) => server.inject({ url, method: 'POST', headers: as, payload })
  expect(
    (await post('/api/v1/accounts', { id: 'officer-2', nameZh: '承辦', nameEn: 'Officer' })).statusCode,
  ).toBe(200)
  expect((await post('/api/v1/accounts/officer-2/roles', { role: 'office' })).statusCode).toBe(200)
})

it('names each role, and where a provider sends people back to', () => {
  expect(staffRoles.filter(role => !says(role))).toEqual([])
  const address = 'https://cards.example.edu'
  const { provider } = readConfig(
    {
      GATEHOUSE_DEMO: '0',
      GATEHOUSE_ADDRESS: address,
      ...Object.fromEntries(
        [...page.matchAll(/(GATEHOUSE_OIDC_(?:ISSUER|CLIENT_ID))=(\S+)/g)].map(([, name, value]) => [
          name!,
          value!,
        ]),
      ),
      GATEHOUSE_OIDC_CLIENT_SECRET: 'secret',
    },
    projectFolder,
  )
  expect(provider?.issuer.href).toBe('https://login.example.edu/')
  const { server } = installation.gatehouse
  for (const path of ['/sign-in/back', '/sign-in/ended']) expect(page).toContain(`${address}${path}`)
  expect(server.hasRoute({ method: 'GET', url: '/sign-in/break-glass' })).toBe(true)
})

it('names each column of a roster and of files of cards, with the words that are written there', () => {
  const ofCards = Object.values(fileColumns).flatMap(table => Object.values(table))
  const headers = [...Object.values(columns), ...ofCards].flatMap(column => (column ? [column.header] : []))
  // How a card was given is known from the kind of file.
  const asked = new Set([...headers.filter(header => header !== 'how'), ...degrees, ...kinds, ...statuses])
  expect([...asked].filter(word => !says(word))).toEqual([])
})

it('names each format of a controller’s readers, and each kind of outcome', () => {
  const outcomes = ProgrammeShape.properties.cohorts.items.properties.outcome.anyOf
  const asked = [...doorFormats, ...outcomes.map(each => each.properties.kind.const)]
  expect(asked.filter(word => !says(word))).toEqual([])
})

it('names each value that a text of a programme can have in braces', async () => {
  const read = readProgramme(await readFile(join(projectFolder, 'programmes/ntnu-2023.yaml'), 'utf8'))
  if (!read.ok) throw new Error('the programme has problems')
  const names = Object.keys(templateValues(read.programme, 'en', Temporal.PlainDate.from('2023-10-18')))
  const ids = /^(cohort|counter|phone|wave|fee)\.[^.]+/
  const general = new Set(
    names.map(name => {
      const [start] = ids.exec(name) ?? []
      if (start?.startsWith('fee.')) return 'fee.reissue'
      if (start) return name === start ? `${start.split('.')[0]}.ID` : name.slice(start.length)
      return read.programme.doesNotMove.some(({ id }) => name.startsWith(`${id}.`))
        ? name.replace(/^[^.]+/, 'ID')
        : name
    }),
  )
  expect(
    [...general].filter(name => !(says(name) || says(`cohort.ID${name}`) || says(`wave.ID${name}`))),
  ).toEqual([])
})
