import type { Facts } from '../lib/decision.ts'
import type { RefusalWords } from '../server/perform.ts'
import type { DraftRefusal } from './draft-rules.ts'
import type { PublishRefusal } from './may-publish.ts'
import { publishWords } from './publish-words.ts'

const version = (f: Facts): string => (f.version === null ? '' : ` ${f.version}`)

/** Why a draft is not kept, proposed or published, and what to do. */
export const draftWords: RefusalWords<DraftRefusal | PublishRefusal> = {
  'zh-TW': {
    ...publishWords['zh-TW'],
    'too-many-drafts': f => `已有 ${f.most} 份草稿，不能再新增。請先捨棄不用的草稿。`,
    'no-such-version': () => '沒有這個版本。請重新整理頁面，再從清單選擇。',
    'no-such-draft': () => '沒有這份草稿。請回到草稿清單，再選一份。',
    'draft-ended': () => '這份草稿已發布或已捨棄，不能再修改。請從現行版本另開一份草稿。',
    'draft-is-proposed': () => '這份草稿已提交，等待第二人發布，現在不能修改。提交的人可以先撤回。',
    'draft-changed-meanwhile': f =>
      `您開啟之後，${f.by} 又改了這份草稿，因此沒有覆蓋。您寫的內容還在畫面上：請另存為一份草稿，或載入對方的內容。`,
    'draft-behind': f =>
      `草稿開始之後已發布第${version(f)} 版，直接發布會把它改掉。請先看與現行版本的差異，併入需要的內容，再按「已併入」。`,
    'no-such-proposal': () => '沒有這份提案。請重新整理頁面。',
    'proposal-answered': f =>
      ({
        published: '這份提案已經發布。請重新整理頁面。',
        declined: '這份提案已被退回。請重新整理頁面。',
      })[String(f.answer)] ?? '這份提案已經撤回。請重新整理頁面。',
    'own-proposal': () => '這是您自己提交的，必須由另一位承辦發布或退回。您可以撤回後再修改。',
    'not-own-proposal': () => '只有提交的人可以撤回。您可以發布或退回。',
    'reason-missing': () => '沒有寫退回的原因。請寫下原因，讓提交的人知道要改什麼。',
  },
  en: {
    ...publishWords.en,
    'too-many-drafts': f => `There are ${f.most} drafts already. Set aside those that nobody needs first.`,
    'no-such-version': () => 'There is no such version. Load the page again and choose one of the list.',
    'no-such-draft': () => 'There is no such draft. Go back to the list and choose another one.',
    'draft-ended': () =>
      'This draft was published or set aside and can no longer be changed. Begin another one from the version in force.',
    'draft-is-proposed': () =>
      'This draft is proposed and waits for a second person, so it cannot be changed now. Who proposed it can take it back first.',
    'draft-changed-meanwhile': f =>
      `${f.by} has changed this draft since you opened it, so nothing was overwritten. What you wrote still stands on your screen: keep it as a draft of its own, or load theirs.`,
    'draft-behind': f =>
      `Version${version(f)} was published after this draft was begun, and would be undone by it. Look at the difference, bring in what is needed, and say so.`,
    'no-such-proposal': () => 'There is no such proposal. Load the page again.',
    'proposal-answered': f =>
      ({
        published: 'This proposal is published already. Load the page again.',
        declined: 'This proposal was declined. Load the page again.',
      })[String(f.answer)] ?? 'This proposal was taken back. Load the page again.',
    'own-proposal': () =>
      'You proposed this yourself: another officer publishes or declines it. You can take it back and change it.',
    'not-own-proposal': () => 'Only who proposed it takes it back. You can publish or decline it.',
    'reason-missing': () => 'No reason is given. Write one, so that it is known what to change.',
  },
}
