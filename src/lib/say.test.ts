import { describe, expect, it } from 'vitest'
import { sayDate, sayDay, sayFew, sayList, sayMoney, spaced } from './say.ts'

describe('what is said', () => {
  it('of a date, in both languages', () => {
    const on = Temporal.PlainDate.from('2024-03-01')
    expect([sayDate(on, 'zh-TW'), sayDate(on, 'en')]).toEqual(['2024年3月1日', '1 March 2024'])
    expect(sayDay(on, 'zh-TW', on)).toBe('3月1日（五）')
    expect(sayDay(on, 'en', Temporal.PlainDate.from('2023-12-31'))).toBe('Fri 1 March 2024')
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

  it.each([
    ['領取4K 學生證', '領取 4K 學生證'],
    ['請在師大APP啟用', '請在師大 APP 啟用'],
    ['2024年3月1日起，在1樓', '2024年3月1日起，在1樓'],
    ['本人已領取 4K 學生證', '本人已領取 4K 學生證'],
    ['請在 11月18日（六） 以前繳清，15:00 起', '請在 11月18日（六）以前繳清，15:00 起'],
    ['Your new card is at 註冊組', 'Your new card is at 註冊組'],
  ])('of %s, put together from parts: %s', (parts, said) => {
    expect(spaced(parts)).toBe(said)
  })
})

it('a sentence names three places, and of more it counts the others', () => {
  const three = ['A', 'B', 'C']
  expect(sayFew(three, 'en')).toBe(sayList(three, 'en', 'and'))
  expect(sayFew([...three, 'D', 'E'], 'en')).toBe('A, B and 3 others')
  expect(sayFew(['甲', '乙', '丙', '丁'], 'zh-TW')).toBe('甲、乙及另外 2 處')
})
