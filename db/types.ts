// Written by `npm run db:types` from db/schema.sql; test/schema.test.ts keeps the two equal.
import type { Generated } from 'kysely'

export interface AccessGroup {
  id: string
  members: string
  member_key: string | null
  name_zh: string
  name_en: string
}

export interface AccessGroupDoor {
  group_id: string
  door_id: string
}

export interface AccessPause {
  id: Generated<number>
  card_id: number
  person_id: number
  during: string
  paused_by: string
  resumed_by: string | null
}

export interface Activation {
  card_id: number
  person_id: number
  at: Temporal.Instant
  replaces: number | null
  carried_by: Temporal.Instant
  at_once: boolean
  old_until: Temporal.Instant | null
  new_from: Temporal.Instant
}

export interface AdoptedNumber {
  controller_id: number
  number: number
  doors: number[]
  valid_from: Temporal.PlainDate
  valid_to: Temporal.PlainDate
  with_pin: boolean
  adopted_at: Temporal.Instant
  adopted_by: string
  taken_up_at: Temporal.Instant | null
}

export interface ApprovedLoss {
  approval_id: number
  controller_id: number
  people: number[]
}

export interface Batch {
  id: Generated<number>
  person_id: number
  checked: string
  counter: string
  clerk: string
  given_at: Temporal.Instant
  back_by: Temporal.PlainDate
  cards: number
  manner: string
  picture: string | null
  text: string | null
  bound_hash: Buffer | null
  erase_on: Temporal.PlainDate
}

export interface BreakGlassCode {
  code_hash: Buffer
  made_at: Temporal.Instant
  ends_at: Temporal.Instant
  used_at: Temporal.Instant | null
  void_at: Temporal.Instant | null
}

export interface BreakGlassTry {
  address: string
  at: Temporal.Instant
}

export interface CalendarKept {
  since: Temporal.Instant
  one: Generated<boolean>
}

export interface CampusClock {
  only_row: Generated<boolean>
  ahead_by: Generated<string>
}

export interface Card {
  id: Generated<number>
  edition: string
  chip: Buffer
  printed_number: string | null
  made_for: number | null
  counter: string | null
  box: string | null
  carrier_code_hash: Buffer | null
  stocked_at: Temporal.Instant
  retired_at: Temporal.Instant | null
  retired_for: string | null
}

export interface CardFile {
  id: Generated<number>
  kind: string
  number_format: string
  file_name: string
  file: Buffer
  uploaded_at: Temporal.Instant
  uploaded_by: string
  applied_at: Temporal.Instant | null
  applied_by: string | null
  encoding: string | null
  sheet: number | null
  outcome: unknown | null
  forgotten_at: Temporal.Instant | null
}

export interface CardLoan {
  id: Generated<number>
  card_id: number
  person_id: number
  reason: string
  evidence: unknown
  lent_at: Temporal.Instant
  lent_by: string
  counter: string
  last_day: Temporal.PlainDate
  lost_at: Temporal.Instant | null
  lost_by: string | null
  returned_at: Temporal.Instant | null
  returned_by: string | null
  returned_to: string | null
}

export interface CardNumber {
  card_id: number
  format: string
  number: number
  retired_at: Temporal.Instant | null
}

export interface CardUse {
  card_id: number
  person_id: number
  kind: Generated<string>
  during: string
  loan_id: number | null
  handed_to: Generated<number | null>
}

export interface CashierCount {
  day: Temporal.PlainDate
  counter: string
  payments: number
  expected: number
  counted: number
  note: string | null
  at: Temporal.Instant
  by: string
}

export interface ClaimReading {
  version: Generated<number>
  reading: unknown
  kept_at: Temporal.Instant
  kept_by: string
}

export interface ClockReading {
  controller_id: number
  read_at: Temporal.Instant
  drift_seconds: number
  is_set: boolean
}

export interface Controller {
  id: number
  host: string | null
  port: number | null
  capacity: number
  number_format: string
  building_zh: string
  building_en: string
  driver: Generated<string>
  settings: unknown | null
  board: number | null
}

export interface ControllerClock {
  controller_id: number
  set_at: Temporal.Instant | null
  read_at: Temporal.Instant | null
  drift_seconds: number | null
}

export interface ControllerEvents {
  controller_id: number
  epoch: Generated<number>
  last_index: Generated<number>
  last_event: string | null
  asked_at: Temporal.Instant
}

export interface ControllerSurvey {
  id: Generated<number>
  controller_id: number
  asked_at: Temporal.Instant
  asked_by: string
  began_at: Temporal.Instant | null
  read_at: Temporal.Instant | null
  readings: Generated<number>
  places_read: Generated<number>
  ended_at: Temporal.Instant | null
  outcome: string | null
  wrong_place: number | null
  ours: number | null
  different: number | null
  missing: number | null
  left_over: number | null
  others: number | null
}

export interface CorrectionRequest {
  id: Generated<number>
  person_id: number
  part: string
  wrong: string
  asked_at: Temporal.Instant
  due_on: Temporal.PlainDate
  answer: string | null
  answered_at: Temporal.Instant | null
  answered_by: string | null
  answer_reason: string | null
  prolonged_at: Temporal.Instant | null
  prolonged_by: string | null
  prolonged_until: Temporal.PlainDate | null
  prolong_reason: string | null
}

export interface DatabaseHome {
  only_one: Generated<boolean>
  own_id: Generated<string>
  server: string
  timeline: number
  since: Temporal.Instant
}

export interface Door {
  id: string
  controller_id: number
  number: number
  name_zh: string
  name_en: string
}

export interface DoorDigest {
  staff_id: string
  owner: string | null
}

export interface DoorDigestSent {
  staff_id: string
  on_day: Temporal.PlainDate
  told_at: Temporal.Instant
}

export interface DoorTask {
  id: Generated<number>
  grant_id: number
  card_id: number
  person_id: number
  made_at: Temporal.Instant
  done_at: Temporal.Instant | null
  done_by: string | null
  declined_at: Temporal.Instant | null
  declined_by: string | null
  reason: string | null
}

export interface DoorTaskTold {
  task_id: number
  staff_id: string
  on_day: Temporal.PlainDate
}

export interface DoorsCheck {
  on_date: Temporal.PlainDate
  began_at: Temporal.Instant
  people: Generated<number>
  differed: Generated<number>
  numbers: Generated<number>
  last_person_id: Generated<number>
  ended_at: Temporal.Instant | null
}

export interface DoorsCheckPerson {
  on_date: Temporal.PlainDate
  person_id: number
  numbers: number
  controllers: number[]
}

export interface ExpiryWarning {
  last_day: Temporal.PlainDate
  stage: number
  role: string
  raised_at: Temporal.Instant
  cards: number
  live_cards: number
  people: number
  controllers: number
  acknowledged_at: Temporal.Instant | null
  acknowledged_by: string | null
}

export interface ExtraMark {
  id: Generated<number>
  person_id: number
  item: string
  mark: string
  runs_until: Temporal.PlainDate | null
  at: Temporal.Instant
  taken_back_at: Temporal.Instant | null
}

export interface FeeDispute {
  reissue_id: number
  at: Temporal.Instant
  by: string
  said: string
  decided_at: Temporal.Instant | null
  decided_by: string | null
  granted: boolean | null
  reason: string | null
}

export interface FeeEntry {
  move_id: number
  account: string
  amount: number
}

export interface FeeMove {
  id: Generated<number>
  at: Temporal.Instant
  by: string
  kind: string
  reissue_id: number | null
  receipt: string | null
  payment_try: string | null
  question_id: number | null
  counter: string | null
  reason: string | null
}

export interface Forgetting {
  on_date: Temporal.PlainDate
  what: string
  before: Temporal.Instant
  gone: Generated<number>
  began_at: Temporal.Instant
  ended_at: Temporal.Instant | null
}

export interface GuardApproval {
  id: Generated<number>
  starts_at: Temporal.Instant
  seal: string
  caused_by: string[]
  approved_at: Temporal.Instant
  approved_by: string
  reason: string
}

export interface Handover {
  card_id: number
  person_id: number
  edition: string
  at: Temporal.Instant
  how: string
  batch_id: number | null
  evidence: unknown | null
  evidence_card_id: number | null
  confirmation_id: number | null
  confirmed: Generated<boolean | null>
  proxy_authorization_id: number | null
  by_proxy: Generated<boolean | null>
  counter: string | null
  clerk: string | null
  held: string
}

export interface HeaderMeaning {
  id: Generated<number>
  file_kind: string
  header: string
  field: string | null
  said_at: Temporal.Instant
  said_by: string
  forgotten_at: Temporal.Instant | null
  forgotten_by: string | null
}

export interface Held {
  controller_id: number
  number: number
  doors: number[]
  valid_from: Temporal.PlainDate
  valid_to: Temporal.PlainDate
  confirmed_at: Temporal.Instant
  verified_at: Temporal.Instant | null
  verify_after: Temporal.Instant | null
}

export interface HeldCount {
  controller_id: number
  cards: number
}

export interface IdentityConfirmation {
  id: Generated<number>
  person_id: number
  counter: string
  documents: unknown
  asked_by: string
  asked_at: Temporal.Instant
  good_until: Temporal.Instant
  confirmed: boolean | null
  answered_by: string | null
  answered_at: Temporal.Instant | null
  reason: string | null
}

export interface ImportQuestion {
  id: Generated<number>
  roster_import_id: number
  seal: string
  people: number
  lately: number
  of_people: number
  most: number
  asked_at: Temporal.Instant
  asked_by: string
  taken_back_at: Temporal.Instant | null
  answered_at: Temporal.Instant | null
  answered_by: string | null
  let_go: boolean | null
  reason: string | null
}

export interface IndividualGrant {
  id: Generated<number>
  card_id: number
  door_id: string
  owner_zh: string
  owner_en: string
  granted_at: Temporal.Instant
  ended_at: Temporal.Instant | null
}

export interface IssuerFile {
  id: Generated<number>
  kind: string
  made_at: Temporal.Instant
  made_by: string
  content: string
  answered_at: Temporal.Instant | null
  answered_by: string | null
  answer: string | null
}

export interface Journal {
  id: Generated<number>
  at: Temporal.Instant
  actor: string
  act: string
  person_id: number | null
  card_id: number | null
  facts: Generated<unknown>
}

export interface JournalSeal {
  number: number
  sealed_at: Temporal.Instant
  first_id: number
  last_id: number
  entries: number
  ids: string
  marks: Buffer
  previous: Buffer
  hash: Buffer
}

export interface JournalUnsealed {
  entry_id: number
}

export interface KioskReceipt {
  number: string
  kiosk: string
  amount: number
  student_number: string | null
  paid_at: Temporal.Instant
  arrived_at: Temporal.Instant
}

export interface KnownBoard {
  controller_id: number
  mac: string
  firmware: string
  made_on: Temporal.PlainDate | null
  known_since: Temporal.Instant
  known_by: string | null
  met_at: Temporal.Instant | null
  met_address: string | null
  reads_all: Generated<boolean>
}

export interface Lane {
  controller_id: number
  epoch: Generated<number>
  owner: string | null
  lease_until: Temporal.Instant | null
  rest_until: Temporal.Instant | null
  rests: Generated<number>
  rests_since: Temporal.Instant | null
  silent_since: Temporal.Instant | null
}

export interface Letter {
  id: Generated<number>
  draft: string
  list: unknown
  subject: unknown
  body: unknown
  people: number
  written_by: string
  written_at: Temporal.Instant
}

export interface LetterTo {
  letter_id: number
  person_id: number
  had_address: boolean
}

export interface Look {
  id: Generated<number>
  at: Temporal.Instant
  actor: string
  counter: string | null
  purpose: string
  shown: string
  route: string | null
  reason: string | null
  people: number
}

export interface LookedAt {
  look_id: number
  person_id: number
}

export interface LossReport {
  id: Generated<number>
  card_id: number
  person_id: number
  at: Temporal.Instant
  reported_by: string
  had_access: Generated<boolean>
  put_off_to: Temporal.Instant | null
  send_at: Temporal.Instant
  sent_at: Temporal.Instant | null
  file_id: number | null
  received_at: Temporal.Instant | null
  refused_because: string | null
  ended_at: Temporal.Instant | null
  ended_by: string | null
  ended_as: string | null
}

export interface Message {
  id: Generated<number>
  journal_id: number | null
  person_id: number | null
  kind: string
  language: string
  recipient: string
  subject: string
  body: string
  made_at: Temporal.Instant
  sent_at: Temporal.Instant | null
  tries: Generated<number>
  last_error: string | null
  staff_id: string | null
  staff_notice_id: number | null
  proxy_authorization_id: number | null
  forgotten_at: Temporal.Instant | null
}

export interface PageView {
  page: string
  on_date: Temporal.PlainDate
  views: Generated<number>
}

export interface PaymentTry {
  id: string
  reissue_id: number
  amount: number
  currency: string
  started_at: Temporal.Instant
  answered_at: Temporal.Instant | null
  answer: string | null
}

export interface Person {
  id: Generated<number>
  student_number: string
  name_zh: string
  name_en: string
  department: string
  entry_year: number
  status: string
  kind: string
  degree: string
  site: string
  hall: string | null
  email: string | null
  language: string
  health_check: string | null
  leave_terms: Generated<string[]>
  returned_on: Temporal.PlainDate | null
  next_status: string | null
  next_status_on: Temporal.PlainDate | null
  also_staff: Generated<boolean>
  roster_import_id: number | null
  forgotten_at: Temporal.Instant | null
  searched: Generated<string>
}

export interface Photo {
  id: Generated<number>
  person_id: number
  picture: Buffer
  width: number
  height: number
  file_hash: Buffer
  warnings: Generated<string[]>
  sent_by: string
  taken_in_at: Temporal.Instant
  taken_in_by: string
  accepted: boolean | null
  answered_at: Temporal.Instant | null
  answered_by: string | null
  reason: string | null
}

export interface ProductionBatch {
  id: Generated<number>
  edition: string
  maker: string | null
  ordered_at: Temporal.Instant
  ordered_by: string
  taken_at: Temporal.Instant | null
  taken_by: string | null
}

export interface ProductionItem {
  id: Generated<number>
  batch_id: number
  place: number
  person_id: number
  edition: string
  because: string
  card_id: number | null
  back_at: Temporal.Instant | null
  cancelled_at: Temporal.Instant | null
  cancelled_by: string | null
  cancelled_because: string | null
  make_again: boolean | null
}

export interface ProgrammeDraft {
  id: Generated<number>
  name: string
  source: string
  revision: Generated<number>
  compared_with: number | null
  begun_at: Temporal.Instant
  begun_by: string
  kept_at: Temporal.Instant
  kept_by: string
  ended_at: Temporal.Instant | null
  ended_by: string | null
}

export interface ProgrammeProposal {
  id: Generated<number>
  draft_id: number
  source: string
  compared_with: number | null
  seal: string
  note: Generated<string>
  proposed_at: Temporal.Instant
  proposed_by: string
  answer: string | null
  answered_at: Temporal.Instant | null
  answered_by: string | null
  reason: string | null
}

export interface ProgrammeVersion {
  version: Generated<number>
  programme_id: string
  document: unknown
  source: string
  published_at: Temporal.Instant
  published_by: string
  replaces: number | null
  proposal_id: number | null
  asks_second_person: Generated<boolean>
  replaced_asks: boolean | null
}

export interface ProxyAuthorization {
  id: Generated<number>
  person_id: number
  errand: string
  proxy_name: string | null
  proxy_email: string | null
  language: string
  nonce: Buffer
  code_hash: Buffer
  named_at: Temporal.Instant
  named_by: string
  good_until: Temporal.Instant
  ended_at: Temporal.Instant | null
  ended_as: string | null
  ended_by: string | null
  erased_at: Temporal.Instant | null
  used: Generated<boolean | null>
}

export interface Push {
  message_id: number
  device_id: number
  next_at: Temporal.Instant
  sent_at: Temporal.Instant | null
  ended_at: Temporal.Instant | null
  tries: Generated<number>
  last_error: string | null
}

export interface PushDevice {
  id: Generated<number>
  person_id: number
  place: number
  service: string
  endpoint: string | null
  p256dh: Buffer | null
  auth: Buffer | null
  since: Temporal.Instant
  ended_at: Temporal.Instant | null
  ended_because: string | null
}

export interface PutOff {
  person_id: number
  since: Temporal.Instant
  cause: string
  facts: Generated<unknown>
}

export interface RefundAnswer {
  id: Generated<number>
  sha256: Buffer
  file_name: string
  lines: number
  read_at: Temporal.Instant
  read_by: string
}

export interface RefundCase {
  id: Generated<number>
  card_id: number
  person_id: number
  why: string
  way: string
  asked_at: Temporal.Instant
  asked_by: string
  withdrawn_at: Temporal.Instant | null
  withdrawn: Generated<boolean | null>
  late_told_at: Temporal.Instant | null
}

export interface RefundDestination {
  case_id: number
  round: number
  bank: string | null
  branch: string | null
  account: string | null
  iban: string | null
  address: string | null
  changed_at: Temporal.Instant
  erase_on: Temporal.PlainDate | null
}

export interface RefundEvent {
  case_id: number
  round: number
  kind: string
  on_date: Temporal.PlainDate
  reason: string | null
  promised_by: Temporal.PlainDate | null
  answer_id: number
  line: number
  at: Temporal.Instant
}

export interface RefundSending {
  case_id: number
  round: number
  file_id: number
  at: Temporal.Instant
  withdrawn: Generated<boolean>
}

export interface RefundSettlement {
  reference: string
  of_case: number
  of_round: number
  amount: number
  value_on: Temporal.PlainDate
  counts_for: number | null
  answer_id: number
  line: number
  at: Temporal.Instant
}

export interface Reissue {
  id: Generated<number>
  person_id: number
  for_card: number
  reason: string
  edition: string
  fee_id: string
  fee_amount: number
  applied_at: Temporal.Instant
  applied_by: string
  lapses_at: Temporal.Instant
  settled_at: Temporal.Instant | null
  settled_as: string | null
  card_id: number | null
  produced_at: Temporal.Instant | null
  ended_at: Temporal.Instant | null
  ended_by: string | null
  ended_as: string | null
}

export interface ReissueReminder {
  reissue_id: number
  after_days: number
  at: Temporal.Instant
}

export interface RepaymentQuestion {
  id: Generated<number>
  reissue_id: number | null
  receipt: string | null
  amount: number
  already: number
  most: number
  reason: string
  asked_at: Temporal.Instant
  asked_by: string
  last_day: Temporal.PlainDate
  answer: string | null
  answered_at: Temporal.Instant | null
  answered_by: string | null
  answer_reason: string | null
}

export interface RepeatedRequest {
  actor: string
  key: string
  request_hash: Buffer
  status: number
  answer: unknown | null
  at: Temporal.Instant
}

export interface RequestCount {
  minute: number
  sender: Buffer
  requests: number
}

export interface RestoredController {
  controller_id: number
  noticed_at: Temporal.Instant
  noticed_by: string
  sign: string
  released_at: Temporal.Instant | null
  released_by: string | null
  reason: string | null
}

export interface RetentionRun {
  on_date: Temporal.PlainDate
  began_at: Temporal.Instant
  events_before: Temporal.Instant
  history_before: Temporal.Instant
  months: Generated<string[]>
  wanted: Generated<number>
  sent: Generated<number>
  others: Generated<number>
  wanted_up_to: Generated<Temporal.Instant>
  sent_up_to: Generated<number>
  ended_at: Temporal.Instant | null
}

export interface RosterImport {
  id: Generated<number>
  file_name: string
  file: Buffer
  uploaded_at: Temporal.Instant
  uploaded_by: string
  encoding: string | null
  sheet: number | null
  applied_at: Temporal.Instant | null
  applied_by: string | null
  outcome: unknown | null
  forgotten_at: Temporal.Instant | null
}

export interface RunNow {
  id: Generated<number>
  controllers: number[] | null
  asked_at: Temporal.Instant
  asked_by: string
  reason: string
  taken_by: Temporal.Instant | null
}

export interface SchemaVersion {
  version: number
  applied_at: Generated<Temporal.Instant>
}

export interface Sent {
  id: Generated<number>
  controller_id: number
  number: number
  deed: string
  answer: string
  starts_at: Temporal.Instant | null
  at: Temporal.Instant
  doors: number[] | null
  valid_from: Temporal.PlainDate | null
  valid_to: Temporal.PlainDate | null
}

export interface Session {
  token_hash: Buffer
  staff_id: string | null
  role_id: number | null
  person_id: number | null
  began_at: Temporal.Instant
  ends_at: Temporal.Instant
  seen_at: Generated<Temporal.Instant>
  provider_subject: Buffer | null
  provider_session: Buffer | null
  tablet_since: Temporal.Instant | null
  tablet_clerk: string | null
}

export interface ShiftCount {
  id: Generated<number>
  counter: string
  at: Temporal.Instant
  counted_by: string
  expected: number
  counted: number
  missing: number[] | null
  surplus: number[] | null
}

export interface SignInAttempt {
  state_hash: Buffer
  browser_hash: Buffer
  nonce: string
  verifier: string
  return_to: string
  ends_at: Temporal.Instant
}

export interface Signature {
  card_id: number
  place: string
  manner: string
  picture: string | null
  text: string
  bound_hash: Buffer
  signed_at: Temporal.Instant
  request_id: number | null
  erase_on: Temporal.PlainDate
}

export interface SignatureRequest {
  id: Generated<number>
  person_id: number
  card_id: number
  proxy_authorization_id: number | null
  place: string
  text_zh: string
  text_en: string
  counter: string
  asked_by: string
  asked_at: Temporal.Instant
  proof_at: Temporal.Instant
  good_until: Temporal.Instant
  withdrawn_at: Temporal.Instant | null
  signed: boolean | null
  answered_at: Temporal.Instant | null
  answered_by: string | null
  language: string | null
  manner: string | null
  picture: string | null
  bound_hash: Buffer | null
  used_at: Temporal.Instant | null
}

export interface Staff {
  id: string
  name_zh: string
  name_en: string
  email: string | null
  ended_at: Temporal.Instant | null
  provider_subject: Buffer | null
  person_id: number | null
}

export interface StaffMail {
  staff_id: string
  address: string
  language: string
  since: Temporal.Instant
}

export interface StaffNotice {
  id: Generated<number>
  kind: string
  starts_at: Temporal.Instant
  made_at: Temporal.Instant
  facts: unknown
  acknowledged_at: Temporal.Instant | null
  acknowledged_by: string | null
}

export interface StaffRole {
  id: Generated<number>
  staff_id: string
  role: string
  counter: string | null
  buildings: string[] | null
  doors: string[] | null
  given_at: Generated<Temporal.Instant>
  given_by: Generated<string>
  from_provider: Generated<boolean>
}

export interface StrangeBoard {
  id: Generated<number>
  controller_id: number
  how: string
  serial: number
  host: string
  port: number
  mac: string | null
  firmware: string | null
  made_on: Temporal.PlainDate | null
  first_at: Temporal.Instant
  last_at: Temporal.Instant
  ended_at: Temporal.Instant | null
  outcome: string | null
  ended_by: string | null
}

export interface SurveyCard {
  survey_id: number
  number: number
  place: number
  doors: number[]
  valid_from: Temporal.PlainDate
  valid_to: Temporal.PlainDate
  with_pin: boolean
  standing: string | null
  ours: Generated<boolean>
  taken_at: Temporal.Instant | null
}

export interface Tap {
  controller_id: number
  epoch: number
  event_index: number
  stored_at: Temporal.Instant
  lost: number | null
  happened_at: Temporal.PlainDateTime | null
  type: number | null
  reason: number | null
  granted: boolean | null
  door: number | null
  direction: number | null
  number: number | null
}

export interface ToldLate {
  card_id: number
  starts_at: Temporal.Instant
  causes: string[]
  expected_by: Temporal.Instant | null
  told_at: Temporal.Instant
}

export interface ToldOfDay {
  person_id: number
  kind: string
  occasion: string
  on_day: Temporal.PlainDate
  told_at: Temporal.Instant
}

export interface TypedReceipt {
  id: Generated<number>
  reissue_id: number
  person_id: number
  number: string
  at: Temporal.Instant
  outcome: string
}

export interface UndoneHandover {
  id: Generated<number>
  card_id: number
  person_id: number
  edition: string
  at: Temporal.Instant
  evidence: unknown | null
  evidence_card_id: number | null
  confirmation_id: number | null
  proxy_authorization_id: number | null
  batch_id: number | null
  counter: string
  clerk: string
  undone_at: Temporal.Instant
  undone_by: string
  why: string
}

export interface UndoneSignature {
  undone_id: number
  card_id: number
  place: string
  manner: string
  picture: string | null
  text: string
  bound_hash: Buffer
  signed_at: Temporal.Instant
  request_id: number | null
  erase_on: Temporal.PlainDate
}

export interface UpdateGuard {
  id: Generated<number>
  starts_at: Temporal.Instant
  made_at: Temporal.Instant
  limits: unknown
  people: number
  caused_by: string[]
  causes: string[]
  answer: string | null
  answered_at: Temporal.Instant | null
  answered_by: string | null
  reason: string | null
}

export interface UpdateHold {
  id: Generated<number>
  controller_id: number | null
  held_at: Temporal.Instant
  held_by: string
  reason: string
  lifted_at: Temporal.Instant | null
  lifted_by: string | null
}

export interface UpdateWindow {
  campus: string
  on_date: Temporal.PlainDate
  at_time: Temporal.PlainTime
  starts_at: Temporal.Instant
  frozen_at: Temporal.Instant | null
  finished_at: Temporal.Instant | null
  covered_by: Temporal.Instant | null
  ends_by: Temporal.Instant | null
  extra: Generated<boolean>
}

export interface UsedProof {
  nonce: string
  person_id: number
  at: Temporal.Instant
}

export interface Wanted {
  controller_id: number
  number: number
  carried_by: Temporal.Instant
  at_once: Generated<boolean>
  urgent: Generated<boolean>
  person_id: number
  card_id: number
  doors: number[]
  valid_from: Temporal.PlainDate
  valid_to: Temporal.PlainDate
  decided_at: Temporal.Instant
  because: Generated<string[]>
  guarded_by: number | null
}

export interface WantedOpen {
  controller_id: number
  number: number
  carried_by: Temporal.Instant
  at_once: boolean
  urgent: boolean
  removes: boolean
  person_id: number
}

export interface WindowLane {
  starts_at: Temporal.Instant
  controller_id: number
  owed: number
  done: Generated<number>
  failed: Generated<number>
  began_at: Temporal.Instant | null
  finished_at: Temporal.Instant | null
  outcome: string | null
}

export interface WrongTry {
  id: Generated<number>
  what: string
  person_id: number | null
  place: string | null
  at: Temporal.Instant
}

export interface DB {
  access_group: AccessGroup
  access_group_door: AccessGroupDoor
  access_pause: AccessPause
  activation: Activation
  adopted_number: AdoptedNumber
  approved_loss: ApprovedLoss
  batch: Batch
  break_glass_code: BreakGlassCode
  break_glass_try: BreakGlassTry
  calendar_kept: CalendarKept
  campus_clock: CampusClock
  card: Card
  card_file: CardFile
  card_loan: CardLoan
  card_number: CardNumber
  card_use: CardUse
  cashier_count: CashierCount
  claim_reading: ClaimReading
  clock_reading: ClockReading
  controller: Controller
  controller_clock: ControllerClock
  controller_events: ControllerEvents
  controller_survey: ControllerSurvey
  correction_request: CorrectionRequest
  database_home: DatabaseHome
  door: Door
  door_digest: DoorDigest
  door_digest_sent: DoorDigestSent
  door_task: DoorTask
  door_task_told: DoorTaskTold
  doors_check: DoorsCheck
  doors_check_person: DoorsCheckPerson
  expiry_warning: ExpiryWarning
  extra_mark: ExtraMark
  fee_dispute: FeeDispute
  fee_entry: FeeEntry
  fee_move: FeeMove
  forgetting: Forgetting
  guard_approval: GuardApproval
  handover: Handover
  header_meaning: HeaderMeaning
  held: Held
  held_count: HeldCount
  identity_confirmation: IdentityConfirmation
  import_question: ImportQuestion
  individual_grant: IndividualGrant
  issuer_file: IssuerFile
  journal: Journal
  journal_seal: JournalSeal
  journal_unsealed: JournalUnsealed
  kiosk_receipt: KioskReceipt
  known_board: KnownBoard
  lane: Lane
  letter: Letter
  letter_to: LetterTo
  look: Look
  looked_at: LookedAt
  loss_report: LossReport
  message: Message
  page_view: PageView
  payment_try: PaymentTry
  person: Person
  photo: Photo
  production_batch: ProductionBatch
  production_item: ProductionItem
  programme_draft: ProgrammeDraft
  programme_proposal: ProgrammeProposal
  programme_version: ProgrammeVersion
  proxy_authorization: ProxyAuthorization
  push: Push
  push_device: PushDevice
  put_off: PutOff
  refund_answer: RefundAnswer
  refund_case: RefundCase
  refund_destination: RefundDestination
  refund_event: RefundEvent
  refund_sending: RefundSending
  refund_settlement: RefundSettlement
  reissue: Reissue
  reissue_reminder: ReissueReminder
  repayment_question: RepaymentQuestion
  repeated_request: RepeatedRequest
  request_count: RequestCount
  restored_controller: RestoredController
  retention_run: RetentionRun
  roster_import: RosterImport
  run_now: RunNow
  schema_version: SchemaVersion
  sent: Sent
  session: Session
  shift_count: ShiftCount
  sign_in_attempt: SignInAttempt
  signature: Signature
  signature_request: SignatureRequest
  staff: Staff
  staff_mail: StaffMail
  staff_notice: StaffNotice
  staff_role: StaffRole
  strange_board: StrangeBoard
  survey_card: SurveyCard
  tap: Tap
  told_late: ToldLate
  told_of_day: ToldOfDay
  typed_receipt: TypedReceipt
  undone_handover: UndoneHandover
  undone_signature: UndoneSignature
  update_guard: UpdateGuard
  update_hold: UpdateHold
  update_window: UpdateWindow
  used_proof: UsedProof
  wanted: Wanted
  wanted_open: WantedOpen
  window_lane: WindowLane
  wrong_try: WrongTry
}
