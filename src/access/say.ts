import { type FormatRefusal, formatRefusals } from '../card/new-format.ts'
import { words as cardWords } from '../card/words.ts'
import { type Say, sayFrom } from '../server/perform.ts'
import type { AddRefusal } from './controllers.ts'
import { words } from './words.ts'

const isFormat = (reason: AddRefusal): reason is FormatRefusal =>
  (formatRefusals as readonly string[]).includes(reason)

/** Says why a controller is not recorded or not changed: its own reasons, or those of the cards before it. */
export const sayController: Say<AddRefusal> = ({ refusal, facts }, language) =>
  isFormat(refusal)
    ? cardWords[language].newFormat[refusal](facts)
    : words[language].controller[refusal](facts)

/** How refusals of a group, of its removal, and of a grant are said. */
export const sayGroup = sayFrom({ 'zh-TW': words['zh-TW'].group, en: words.en.group })
export const sayRemoval = sayFrom({ 'zh-TW': words['zh-TW'].removal, en: words.en.removal })
export const sayGrant = sayFrom({ 'zh-TW': words['zh-TW'].grant, en: words.en.grant })
