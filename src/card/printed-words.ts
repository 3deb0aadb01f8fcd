import type { Facts } from '../lib/decision.ts'

/** Digit counts as people say them: `8,9,10,12` is “8 to 10 or 12”. */
function lengths(list: string, { to, comma, or }: { to: string; comma: string; or: string }): string {
  const runs: number[][] = []
  for (const each of list
    .split(',')
    .map(Number)
    .toSorted((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run?.at(-1) === each - 1) run.push(each)
    else if (run?.at(-1) !== each) runs.push([each])
  }
  const said = runs.flatMap(run => (run.length > 2 ? [`${run[0]}${to}${run.at(-1)}`] : run.map(String)))
  return [said.slice(0, -1).join(comma), said.at(-1)!].filter(part => part !== '').join(or)
}

/** Why a printed number of so many digits is none of this campus, in Chinese. */
export function wrongDigitsZh({ digits, own, chipInDecimal }: Facts): string {
  const say = (list: unknown) => lengths(String(list), { to: ' 至 ', comma: '、', or: ' 或 ' })
  const older = chipInDecimal ? `，舊卡為 ${say(chipInDecimal)} 碼` : ''
  return `外觀卡號為 ${say(own)} 碼${older}；此處為 ${digits} 碼。`
}

/** The same in English. */
export function wrongDigitsEn({ digits, own, chipInDecimal }: Facts): string {
  const say = (list: unknown) => lengths(String(list), { to: ' to ', comma: ', ', or: ' or ' })
  const older = chipInDecimal ? `, an older card's ${say(chipInDecimal)}` : ''
  return `A printed number has ${say(own)} digits${older}; this has ${digits}.`
}
