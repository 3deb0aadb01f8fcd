import type { Language } from '../lib/words.ts'

/** Every check, in the order in which they are told. */
export const checkNames = [
  'database-keeps-commits',
  'schema-is-this-one',
  'roles-are-narrow',
  'grants-are-narrow',
  'clocks-agree',
  'demo-off',
  'address-is-https',
  'mail-reachable',
  'push-configured',
  'files-folder',
  'data-folder-is-ours',
  'key-files-are-ours',
  'room-on-disk',
  'port-reserved',
  'backup-lately',
  'no-known-faults',
  'programme-published',
  'two-officers',
  'controllers-in-networks',
  'controllers-answered',
  'controllers-clocks',
  'windows-finish',
  'row-security-in-force',
  'journal-is-whole',
  'secrets-are-own',
  'secret-files-are-ours',
  'provider-reachable',
  'forgotten-last-night',
] as const
export type CheckName = (typeof checkNames)[number]

interface Words {
  verdicts: Record<'pass' | 'fail' | 'unknown', string>
  /** What is asked, and what to do where it is not so, or cannot be told. */
  checks: Record<CheckName, { title: string; todo: string }>
  sum: (passed: number, failed: number, unknown: number) => string
}

const zhTW: Words = {
  verdicts: { pass: '正常', fail: '不符', unknown: '不明' },
  checks: {
    'database-keeps-commits': {
      title: '資料庫為 PostgreSQL 15 以上，已確認的資料不會遺失',
      todo: '在 postgresql.conf 開啟 fsync、full_page_writes、synchronous_commit，或升級 PostgreSQL。',
    },
    'schema-is-this-one': {
      title: '資料表版本與程式相符（資料庫、程式）',
      todo: '啟動這一版 Gatehouse 即會升級資料表；資料庫較新時，請使用較新的 Gatehouse。',
    },
    'roles-are-narrow': {
      title: '五個資料庫角色都在，且沒有管理權限',
      todo: '以 alter role … nosuperuser nobypassrls nocreaterole nocreatedb noreplication 收回權限；缺少的角色由 db/schema.sql 建立。',
    },
    'grants-are-narrow': {
      title: '資料庫角色的權限如 db/schema.sql 所定',
      todo: '收回列出的權限：應用程式不建立資料表、不修改日誌，門禁角色不讀姓名，報表角色只讀，資料表屬於 gatehouse_owner。',
    },
    'clocks-agree': {
      title: '本機與資料庫的時鐘一致，資料庫連線使用 UTC',
      todo: '兩部機器都與同一個時間來源同步（NTP）；正式環境的 campus_clock 必須為零。',
    },
    'demo-off': { title: '示範模式已關閉', todo: '設定 GATEHOUSE_DEMO=off。' },
    'address-is-https': {
      title: '頁面網址為 https',
      todo: '以 GATEHOUSE_ADDRESS 設定 https 網址；TLS 由前面的代理伺服器處理，並以 GATEHOUSE_PROXY 指明。',
    },
    'mail-reachable': {
      title: '郵件伺服器可以連線',
      todo: '檢查 SMTP_HOST、SMTP_PORT、SMTP_USER 與密碼，以及防火牆；未設定時通知留在寄件匣。',
    },
    'push-configured': {
      title: '手機推播已設定',
      todo: '以 GATEHOUSE_PUSH_CONTACT 設定推播服務可以聯絡的對象；不設定就不會推播。',
    },
    'files-folder': {
      title: '交給其他門禁系統的檔案資料夾可以讀寫',
      todo: '讓執行 Gatehouse 的帳號可讀寫 GATEHOUSE_FILES；沒有這種系統時不必設定。',
    },
    'data-folder-is-ours': {
      title: '資料夾只有 Gatehouse 可以寫入',
      todo: '對資料夾執行 chmod go-w。',
    },
    'key-files-are-ours': {
      title: '金鑰檔只有 Gatehouse 可以讀取',
      todo: '對列出的檔案執行 chmod 600。',
    },
    'room-on-disk': { title: '磁碟空間足夠', todo: '清出空間，或把 GATEHOUSE_DATA 移到較大的磁碟。' },
    'port-reserved': {
      title: 'UDP 60000 保留給門禁控制器',
      todo: '設定 sysctl net.ipv4.ip_local_reserved_ports=60000，否則系統可能把這個連接埠給別的程式。',
    },
    'backup-lately': {
      title: '最近一天內有備份',
      todo: '備份完成後更新資料夾中的 last-backup（touch），這裡看它的時間。',
    },
    'no-known-faults': {
      title: '使用的套件沒有已知的嚴重弱點（npm audit）',
      todo: '有網路時執行 npm audit --omit=dev；有弱點時升級 Gatehouse。',
    },
    'programme-published': {
      title: '換發作業已發布，期限尚未到（版本、期限）',
      todo: '在 /staff/programme 發布下一次換發作業。',
    },
    'two-officers': {
      title: '卡務辦公室至少有兩個帳號',
      todo: '再設一個卡務辦公室帳號：需要第二人確認的作業，一個人做不了。',
    },
    'controllers-in-networks': {
      title: '控制器都在允許的網段內',
      todo: '修正列出的控制器位址，或在 GATEHOUSE_DOOR_NETWORKS 加入其網段。',
    },
    'controllers-answered': {
      title: '控制器最近都有回應',
      todo: '在 /staff/doors 查看列出的控制器：電源、網路、防火牆（UDP 60000）。',
    },
    'controllers-clocks': {
      title: '控制器的時鐘準確',
      todo: '下一次更新會校正；一再偏差時更換控制器的電池。',
    },
    'windows-finish': {
      title: '最近一次門禁更新已完成',
      todo: '在 /staff/windows 查看停在哪裡。',
    },
    'row-security-in-force': {
      title: '每張記載人的資料表都啟用逐列存取限制',
      todo: '對列出的資料表執行 alter table … enable row level security, force row level security，並找出是誰、為什麼關閉。',
    },
    'journal-is-whole': {
      title: '日誌最近的封存彼此相符（筆數、封存數）',
      todo: '保留現狀、通知稽核，並執行 npm run journal -- verify 檢查整份日誌；還沒有封存時，讓 Gatehouse 執行幾分鐘再看。',
    },
    'secrets-are-own': {
      title: '密鑰與密碼都是自己產生的，彼此不同',
      todo: '更換列出的設定：它們是範例、測試用、太短、有規律，或與另一項相同。可用 openssl rand -hex 32 產生。',
    },
    'secret-files-are-ours': {
      title: '存放密碼的檔案（…_FILE）只有 Gatehouse 可以更改',
      todo: '對列出的檔案執行 chmod 600（由群組讀取時 640），對資料夾執行 chmod o-w；沒有使用檔案時，密碼留在環境變數中。',
    },
    'provider-reachable': {
      title: '學校的登入系統有回應',
      todo: '檢查 GATEHOUSE_OIDC_ISSUER、憑證與防火牆；沒有登入系統時，只能以緊急代碼登入（npm run break-glass）。',
    },
    'forgotten-last-night': {
      title: '昨夜已刪除逾期資料',
      todo: '確認 Gatehouse 整夜都在執行，並在記錄中找 retention；列出的項目還沒有刪完。',
    },
  },
  sum: (passed, failed, other) => `${passed} 項正常，${failed} 項不符，${other} 項不明。`,
}

const en: Words = {
  verdicts: { pass: 'pass', fail: 'FAIL', unknown: 'unknown' },
  checks: {
    'database-keeps-commits': {
      title: 'The database is PostgreSQL 15 or newer and keeps what it confirmed',
      todo: 'Switch fsync, full_page_writes and synchronous_commit on in postgresql.conf, or upgrade PostgreSQL.',
    },
    'schema-is-this-one': {
      title: 'The tables are of this version (database, program)',
      todo: 'Starting this Gatehouse brings the tables up to date; where the database is newer, run the newer Gatehouse.',
    },
    'roles-are-narrow': {
      title: 'The five database roles are there and administer nothing',
      todo: 'Take it from them: alter role … nosuperuser nobypassrls nocreaterole nocreatedb noreplication; db/schema.sql makes those that are missing.',
    },
    'grants-are-narrow': {
      title: 'The database roles may do what db/schema.sql says',
      todo: 'Revoke what is named: the application makes no tables and changes no journal, doors read no names, reports only read, and tables are gatehouse_owner’s.',
    },
    'clocks-agree': {
      title: 'The clocks of this machine and of the database agree, and its connections are in UTC',
      todo: 'Let both take their time from the same source (NTP); outside of the demo campus_clock is at zero.',
    },
    'demo-off': { title: 'The demo is off', todo: 'Set GATEHOUSE_DEMO=off.' },
    'address-is-https': {
      title: 'The pages’ address is https',
      todo: 'Set GATEHOUSE_ADDRESS to the https address; the proxy before Gatehouse does the TLS, and GATEHOUSE_PROXY names it.',
    },
    'mail-reachable': {
      title: 'The mail server can be reached',
      todo: 'Look at SMTP_HOST, SMTP_PORT, SMTP_USER and the password, and at the firewall; without one messages stay in the outbox.',
    },
    'push-configured': {
      title: 'People can be told on their phones',
      todo: 'Set GATEHOUSE_PUSH_CONTACT to whom push services may turn to; without it nobody is told on a phone.',
    },
    'files-folder': {
      title: 'The folder for files of other access systems can be read and written',
      todo: 'Let Gatehouse’s account read and write GATEHOUSE_FILES; where there is no such system, none is needed.',
    },
    'data-folder-is-ours': {
      title: 'Nobody but Gatehouse writes its data folder',
      todo: 'Run chmod go-w on the folder.',
    },
    'key-files-are-ours': {
      title: 'Nobody but Gatehouse reads its keys',
      todo: 'Run chmod 600 on the files named.',
    },
    'room-on-disk': {
      title: 'There is room on the disk',
      todo: 'Make room, or move GATEHOUSE_DATA to a larger disk.',
    },
    'port-reserved': {
      title: 'UDP port 60000 is kept for the controllers',
      todo: 'Set sysctl net.ipv4.ip_local_reserved_ports=60000, or the system may give the port to another program.',
    },
    'backup-lately': {
      title: 'There is a backup of the last day',
      todo: 'Let the backup touch last-backup in the data folder when it is done; its time is what is looked at.',
    },
    'no-known-faults': {
      title: 'No package in use has a known grave fault (npm audit)',
      todo: 'Run npm audit --omit=dev where there is a network; where it finds something, upgrade Gatehouse.',
    },
    'programme-published': {
      title: 'A programme is published, and its deadline is ahead (version, deadline)',
      todo: 'Publish the next programme at /staff/programme.',
    },
    'two-officers': {
      title: 'The card office has at least two accounts',
      todo: 'Give another account the role: what needs a second person cannot be done by one.',
    },
    'controllers-in-networks': {
      title: 'The controllers are in the networks where they may be',
      todo: 'Correct the addresses of those named, or add their network to GATEHOUSE_DOOR_NETWORKS.',
    },
    'controllers-answered': {
      title: 'The controllers answered lately',
      todo: 'Look at those named at /staff/doors: power, network, firewall (UDP 60000).',
    },
    'controllers-clocks': {
      title: 'The controllers’ clocks are right',
      todo: 'The next update sets them; where one is wrong again and again, its battery is empty.',
    },
    'windows-finish': {
      title: 'The last update of the doors is finished',
      todo: 'See at /staff/windows where it stands.',
    },
    'row-security-in-force': {
      title: 'Row-level security holds for every table that tells of people',
      todo: 'Run alter table … enable row level security, force row level security on those named, and find out who switched it off, and why.',
    },
    'journal-is-whole': {
      title: 'The journal’s newest seals fit (entries, seals)',
      todo: 'Leave everything as it is, tell the auditor, and run npm run journal -- verify over the whole journal; where nothing is sealed yet, let Gatehouse run for some minutes.',
    },
    'secrets-are-own': {
      title: 'Keys and passwords were made here, each for itself',
      todo: 'Change what is named: it is of an example or a test, too short, has a pattern, or is the same as another one. openssl rand -hex 32 makes one.',
    },
    'secret-files-are-ours': {
      title: 'Nobody but Gatehouse changes the files of its secrets (…_FILE)',
      todo: 'Run chmod 600 on the files named (640 where a group reads), chmod o-w on folders; where no files are used, secrets stand in the environment.',
    },
    'provider-reachable': {
      title: 'The university’s sign-in answers',
      todo: 'Look at GATEHOUSE_OIDC_ISSUER, at its certificate and at the firewall; without a provider emergency codes are the only way in (npm run break-glass).',
    },
    'forgotten-last-night': {
      title: 'What is over was forgotten last night',
      todo: 'See that Gatehouse runs all night, and look for retention in its log; what is named was not forgotten to its end.',
    },
  },
  sum: (passed, failed, other) => `${passed} pass, ${failed} fail, ${other} unknown.`,
}

/** What the doctor says, in both languages. */
export const doctorWords: Record<Language, Words> = { 'zh-TW': zhTW, en }
