import { describe, expect, it } from 'vitest'
import { activate } from './trial-campus.ts'
import { toldKeys, trialDevice } from './trial-device.ts'
import { ask, campus, devices, devicesOf, opened, openPhones, serverWith } from './trial-phones.ts'

openPhones()

describe('a device', () => {
  it('told of twice is one, and nothing happens the second time', async () => {
    const { server, tell } = await opened()
    const { device } = await tell('two', '/phone')
    expect((await tell('two', '/phone', device)).reply).toMatchObject({ status: 200, again: true })
    expect(await devicesOf(server, 'two')).toMatchObject([{ service: '127.0.0.1' }])
  })

  it('is ended by its holder, and told no more; its address is erased', async () => {
    const { server, service, tell, send } = await opened()
    await tell('two', '/phone')
    await activate(campus, 2)
    const [device] = await devicesOf(server, 'two')
    expect((await ask(server, 'two', 'DELETE', `/devices/${device!.id}`)).status).toBe(200)
    expect([await send(), service.asked]).toEqual([0, []])
    expect(await devices()).toMatchObject([{ endpoint: null, ended_because: 'holder' }])
  })

  it('of somebody else is not ended', async () => {
    const { server, tell } = await opened()
    await tell('two', '/phone')
    const [device] = await devicesOf(server, 'two')
    expect((await ask(server, 'one', 'DELETE', `/devices/${device!.id}`)).status).toBe(200)
    expect(await devicesOf(server, 'two')).toHaveLength(1)
    expect(await devicesOf(server, 'one')).toEqual([])
  })

  it('of somebody else is not taken over by its address alone', async () => {
    const { server, tell, service } = await opened()
    const { told, device } = await tell('two', '/phone')
    const reply = await ask(server, 'one', 'POST', '/devices', { ...told, keys: toldKeys(trialDevice()) })
    expect(reply).toMatchObject({ status: 409, refusal: 'someone-elses-device' })
    expect(service.subscribe('/phone', device)).toBe(told.endpoint)
    expect(await devicesOf(server, 'two')).toHaveLength(1)
  })

  it('that another person holds now tells that person', async () => {
    const { server, tell, service, send } = await opened()
    const { device } = await tell('two', '/phone')
    expect((await tell('one', '/phone', device)).reply).toMatchObject({ status: 200, again: false })
    expect(await devicesOf(server, 'two')).toEqual([])
    await activate(campus, 2)
    expect([await send(), service.asked]).toEqual([0, []])
  })

  it('with new keys takes the place of itself', async () => {
    const { server, tell } = await opened()
    await tell('two', '/phone')
    await tell('two', '/phone')
    expect(await devicesOf(server, 'two')).toHaveLength(1)
    expect(await devices()).toMatchObject([{ ended_because: 'renewed' }, { ended_because: null }])
  })

  it('beyond five is refused, two at once too; one that ended makes room', async () => {
    const { server, tell } = await opened()
    const replies = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(n => tell('two', `/${n}`)))
    const refused = replies.filter(({ reply }) => reply.status === 409)
    expect(refused.map(({ reply }) => reply.message)).toEqual(
      Array(2).fill('At most 5 devices are told. Stop one of them below, then try again.'),
    )
    const [first] = await devicesOf(server, 'two')
    await ask(server, 'two', 'DELETE', `/devices/${first!.id}`)
    expect((await tell('two', '/8')).reply.status).toBe(200)
  })

  it.each([
    ['http://127.0.0.1:5432/', 'service-not-allowed'],
    ['https://intranet.example.org/', 'service-not-allowed'],
    ['push', 'not-a-device'],
  ])('at %s is refused, and nothing is spoken to', async (endpoint, refusal) => {
    const { server } = await opened()
    const reply = await ask(server, 'two', 'POST', '/devices', { endpoint, keys: toldKeys(trialDevice()) })
    expect(reply).toMatchObject({ status: 409, refusal })
    if (refusal === 'service-not-allowed') expect(reply.message).toContain(new URL(endpoint).hostname)
    expect(await devices()).toEqual([])
  })

  it('whose keys are none is refused', async () => {
    const { server, service } = await opened()
    const endpoint = service.subscribe('/x', trialDevice())
    const keys = { ...toldKeys(trialDevice()), p256dh: 'AAAA' }
    expect(await ask(server, 'two', 'POST', '/devices', { endpoint, keys })).toMatchObject({
      refusal: 'not-a-device',
    })
  })

  it('is told of where phones are told alone', async () => {
    const server = await serverWith(null)
    const told = { endpoint: 'https://fcm.googleapis.com/x', keys: toldKeys(trialDevice()) }
    expect(await ask(server, 'two', 'POST', '/devices', told)).toMatchObject({
      status: 409,
      message: 'Phones are not told at present.',
    })
    expect((await ask(server, 'office', 'POST', '/devices', told)).status).toBe(404)
  })
})
