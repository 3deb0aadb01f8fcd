import { readFileSync } from 'node:fs'
import { mostMemory } from '../../test/most-memory.ts'
import { openFile } from './open-file.ts'

/** A process of its own that opens one file and says what became of it and how much memory that took, in bytes. */
const opened = await openFile(readFileSync(process.argv[2]!))
const verdict = opened.ok ? `${opened.opened.rows.length} rows` : `refused: ${opened.refusal}`
console.log(JSON.stringify({ verdict, bytes: mostMemory() }))
