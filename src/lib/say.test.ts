import { describe, expect, it } from 'vitest'
import { sayDate, sayDay, sayList, sayMoment, sayMoney } from './say.ts'

const zone = 'Asia/Taipei'
const local = (text: string) => Temporal.ZonedDateTime.from(`${text}[${zone}]`).toInstant()
const now = local('2023-12-31T11:00')

describe('what is said', () => {
  it('of a date, in both languages', () => {
    const on = Temporal.PlainDate.from('2024-03-01')
    expect([sayDate(on, 'zh-TW'), sayDate(on, 'en')]).toEqual(['2024年3月1日', '1 March 2024'])
    expect(sayDay(on, 'zh-TW', on)).toBe('3月1日（五）')
    expect(sayDay(on, 'en', Temporal.PlainDate.from('2023-12-31'))).toBe('Fri 1 March 2024')
  })

  it.each([
    ['2023-12-31T15:00', '15:00', '15:00'],
    ['2023-12-30T01:00', '12月30日（六） 01:00', '01:00 on Sat 30 December'],
    ['2024-01-01T01:00', '2024年1月1日（一） 01:00', '01:00 on Mon 1 January 2024'],
  ])('of the moment %s: the date only when it is another day', (moment, zhTW, en) => {
    expect(sayMoment(local(moment), zone, 'zh-TW', now)).toBe(zhTW)
    expect(sayMoment(local(moment), zone, 'en', now)).toBe(en)
  })

  it.each([
    [200, 'TWD', 0, 'NT$200'],
    [1200, 'TWD', 0, 'NT$1,200'],
    [1234567, 'USD', 2, 'US$12,345.67'],
    [5, 'EUR', 2, '€0.05'],
    [-100, 'TWD', 0, '−NT$100'],
    [0, 'CHF', 2, 'CHF 0.00'],
  ])('of %i minor units of %s', (amount, code, minorDigits, said) => {
    expect(sayMoney(amount, { code, minorDigits })).toBe(said)
  })

  it.each([
    [[], '', ''],
    [['a'], 'a', 'a'],
    [['a', 'b'], 'a 及 b', 'a and b'],
    [['甲', '乙'], '甲及乙', '甲 and 乙'],
    [['a', 'b', 'c'], 'a、b 及 c', 'a, b and c'],
  ])('of the list %j', (items, zhTW, en) => {
    expect(sayList(items, 'zh-TW', 'and')).toBe(zhTW)
    expect(sayList(items, 'en', 'and')).toBe(en)
  })
})
