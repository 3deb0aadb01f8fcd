import { execFile } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { applyPatch, parsePatch } from 'diff'

/** Where the project that is tested lies. */
export const projectFolder = new URL('..', import.meta.url).pathname

const copied = [
  'src',
  'db',
  'test',
  'programmes',
  'examples',
  'scripts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'vitest.config.ts',
]

/** A copy of the project, to be broken on purpose. */
export interface ProjectCopy {
  folder: string
  /** Runs some of its tests; the titles of those that passed and those that failed. */
  test(project: 'rules' | 'gatehouse', options: TestRun): Promise<{ passed: string[]; failed: string[] }>
  remove(): Promise<void>
}

interface TestRun {
  file: string
  /** Only tests whose title contains this. */
  title?: string
  env?: Record<string, string>
}

interface Report {
  testResults: { message: string; assertionResults: { title: string; status: string }[] }[]
}

/** Breaks a copy with a patch; throws where the patch no longer fits. */
export async function breakWith(folder: string, patch: URL): Promise<void> {
  const files = parsePatch(await readFile(patch, 'utf8'))
  if (files.length === 0) throw new Error(`${patch.pathname} changes nothing`)
  for (const each of files) {
    const file = join(folder, each.newFileName!.replace(/^b\//, ''))
    const broken = applyPatch(await readFile(file, 'utf8'), each)
    if (broken === false)
      throw new Error(`${patch.pathname} no longer fits ${each.newFileName}: write it anew`)
    await writeFile(file, broken)
  }
}

/** Copies the project into a folder of its own; installed packages are shared. */
export async function copyProject(): Promise<ProjectCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-copy-'))
  await chmod(folder, 0o755)
  for (const name of copied) await cp(join(projectFolder, name), join(folder, name), { recursive: true })
  await symlink(join(projectFolder, 'node_modules'), join(folder, 'node_modules'))
  return {
    folder,
    async test(project, { file, title, env }) {
      const vitest = join(projectFolder, 'node_modules/vitest/vitest.mjs')
      const told = join(folder, 'report.json')
      const only = title === undefined ? [] : ['-t', title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')]
      const report = ['--reporter', 'json', '--outputFile', told]
      const args = [vitest, 'run', '--root', folder, '--project', project, file, ...only, ...report]
      // Tests that fail make vitest fail: what it found is in the report, and its words matter without one.
      const ran = await promisify(execFile)(process.execPath, args, {
        cwd: folder,
        env: { ...process.env, ...env },
        maxBuffer: 64 << 20,
      }).catch((error: { stdout: string; stderr: string }) => error)
      const text = await readFile(told, 'utf8').catch(() => {
        throw new Error(
          `vitest told nothing of ${file}: ${ran.stdout.slice(-2000)} ${ran.stderr.slice(-2000)}`,
        )
      })
      await rm(told)
      const files = (JSON.parse(text) as Report).testResults
      const results = files.flatMap(each => each.assertionResults)
      if (results.every(each => each.status !== 'passed' && each.status !== 'failed'))
        throw new Error(`no test of ${file} ran: ${files.map(each => each.message).join(' ')}`)
      const titles = (status: string) =>
        results.filter(each => each.status === status).map(each => each.title)
      return { passed: titles('passed'), failed: titles('failed') }
    },
    remove: () => rm(folder, { recursive: true }),
  }
}
