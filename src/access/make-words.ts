import type { Facts } from '../lib/decision.ts'
import type { MakeRefusal } from './make-rules.ts'

type Sentences = Readonly<Record<MakeRefusal | 'driver-fixed', (facts: Facts) => string>>

const contentsZh: Readonly<Record<string, string>> = { number: '卡號', deed: '動作（新增或移除）' }
const contentsEn: Readonly<Record<string, string>> = { number: 'the card number', deed: 'what to do with it' }

const zhTW: Sentences = {
  'driver-unknown': f => `沒有「${f.driver}」這種控制器（driver）。可用的有：${f.known}。`,
  'driver-fixed': f =>
    `控制器 ${f.serial} 的種類是 ${f.driver}，不能改為 ${f.asked}：其中的卡是以該種方式登錄的。請以新的序號另行登錄。`,
  'address-missing': () => '請填控制器的位址與連接埠（host、port）；只有交付檔案的 file 不需要。',
  'settings-not-wanted': f =>
    `${f.driver} 控制器以位址連線，不使用檔案設定。請移除 settings，或將 driver 改為 file。`,
  'host-not-an-address': f =>
    `「${f.host}」不是 IPv4 位址。請填如 10.3.0.12 的位址，不要填主機名稱，數字前不加 0。`,
  'host-not-allowed': f =>
    `位址 ${f.host} 不在控制器可用的網段內（${f.networks}）。請更正位址，或請系統管理員設定 GATEHOUSE_DOOR_NETWORKS。`,
  'address-taken': f => `${f.host}:${f.port} 已是控制器 ${f.serial} 的位址。請核對兩者的位址或連接埠。`,
  'address-not-wanted': () => '以檔案交付的系統沒有位址。請移除 host 與 port，改在 settings 填資料夾。',
  'settings-missing': () => '請填檔案的設定（settings）：資料夾、欄位、編碼與結果檔的欄位。',
  'folder-outside': f =>
    `settings/folder 的「${f.folder}」不是資料夾名稱。只能用小寫英文字母、數字與連字號，最多 40 字，不含路徑；資料夾一律位於 GATEHOUSE_FILES 之內。`,
  'folder-taken': f =>
    `資料夾「${f.folder}」已由 ${f.serial} 使用。每個系統請各用一個資料夾，結果才不會混在一起。`,
  'column-missing': f =>
    `settings/columns 缺少${contentsZh[String(f.holds)]}欄（holds: ${f.holds}）。少了它，對方無法處理任何一列。`,
  'column-twice': f => `settings 中的欄名「${f.column}」用了兩次，結果檔就無法對應。請改用不同的欄名。`,
  'column-needs-text': f =>
    `settings/columns 的「${f.column}」：holds 為 text 的欄位須填 text，其他欄位不填 text。`,
  'word-twice': f => `settings 中的「${f.word}」有兩種意思，無法判讀。每個字詞只能有一種意思。`,
  'text-unwritable': f =>
    `settings/${f.field} 的「${f.text}」無法以 ${f.encoding} 寫出。請改用該編碼有的字，或改用其他編碼。`,
}

const en: Sentences = {
  'driver-unknown': f => `There is no make of controller “${f.driver}” (driver). There are: ${f.known}.`,
  'driver-fixed': f =>
    `Controller ${f.serial} is of the make ${f.driver}, and that cannot become ${f.asked}: its cards stand there that way. Record the new one under its own serial number.`,
  'address-missing': () =>
    'Give the controller’s address and port (host, port); only the make “file”, which is handed files, has none.',
  'settings-not-wanted': f =>
    `A controller of the make ${f.driver} is reached by its address and has no settings of files. Leave settings out, or say driver: file.`,
  'host-not-an-address': f =>
    `“${f.host}” is no IPv4 address. Give one like 10.3.0.12: no host name, and no zeros in front of a number.`,
  'host-not-allowed': f =>
    `${f.host} is not in the networks where controllers may be (${f.networks}). Correct the address, or ask the administrator to set GATEHOUSE_DOOR_NETWORKS.`,
  'address-taken': f =>
    `${f.host}:${f.port} is the address of controller ${f.serial} already. Compare the addresses and ports of both.`,
  'address-not-wanted': () =>
    'A system that is handed files has no address. Leave host and port out and name its folder in settings.',
  'settings-missing': () =>
    'Give the settings of its files (settings): folder, columns, encoding, and the columns of its results.',
  'folder-outside': f =>
    `settings/folder: “${f.folder}” is no folder’s name. Use lower-case letters, digits and hyphens, at most 40, and no path; the folder always lies inside GATEHOUSE_FILES.`,
  'folder-taken': f =>
    `The folder “${f.folder}” is that of ${f.serial} already. Give each system a folder of its own, so that results cannot be mixed up.`,
  'column-missing': f =>
    `settings/columns has no column for ${contentsEn[String(f.holds)]} (holds: ${f.holds}). Without it the other system can do nothing with a row.`,
  'column-twice': f =>
    `settings names the column “${f.column}” twice, so that a result could not be matched. Use each name once.`,
  'column-needs-text': f =>
    `settings/columns, “${f.column}”: a column that holds text needs its text, and no other column has one.`,
  'word-twice': f => `settings gives the word “${f.word}” two meanings. Use each word for one thing.`,
  'text-unwritable': f =>
    `settings/${f.field}: “${f.text}” cannot be written in ${f.encoding}. Use characters that the encoding has, or another encoding.`,
}

/** Why a controller cannot be reached so, in both languages. */
export const makeWords = { 'zh-TW': zhTW, en }
