import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Rules are pure: they need no database and take a second or two in all. */
const pure = [
  'src/handover/proof.test.ts',
  'src/**/rules.test.ts',
  'src/lib/**/*.test.ts',
  'src/app/door-state.test.ts',
  'src/access/{networks,controller-rules,make-rules,group-rules,grant-rules}.test.ts',
  'src/card/{campus,file-check,file-held,formats,numbers,numbers-check,read-chip,scan}.test.ts',
  'src/programme/{contradictions,difference,draft-rules,edit-text,editor-form,cohort-sentence,waves,hours,may-publish,promise,read,timetable,what-it-brings}.test.ts',
  'src/desk/{burst,key-rules}.test.ts',
  'src/handover/{present-rules,second-person,signing-rules}.test.ts',
  'src/programme/notice.test.ts',
  'src/privacy/{notice-of,correction-rules}.test.ts',
  'src/privacy/breach/question.test.ts',
  'src/reissue/{payment,receipt,repayment}-rules.test.ts',
  'src/roster/{bad-rows,difference,lines,packed-rows}.test.ts',
  'src/refund/{answer-file,destination,reconcile}.test.ts',
  'src/server/{combine,export-file}.test.ts',
  'src/web/qr-code.test.ts',
  'src/loss/{pause-rules,issuer-rules,answer-rules}.test.ts',
  'src/message/{calendar-rules,say-calendar,say-loss,say-refund,say-reissue,push-seal,push-hosts}.test.ts',
  'src/update/{board-rules,condition-rules,expiry-rules,plan,why-rules}.test.ts',
  'src/controller/uhppote/golden.test.ts',
  'test/security/regular-expressions.test.ts',
  'test/settings.test.ts',
  'test/tidy.test.ts',
]

/** The files that take longest begin first, so that nobody waits for them alone at the end. */
const longest = [
  'test/security/fuzz.test.ts',
  'test/security/sign-in-controls.test.ts',
  'test/security/unguarded-controls.test.ts',
  'test/breaks.test.ts',
  'test/notice.test.ts',
  'test/browser/second-person.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex(name => moduleId.endsWith(name))
      return at < 0 ? longest.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}

/** Everything else runs on a real PostgreSQL, with real controllers' datagrams and a real browser. */
export default defineConfig({
  test: {
    // Most of a test is waiting (browsers, doors, clocks): on two processors two files at a time, not one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    projects: [
      // Pure, but a machine may be busy.
      { test: { name: 'rules', include: pure, testTimeout: 60_000 } },
      {
        test: {
          name: 'gatehouse',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...pure, '**/node_modules/**'],
          globalSetup: ['test/postgres.ts'],
          // A worker reads Gatehouse once, not once a file: files keep what they need to themselves.
          isolate: false,
          testTimeout: 60_000,
          maxConcurrency: 2,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
