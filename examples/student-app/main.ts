import { parseArgs } from 'node:util'
import { type Connection, NoAnswer, Refused } from './api.ts'
import { commands } from './commands.ts'
import { words } from './words.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const [name = '', ...given] = positionals
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
const connection: Connection = {
  origin: process.env.GATEHOUSE ?? 'http://127.0.0.1:3000',
  session: process.env.GATEHOUSE_SESSION ?? '',
  language: process.env.GATEHOUSE_LANGUAGE === 'en' ? 'en' : 'zh-TW',
}

try {
  if (command === undefined) {
    console.error(`node main.ts ${Object.keys(commands).join(' | ')}`)
    process.exitCode = 2
  } else for (const line of await command(connection, given)) console.log(line)
} catch (error) {
  if (error instanceof Refused) console.error(`${error.message} (${error.problem.refusal})`)
  else if (error instanceof NoAnswer) console.error(words[connection.language].tell.noSignal)
  else throw error
  process.exitCode = error instanceof Refused ? 1 : 3
}
