-- Gatehouse: the whole database as it is, in the order in which a card passes through the rooms.
-- Written to be read. db/migrations/ bring an older database to exactly this (test/schema.test.ts compares).
--
-- What happens is a row with its time; a status is what the rows say. What must hold is a constraint here,
-- and the rule of the room refuses it first, with words. Nothing needs more than PostgreSQL 15.
--
-- Times: timestamptz is an instant in campus time (the database's clock plus campus_clock.ahead_by),
-- except columns that say "raw clock": leases, which no demo may move. Intervals are half-open.

-- ─── Roles ────────────────────────────────────────────────────────────────────────────────────────────
-- owner: migrations.  app: people's requests.  doors: windows and controllers, sees no names.
-- chores: mail and retention.  reports: reads.  The login that connects is a member of each.

do $$
declare role_name text;
begin
  foreach role_name in array array['gatehouse_owner','gatehouse_app','gatehouse_doors','gatehouse_chores','gatehouse_reports']
  loop
    if not exists (select from pg_roles where rolname = role_name) then
      begin
        execute format('create role %I nologin', role_name);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    if not pg_has_role(current_user, role_name, 'member') then
      execute format('grant %I to %I', role_name, current_user);
    end if;
  end loop;
end $$;

create extension if not exists btree_gist;
create extension if not exists pg_trgm;     -- people found by a part of their name (person.searched)

grant usage, create on schema public to gatehouse_owner;
grant usage on schema public to gatehouse_app, gatehouse_doors, gatehouse_chores, gatehouse_reports;
-- The job queue's own tables; pg-boss makes them there, as the chores' role.
create schema pgboss authorization gatehouse_chores;

set role gatehouse_owner;

-- Which of db/migrations/ this schema includes: a row each, and 0 for the schema itself (src/app/migrate.ts).
create table schema_version (
  version int primary key,
  applied_at timestamptz not null default clock_timestamp()  -- raw clock
);
insert into schema_version (version) values (0);

-- ─── Time ─────────────────────────────────────────────────────────────────────────────────────────────

-- One row. Zero in production; the demo moves the campus forward with it, never back.
create table campus_clock (
  only_row boolean primary key default true check (only_row),
  ahead_by interval not null default interval '0'
);
insert into campus_clock default values;

-- The campus's time now.
create function campus_now() returns timestamptz language sql volatile
  return clock_timestamp() + (select ahead_by from campus_clock);

-- The raw clock, for leases only: what keeps two processes apart must not move with the campus.
create function raw_now() returns timestamptz language sql volatile return clock_timestamp();

-- Advisory locks, each its own number. Whoever needs another one takes the next and says so here.
--   7270001  the timetable: acts share it; a window's start, and acts that run by themselves, take it alone
--   7270002  the roster, while a file is applied or groups change         (src/roster/store.ts)
--   7270003  preparing the job queue                                      (src/message/deliver.ts)
--   7270004  setting up or migrating the database                         (src/app/migrate.ts)
--   7270005  setting up the demo's campus                                 (src/app/demo.ts)
--   7270006  running the demo's doors                                     (src/app/demo-doors.ts)
--   7270010  number formats: shared by new cards, alone for a new format  (src/card/store.ts, new-format.ts)
--   7270020  working off what was put off                                 (src/access/put-off.ts)
--   7270011  what stands in boxes, while a file of cards is applied       (src/card/file-store.ts; src/programme/store.ts)
--   7270013  the beginning of a window, one after the other               (src/update/beginning.ts)
--   7270022  what the calendar tells people, in one process at a time     (src/message/calendar-store.ts)
--   7270030  one receipt number each, taken before people are locked      (src/reissue/receipt-store.ts)
--   7270032  what one of the staff pays back alone, by who it is           (src/reissue/repayment-store.ts)
--   7270061  sealing and shipping the journal, in one process at a time   (src/server/journal/seal.ts, ship.ts)

-- The moment of an act that changes access: first the timetable's lock (shared), only then the clock.
-- A window takes the same lock exclusively at its start; so every act is either before that start and
-- visible to the window, or reads a time at or after it and waits for the next window.
create function act_moment() returns timestamptz language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(7270001);
  return campus_now();
end $$;

-- ─── Journal: who did what, on whom, when ─────────────────────────────────────────────────────────────

-- Append-only. Holds ids; names and other erasable details stand elsewhere.
create table journal (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,                    -- 'student:12', 'desk:clerk-a', 'office:…', 'system:update'
  act text not null,                      -- 'card activated', 'card handed over', …
  person_id bigint,
  card_id bigint,
  facts jsonb not null default '{}'
);
create index journal_of_person on journal (person_id, id);
create index journal_of_moves on journal (at) where act = 'card moved';
-- What went with its date (src/privacy/kept.ts): one entry a day and kind at most, or some where there is much.
create index journal_of_forgetting on journal (act, at)
  where act in ('photos forgotten', 'signatures forgotten', 'batch signatures forgotten', 'proxies forgotten', 'refund destinations erased');
create index journal_of_endings on journal (at) where act = 'person changed' and facts ? 'endedByUpload';

-- Who somebody is, whatever role they acted in: "office:amy" and "desk:amy" are one person, who is not their own second one.
create function who_acted(actor text) returns text language sql immutable parallel safe
  return case when actor ~ '^(student|system|public):' then actor else substr(actor, strpos(actor, ':') + 1) end;
create function is_another(actor text, others text[]) returns boolean language sql immutable parallel safe
  return (select coalesce(bool_and(who_acted(actor) <> who_acted(other)), true) from unnest(others) other);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is only ever added to';
end $$;
create trigger journal_is_append_only before update or delete or truncate on journal
  for each statement execute function refuse_change();

-- Entries that no seal covers yet. A trigger puts them here in the transaction that writes them, whoever that is: ids are
-- committed out of order and have gaps, so no cursor over them would find every entry, and this does.
create table journal_unsealed (
  entry_id bigint primary key
);
create function await_seal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into journal_unsealed select id from added;
  return null;
end $$;
create trigger journal_awaits_its_seal after insert on journal
  referencing new table as added for each statement execute function await_seal();

-- The chain over the journal (decision 61): each row seals some entries, together with the seal before it. Changed, removed
-- or added afterwards, an entry no longer fits its seal, nor this one the next. Append-only, like what it seals.
create table journal_seal (
  number int primary key check (number > 0),
  sealed_at timestamptz not null,
  first_id bigint not null,
  last_id bigint not null check (last_id >= first_id),
  entries int not null check (entries > 0),
  ids int8multirange not null,            -- which ones: what was committed late is in a later seal
  marks bytea not null check (length(marks) = 4 * entries),  -- of each entry the first bytes of its own hash: which one differs
  previous bytea not null check (length(previous) = 32),
  hash bytea not null unique check (length(hash) = 32)
);
create trigger journal_seal_is_append_only before update or delete or truncate on journal_seal
  for each statement execute function refuse_change();

-- ─── Looks: whose record somebody of the staff was shown ──────────────────────────────────────────────

-- One answer that showed people: a screen, a search, a file. Written with it, and forgotten by `at` (retention.lookMonths):
-- these rows stand beside the journal, which names nobody who was merely looked at and is never forgotten.
create table look (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,                    -- as in the journal: the role acted in, and the account
  counter text,                           -- a desk clerk's counter then
  purpose text not null check (purpose <> ''),  -- what for, as the route declares it: src/lib/looks.ts
  shown text not null check (shown <> ''),      -- what of them, likewise
  route text check (route <> ''),         -- by which route, as it is declared: with no id in it; null: by a command
  reason text check (length(reason) between 1 and 200),  -- what for, as the reader said it
  people int not null check (people > 0)
);
create index looks_in_time on look (at);
-- Each of those people, however many they were.
create table looked_at (
  look_id bigint not null references look on delete cascade,
  person_id bigint not null,
  primary key (look_id, person_id)
);
create index looks_at_person on looked_at (person_id, look_id);
create trigger look_is_not_changed before update or truncate on look
  for each statement execute function refuse_change();
create trigger looked_at_is_not_changed before update or truncate on looked_at
  for each statement execute function refuse_change();

-- The stored answer of a request that may come twice (Idempotency-Key): same key and body, same answer.
create table repeated_request (
  actor text not null,
  key text not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  status int not null,
  answer jsonb,
  at timestamptz not null,
  primary key (actor, key)
);

-- ─── Sign-in ──────────────────────────────────────────────────────────────────────────────────────────

-- The people who work with Gatehouse: an account each.
create table staff (
  id text primary key check (length(id) between 1 and 100),
  name_zh text not null,
  name_en text not null,
  email text,
  ended_at timestamptz,                   -- works here no more; the row stays, because what they did refers to it
  -- Who it is at the university's provider (sha-256 of issuer and subject); null until they have signed in there.
  provider_subject bytea unique check (length(provider_subject) = 32),
  person_id bigint unique                 -- who of the staff is a student, too
);

-- What somebody may do, and where: a row for each role and place. A session acts in one of them.
create table staff_role (
  id bigint generated always as identity primary key,
  staff_id text not null references staff,
  role text not null check (role in ('desk', 'office', 'access', 'owner', 'cashier', 'auditor', 'admin')),
  counter text,                           -- a desk clerk's, an id of the programme: who works at two has two roles
  buildings text[] check (cardinality(buildings) between 1 and 200),   -- an access administrator's, by building_zh; null: all
  doors text[] check (cardinality(doors) between 1 and 1000),          -- a door owner's, by their ids
  given_at timestamptz not null default campus_now(),
  given_by text not null default 'set-up',
  from_provider boolean not null default false,   -- by a rule about groups; goes when they say it no more
  constraint role_at_a_counter check ((role = 'desk') = (counter is not null)),
  constraint role_of_buildings check (role = 'access' or buildings is null),
  constraint role_of_doors check ((role = 'owner') = (doors is not null)),
  unique (id, staff_id)
);
create unique index one_role_a_place on staff_role (staff_id, role, coalesce(counter, ''));

create table session (
  token_hash bytea primary key,           -- sha-256; the token itself is only in the cookie
  staff_id text references staff,
  role_id bigint,                         -- in which of their roles somebody of the staff acts
  person_id bigint,
  began_at timestamptz not null,          -- raw clock
  ends_at timestamptz not null,           -- raw clock
  seen_at timestamptz not null default raw_now(),   -- raw clock, to within a minute: when its reader last did something
  -- As whom, and in which of its sessions, the university's provider vouched (sha-256): by these it ends them here, too.
  provider_subject bytea check (length(provider_subject) = 32),
  provider_session bytea check (length(provider_session) = 32),
  -- It lies before students from then on: nothing but signing can be reached with it, until somebody signs in anew.
  tablet_since timestamptz check (tablet_since is null or staff_id is not null),   -- raw clock
  tablet_clerk text references staff,     -- before whom it lies: said when it was laid, and by nobody who holds it
  constraint tablet_lies_before_a_clerk check ((tablet_since is null) = (tablet_clerk is null)),
  constraint session_acts_in_a_role check ((staff_id is null) = (role_id is null)),
  -- A role that is taken away ends the sessions that act in it, at once.
  foreign key (role_id, staff_id) references staff_role (id, staff_id) on delete cascade,
  check (num_nonnulls(staff_id, person_id) = 1)
);
create index sessions_of_role on session (role_id);
create index sessions_of_subject on session (provider_subject) where provider_subject is not null;
create index sessions_of_provider on session (provider_session) where provider_session is not null;

-- Somebody on their way to the university's provider and back: known again by what only their browser holds, once.
create table sign_in_attempt (
  state_hash bytea primary key check (length(state_hash) = 32),
  browser_hash bytea not null check (length(browser_hash) = 32),
  nonce text not null,
  verifier text not null,
  return_to text not null check (length(return_to) between 1 and 500),
  ends_at timestamptz not null            -- raw clock
);
create index sign_in_attempts_ending on sign_in_attempt (ends_at);

-- What a provider's claims mean here: every version, kept; the newest is in force. Its shape is src/identity/shape.ts.
create table claim_reading (
  version int generated always as identity primary key,
  reading jsonb not null,
  kept_at timestamptz not null,
  kept_by text not null
);

-- The codes of the way in for when nothing else is: each once.
create table break_glass_code (
  code_hash bytea primary key check (length(code_hash) = 32),   -- sha-256 of at least 80 random bits
  made_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > made_at),
  used_at timestamptz,
  void_at timestamptz,                    -- newer ones took its place
  check (num_nonnulls(used_at, void_at) <= 1)
);

-- Codes that were none, so that guessing is slowed down: what was tried is not kept.
create table break_glass_try (
  address text not null check (length(address) between 1 and 60),
  at timestamptz not null
);
create index break_glass_tries on break_glass_try (at, address);

-- How often each sender asked within a minute, of all processes together: only of who asks much, and for two minutes. A
-- crash may lose it.
create unlogged table request_count (
  minute bigint,                          -- of the raw clock, since 1970
  sender bytea,                           -- sha-256 of a session or an address; neither stands here
  requests integer not null,
  primary key (minute, sender)
);

-- ─── Programme: policy as data ────────────────────────────────────────────────────────────────────────

-- Every published version, kept and never changed. The newest is in force; its shape is src/programme/shape.ts.
-- Each takes the place of exactly one: of two officers who looked at the same version, one publishes.
create table programme_version (
  version int generated always as identity primary key,
  programme_id text not null,
  document jsonb not null,
  source text not null check (length(source) <= 500000),   -- the YAML it came from, with its comments
  published_at timestamptz not null,
  published_by text not null,
  replaces int unique nulls not distinct references programme_version (version) check (replaces < version),
  proposal_id bigint unique,              -- what somebody else proposed; null: published by one person alone
  -- Whether what takes its place needs a second person, and whether what it takes the place of did.
  asks_second_person boolean not null generated always as (coalesce(document ->> 'publishing', '') <> 'alone') stored,
  replaced_asks boolean,
  unique (version, asks_second_person),
  constraint programme_replaced foreign key (replaces, replaced_asks)
    references programme_version (version, asks_second_person) match full,
  constraint programme_second_person
    check (not coalesce(replaced_asks, false) or proposal_id is not null or published_by = 'set-up')
);

-- A programme that somebody is writing. Kept while it is written; `revision` tells two who write at the same time.
create table programme_draft (
  id bigint generated always as identity primary key,
  name text not null check (length(name) between 1 and 100),
  source text not null check (length(source) <= 500000),
  revision int not null default 1 check (revision > 0),
  compared_with int references programme_version,   -- the version it began from, or whose changes it was brought up to
  begun_at timestamptz not null,
  begun_by text not null references staff,
  kept_at timestamptz not null,
  kept_by text not null references staff,
  ended_at timestamptz,                   -- published, or set aside
  ended_by text references staff,
  check ((ended_at is null) = (ended_by is null))
);

-- A draft as it was proposed, and what became of that: published or declined by somebody else, or taken back.
create table programme_proposal (
  id bigint generated always as identity primary key,
  draft_id bigint not null references programme_draft,
  source text not null check (length(source) <= 500000),
  compared_with int references programme_version,
  seal text not null,
  note text not null default '' check (length(note) <= 1000),
  proposed_at timestamptz not null,
  proposed_by text not null references staff,
  answer text check (answer in ('published', 'declined', 'withdrawn')),
  answered_at timestamptz,
  answered_by text references staff,
  reason text check (length(reason) between 1 and 1000),
  check (num_nulls(answer, answered_at, answered_by) in (0, 3)),
  constraint programme_proposal_reason check ((answer is not distinct from 'declined') = (reason is not null)),
  constraint programme_proposal_other_person check ((answer = 'withdrawn') = (answered_by = proposed_by)),
  unique (id, answered_by)
);
create unique index one_open_proposal on programme_proposal (draft_id) where answer is null;
alter table programme_version
  add foreign key (proposal_id, published_by) references programme_proposal (id, answered_by);

-- How often a public page was read; a count a day, nobody is followed.
create table page_view (
  page text not null,
  on_date date not null,
  views bigint not null default 1,
  primary key (page, on_date)
);

-- ─── Roster: who is a student of which kind ───────────────────────────────────────────────────────────

create table roster_import (
  id bigint generated always as identity primary key,
  file_name text not null,
  file bytea not null check (octet_length(file) <= 20971520),
  uploaded_at timestamptz not null,
  uploaded_by text not null,
  -- What the office said of how it is read; null: as recognised.
  encoding text check (encoding in ('utf-8', 'utf-16le', 'utf-16be', 'big5')),
  sheet int check (sheet between 1 and 1000),
  applied_at timestamptz,
  applied_by text,
  outcome jsonb,                          -- counts: added, changed, missing, bad
  forgotten_at timestamptz,               -- the file itself is not kept any more
  check ((applied_at is null) = (applied_by is null)),
  constraint roster_forgotten_whole check (forgotten_at is null or (file = '' and file_name = ''))
);

-- A file by which many would stop being enrolled waits for a second person, who sees the same difference (its seal).
create table import_question (
  id bigint generated always as identity primary key,
  roster_import_id bigint not null references roster_import,
  seal text not null,
  people int not null check (people > 0),   -- who would stop being enrolled
  lately int not null check (lately >= 0),   -- by other files of the day before, that no second person has let go
  of_people int not null check (of_people >= 0),
  most int not null check (most < people + lately),   -- so many would have passed
  asked_at timestamptz not null,
  asked_by text not null,
  taken_back_at timestamptz,              -- by the one who asked
  answered_at timestamptz,
  answered_by text,
  let_go boolean,                         -- false: declined, with a reason
  reason text check (length(btrim(reason)) between 1 and 500),
  constraint another_one_answers check (who_acted(answered_by) <> who_acted(asked_by)),
  constraint question_answered_whole check (num_nonnulls(answered_at, answered_by, let_go) in (0, 3)),
  constraint question_ends_once check (num_nonnulls(taken_back_at, answered_at) < 2),
  constraint declined_with_reason check (let_go is distinct from false or reason is not null)
);
create unique index one_open_question_a_file on import_question (roster_import_id)
  where taken_back_at is null and answered_at is null;

-- What the office said that a header of a kind of file means, for every file to come, until it is forgotten.
create table header_meaning (
  id bigint generated always as identity primary key,
  file_kind text not null check (file_kind in ('roster', 'stock', 'old-cards', 'health-check', 'numbers')),
  header text not null check (length(header) between 1 and 100),   -- as src/roster/header.ts compares headers
  field text check (length(field) between 1 and 40),   -- null: the column is left aside
  said_at timestamptz not null,
  said_by text not null,
  forgotten_at timestamptz,
  forgotten_by text,
  constraint meaning_forgotten_by_somebody check (num_nonnulls(forgotten_at, forgotten_by) in (0, 2))
);
create unique index one_meaning_a_header on header_meaning (file_kind, header) where forgotten_at is null;

-- What is looked for in a person, so that a part of it is found by its trigrams in every locale, which know Latin letters
-- and digits alone: small letters without accents, and each other character as a word of its own, its code. So one or two
-- Chinese characters are whole words and found by the index, too. src/overview/searched.ts writes the same of what is typed.
create function searched_text(parts text) returns text language sql immutable parallel safe
  return (select coalesce(string_agg(case when c ~ '[ -~]' then c else ' u' || to_hex(ascii(c)) || ' ' end, '' order by at), '')
          from regexp_split_to_table(lower(regexp_replace(normalize(parts, NFKD), '[\u0300-\u036f]', '', 'g')), '') with ordinality as t(c, at));

-- A person as the registrar's roster tells it; ours is only the id.
create table person (
  id bigint generated always as identity primary key,
  student_number text not null unique,
  name_zh text not null,
  name_en text not null,
  department text not null,
  entry_year int not null,                -- academic year, Gregorian (ROC 112 is 2023)
  status text not null check (status in ('enrolled', 'on-leave', 'graduated', 'withdrawn', 'not-registered')),
  kind text not null check (kind in ('regular', 'exchange', 'visiting', 'in-service')),
  degree text not null check (degree in ('bachelor', 'master', 'doctor')),
  site text not null,
  hall text,
  email text,
  language text not null check (language in ('zh-TW', 'en')),
  health_check text check (health_check in ('done', 'missed')),
  leave_terms text[] not null default '{}', -- '2023-1' is fall 2023
  returned_on date,                       -- first day of study again after a leave; null: was not on leave
  -- What the registrar already knows will be: from that day on the status is this one (a leave, a return, a graduation).
  next_status text check (next_status in ('enrolled', 'on-leave', 'graduated', 'withdrawn', 'not-registered')),
  next_status_on date,
  also_staff boolean not null default false,
  roster_import_id bigint references roster_import,
  forgotten_at timestamptz,               -- who it was is not kept any more; the row stays for what refers to it
  searched text not null generated always as
    (searched_text(student_number || ' ' || name_en || ' ' || name_zh || ' ' || coalesce(email, ''))) stored,
  check ((next_status is null) = (next_status_on is null)),
  check (next_status <> status),
  constraint person_forgotten_whole check (forgotten_at is null or (
    student_number = 'forgotten-' || id and (name_zh, name_en) = ('已離校', 'Former student')
    and num_nonnulls(hall, email, health_check, returned_on, next_status, next_status_on) = 0 and leave_terms = '{}'))
);
-- The chores forget people and do nothing else to them.
create function refuse_chores() returns trigger language plpgsql as $$
begin
  raise exception 'the chores forget people and do nothing else to them';
end $$;
create trigger chores_only_forget before update on person
  for each row when (current_user = 'gatehouse_chores' and (new.forgotten_at is null or old.forgotten_at is not null))
  execute function refuse_chores();
-- What the cohorts look at: the kinds of person that there are, without reading everybody.
create index person_plain_facts on person (department, entry_year, status, kind, site, leave_terms);
create index person_searched on person using gin (searched gin_trgm_ops);
create index person_may_be_forgotten on person (id) where status in ('graduated', 'withdrawn') and forgotten_at is null;
create index person_next_status on person (next_status_on) where next_status_on is not null;
alter table session add foreign key (person_id) references person;
alter table staff add foreign key (person_id) references person on delete set null;

-- How people look, for the desk and for the card: a JPEG made here. Of the office's own it counts at once, of a holder's when
-- somebody of the office has accepted it. The newest that counts is the person's photo.
create table photo (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  picture bytea not null check (octet_length(picture) between 100 and 1000000),
  width int not null check (width between 1 and 600),
  height int not null check (height between 1 and 800),
  file_hash bytea not null check (octet_length(file_hash) = 32),  -- of the file as it came
  warnings text[] not null default '{}',
  sent_by text not null check (sent_by in ('office', 'holder')),
  taken_in_at timestamptz not null,
  taken_in_by text not null,
  accepted boolean,                       -- null while it waits for the office
  answered_at timestamptz check (answered_at >= taken_in_at),
  answered_by text,
  reason text check (length(reason) between 1 and 60),
  check (num_nulls(accepted, answered_at, answered_by) in (0, 3)),
  check ((accepted is false) = (reason is not null)),
  check (sent_by = 'holder' or accepted is not distinct from true)
);
create unique index one_photo_waits on photo (person_id) where accepted is null;
create index photos_of_person on photo (person_id, id) where accepted;
create index photo_by_file on photo (file_hash);

-- A wrong guess of a code or of digits, so that guessing is slowed down for all processes at once. What was guessed is
-- not kept. At a desk a code may be nobody's: then the place alone is known.
create table wrong_try (
  id bigint generated always as identity primary key,
  what text not null,
  person_id bigint references person,
  place text,
  at timestamptz not null,
  check (num_nonnulls(person_id, place) > 0)
);
create index wrong_try_recent on wrong_try (person_id, what, at);
create index wrong_try_at_place on wrong_try (place, what, at) where person_id is null;

-- ─── Card: the stock, and the numbers on and in a card ────────────────────────────────────────────────

create table card (
  id bigint generated always as identity primary key,
  edition text not null,                  -- an id of the programme's editions
  chip bytea not null check (octet_length(chip) in (4, 7)),
  printed_number text check (printed_number ~ '^[0-9]{6,20}$'),
  made_for bigint references person,      -- whose pack it lies in
  counter text,                           -- where it waits
  box text,
  -- Of the code on the letter that it comes with: proves possession, as the printed number's last digits do.
  carrier_code_hash bytea check (octet_length(carrier_code_hash) = 32),
  stocked_at timestamptz not null,
  retired_at timestamptz,                 -- final: misprint, damaged, uncollected, left
  retired_for text check (retired_for in ('misprint', 'damaged', 'uncollected', 'left', 'replaced')),
  check ((retired_at is null) = (retired_for is null))
);
create index card_made_for on card (made_for);
create index card_by_chip on card (chip);
create index card_at_counter on card (counter);
create index card_by_printed_number on card (printed_number);

-- A chip number as each reader format in use sends it. One live card a number: another person's card
-- must never open your door.
create table card_number (
  card_id bigint not null references card,
  format text not null,
  number bigint not null check (number > 0),
  retired_at timestamptz,                 -- its card is final and gone; the number may live again elsewhere
  primary key (card_id, format)
);
create unique index one_live_card_a_number on card_number (format, number) where retired_at is null;

-- A file of cards as the office uploaded it: what was made, what students hold already, or which number is on which chip.
create table card_file (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('stock', 'old-cards', 'health-check', 'numbers')),
  number_format text not null,            -- how the file writes chip numbers, a name of src/card/formats.ts
  file_name text not null,
  file bytea not null check (octet_length(file) <= 20971520),
  uploaded_at timestamptz not null,
  uploaded_by text not null,
  applied_at timestamptz,
  applied_by text,
  encoding text check (encoding in ('utf-8', 'utf-16le', 'utf-16be', 'big5')),   -- as of roster_import
  sheet int check (sheet between 1 and 1000),
  outcome jsonb,                          -- counts: taken in or numbers filled in, unchanged, bad
  forgotten_at timestamptz,               -- as of roster_import
  constraint card_file_forgotten_whole check (forgotten_at is null or (file = '' and file_name = '')),
  check (num_nonnulls(applied_at, applied_by, outcome) in (0, 3))
);

-- ─── Proxy: somebody else collects ────────────────────────────────────────────────────────────────────

-- A holder names who collects the card for them. One at a time for an errand, and it ends once: used at a desk, withdrawn,
-- not needed because the card was collected without it, or lapsed. The code is made from the nonce with a key that is
-- not kept here, and known again by its hash.
create table proxy_authorization (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,   -- the holder
  errand text not null check (errand in ('first-card', 'reissue')),
  proxy_name text check (length(proxy_name) between 2 and 60 and proxy_name !~ '[[:cntrl:]]'),
  proxy_email text check (length(proxy_email) <= 254 and proxy_email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  language text not null check (language in ('zh-TW', 'en')),   -- in which the proxy is spoken to
  nonce bytea not null check (octet_length(nonce) = 16),
  code_hash bytea not null unique check (octet_length(code_hash) = 32),
  named_at timestamptz not null,
  named_by text not null,
  good_until timestamptz not null check (good_until > named_at),
  ended_at timestamptz check (ended_at >= named_at),
  ended_as text check (ended_as in ('used', 'withdrawn', 'collected', 'cancelled', 'lapsed')),
  ended_by text,
  erased_at timestamptz check (erased_at > ended_at and erased_at > good_until),   -- who the proxy was, is not kept any more
  used boolean generated always as (case ended_as when 'used' then true end) stored,
  unique (id, person_id, used),
  check (num_nonnulls(ended_at, ended_as, ended_by) in (0, 3)),
  check (ended_as <> 'used' or ended_at < good_until),
  check (num_nonnulls(proxy_name, erased_at) = 1),
  check (erased_at is null or (ended_at is not null and proxy_email is null))
);
create index authorizations_to_erase on proxy_authorization (good_until) where erased_at is null;
create unique index one_authorization_an_errand on proxy_authorization (person_id, errand) where ended_at is null;
create index authorizations_of_person on proxy_authorization (person_id, id);

-- ─── Handover: identity checked, signed for, given ────────────────────────────────────────────────────

-- What was shown to prove who somebody is: the programme's evidence ids, each with how it was shown ("read", "seen",
-- "live") or which kind of document it was, or null. Words of letters only: a document's number is never kept.
create function is_evidence(shown jsonb) returns boolean language sql immutable
  return jsonb_typeof(shown) = 'object' and shown <> '{}'
    and not jsonb_path_exists(shown, '$.* ? (@.type() != "null" && (@.type() != "string" || @ like_regex "[^a-z-]"))');

-- A second person looks at the documents of who has neither the old card nor the app. Good until a moment, for one
-- handover by the clerk who asked. confirmed: null while it waits, false with the reason when declined.
create table identity_confirmation (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  counter text not null,
  documents jsonb not null check (is_evidence(documents)),
  asked_by text not null references staff,
  asked_at timestamptz not null,
  good_until timestamptz not null check (good_until > asked_at),
  confirmed boolean,
  answered_by text references staff check (answered_by <> asked_by),
  answered_at timestamptz check (answered_at >= asked_at and answered_at < good_until),
  reason text check (length(reason) between 1 and 200),
  unique (id, person_id, counter, asked_by, confirmed),
  check (num_nulls(confirmed, answered_by, answered_at) in (0, 3)),
  check ((confirmed is false) = (reason is not null))
);
create index identity_confirmation_of_person on identity_confirmation (person_id, id);
create index identity_confirmation_waiting on identity_confirmation (counter, id) where confirmed is null;

-- What a finger drew: strokes of whole points as SVG path data, nothing else.
create function is_drawing(path text) returns boolean language sql immutable
  return path ~ '^M[0-9]{1,3} [0-9]{1,3}([ML][0-9]{1,3} [0-9]{1,3})+$' and length(path) <= 60000;

-- A class representative fetches the cards of others, signs for all of them, and brings back those that they could not give.
create table batch (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,   -- the representative
  checked text not null check (checked ~ '^[a-z0-9:-]{1,130}$'),   -- how the clerk saw who it is
  counter text not null,
  clerk text not null references staff,
  given_at timestamptz not null,
  back_by date not null,                  -- the last day to bring back what was not given
  cards int not null check (cards > 0),
  manner text not null check (manner in ('drawn', 'typed', 'witnessed')),
  picture text check (length(picture) <= 60000 and (manner <> 'drawn' or is_drawing(picture))),
  text text,                              -- the sentence that was signed
  bound_hash bytea check (octet_length(bound_hash) = 32),
  erase_on date not null,                 -- then sentence, drawing and hash are no longer kept
  check (num_nulls(picture, text, bound_hash) in (0, 3))
);
create index batches_at_counter on batch (counter, id);

-- A card is handed over once. held is its custody: one card of an edition in a person's hands at a time.
create table handover (
  card_id bigint primary key references card,
  person_id bigint not null references person,
  edition text not null,
  at timestamptz not null,
  how text not null check (how in ('desk', 'representative', 'health-check', 'before-gatehouse')),
  batch_id bigint references batch,       -- with whom it went; whether it has reached its holder, its activation says
  evidence jsonb check (is_evidence(evidence)),
  evidence_card_id bigint references card,
  confirmation_id bigint unique,          -- the second person who was needed: confirmed, and for this handover alone
  confirmed boolean generated always as (case when confirmation_id is not null then true end) stored,
  -- The authorization of who came for them: used up by this handover, and the holder's own.
  proxy_authorization_id bigint unique,
  by_proxy boolean generated always as (case when proxy_authorization_id is not null then true end) stored,
  counter text,
  clerk text references staff,
  held tstzrange not null,
  unique (card_id, person_id),
  foreign key (proxy_authorization_id, person_id, by_proxy) references proxy_authorization (id, person_id, used),
  foreign key (confirmation_id, person_id, counter, clerk, confirmed)
    references identity_confirmation (id, person_id, counter, asked_by, confirmed),
  check (how <> 'desk' or (evidence is not null and clerk is not null and counter is not null)),
  check ((how = 'representative') = (batch_id is not null)),
  check (batch_id is null or num_nonnulls(clerk, counter) = 0),  -- they stand with the batch
  check (how = 'desk' or num_nonnulls(evidence, confirmation_id) = 0),
  check ((evidence_card_id is not null) = coalesce(evidence ? 'old-card', false)),
  check ((proxy_authorization_id is not null) = coalesce(evidence ? 'proxy-code', false)),
  exclude using gist (person_id with =, edition with =, held with &&)
);
create index handover_of_person on handover (person_id);
create index handovers_of_batch on handover (batch_id) where batch_id is not null;

-- A desk asks for a signature elsewhere than on its own screen: on the holder's phone, or on the tablet that lies before who stands
-- there. It asks one person about one card, in these very sentences, and is answered once. It is used by the handover of that
-- card by that clerk and by nothing else; what was drawn or typed then stands with the signature alone.
create table signature_request (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  card_id bigint not null references card,
  proxy_authorization_id bigint references proxy_authorization,   -- who signs in the holder's place
  place text not null check (place in ('phone', 'tablet')),
  text_zh text not null,
  text_en text not null,
  counter text not null,
  asked_by text not null references staff,
  asked_at timestamptz not null,
  -- By when a live proof of identity is judged: when it was shown, however often the signature is asked elsewhere since.
  proof_at timestamptz not null constraint proof_was_shown_before check (proof_at <= asked_at),
  good_until timestamptz not null check (good_until > asked_at),
  withdrawn_at timestamptz check (withdrawn_at >= asked_at),
  signed boolean,                         -- null while it waits; false: "this is not my card"
  answered_at timestamptz check (answered_at >= asked_at and answered_at < good_until),
  answered_by text,                       -- 'student:12', 'tablet:clerk-a'
  language text check (language in ('zh-TW', 'en')),   -- in which the sentence was signed
  manner text check (manner in ('drawn', 'typed', 'confirmed', 'witnessed')),
  picture text check (length(picture) <= 60000),
  bound_hash bytea check (octet_length(bound_hash) = 32),
  used_at timestamptz check (used_at >= answered_at),
  unique (id, card_id, place, manner, answered_at, bound_hash),
  check (place = 'tablet' or proxy_authorization_id is null),
  check (num_nulls(signed, answered_at, answered_by) in (0, 3)),
  check (num_nulls(language, manner, bound_hash) = case when signed then 0 else 3 end),
  -- Who is signed in on their own phone says so themselves; of a tablet the clerk who sees it is the witness.
  check (manner <> case place when 'phone' then 'witnessed' else 'confirmed' end),
  check (manner <> 'drawn' or picture is null or is_drawing(picture)),
  check ((picture is not null) = (coalesce(signed, false) and used_at is null)),
  check (used_at is null or coalesce(signed, false))
);
create unique index one_signature_request_a_person on signature_request (person_id)
  where signed is null and withdrawn_at is null;
create unique index one_signature_request_a_tablet on signature_request (asked_by)
  where place = 'tablet' and signed is null and withdrawn_at is null;
create index signature_request_of_person on signature_request (person_id, id);
create index signature_request_of_clerk on signature_request (asked_by, id);

-- What was signed, bound by its hash to person, card, text, clerk, time, manner and place; a picture alone is no signature.
create table signature (
  card_id bigint primary key references handover,
  place text not null check (place in ('desk', 'phone', 'tablet')),
  manner text not null check (manner in ('drawn', 'typed', 'confirmed', 'witnessed')),
  picture text check (length(picture) <= 60000),   -- of a drawing: SVG path data, points only
  text text not null,                              -- the sentence that was signed
  bound_hash bytea not null check (octet_length(bound_hash) = 32),
  signed_at timestamptz not null,
  request_id bigint unique,                        -- what the phone or the tablet answered
  erase_on date not null,                          -- purpose ends; then the row is deleted
  foreign key (request_id, card_id, place, manner, signed_at, bound_hash)
    references signature_request (id, card_id, place, manner, answered_at, bound_hash),
  check ((place = 'desk') = (request_id is null)),
  check (manner <> 'confirmed' or place = 'phone'),
  check (manner <> 'drawn' or is_drawing(picture))
);
create index signature_to_erase on signature (erase_on);

-- A handover that was undone soon after: as it was, with who undid it and why; what was signed for it goes on lying beside it
-- until its day. handover holds only what stands, so that the card can be handed over again, and what was built on a
-- handover (its use, an activation, a loss) keeps it from being undone: the foreign keys.
create table undone_handover (
  id bigint generated always as identity primary key,
  card_id bigint not null references card,
  person_id bigint not null references person,
  edition text not null,
  at timestamptz not null,
  evidence jsonb check (is_evidence(evidence)),
  evidence_card_id bigint references card,
  confirmation_id bigint references identity_confirmation,
  proxy_authorization_id bigint references proxy_authorization,
  batch_id bigint references batch,       -- of one that went with a representative
  counter text not null,
  clerk text not null references staff,
  undone_at timestamptz not null,
  undone_by text not null,
  why text not null check (why in ('by-mistake', 'wrong-person', 'not-taken', 'faulty', 'brought-back')),
  unique (card_id, at),
  check ((batch_id is null) = (evidence is not null)),
  check ((why = 'brought-back') = (batch_id is not null)),
  constraint undone_soon check (undone_at >= at and (batch_id is not null or undone_at < at + interval '1 hour'))
);
create index undone_handover_of_person on undone_handover (person_id);
create index undone_of_batch on undone_handover (batch_id) where batch_id is not null;

create table undone_signature (
  undone_id bigint primary key references undone_handover,
  like signature including constraints
);

-- No handover goes without saying so.
create function check_handover_gone() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if not exists (select from undone_handover u
                 where u.card_id = old.card_id and u.person_id = old.person_id and u.at = old.at) then
    raise check_violation using message = 'a handover goes only by being undone', constraint = 'handover_goes_undone';
  end if;
  return null;
end $$;
create trigger handover_goes_undone after delete on handover for each row execute function check_handover_gone();

-- What somebody counted at a counter when a shift ended, beside what should have lain there. Which cards are missing or too
-- many is known where they were scanned. A count changes nothing and is never mended: it is made again.
create table shift_count (
  id bigint generated always as identity primary key,
  counter text not null,
  at timestamptz not null,
  counted_by text not null,
  expected int not null check (expected >= 0),
  counted int not null check (counted between 0 and 100000),
  missing bigint[],
  surplus bigint[],
  constraint shift_count_scanned check ((missing is null) = (surplus is null))
);
create index shift_counts_of_counter on shift_count (counter, at);

-- Live proofs of the app, so that each is shown once.
create table used_proof (
  nonce text primary key,
  person_id bigint not null references person,
  at timestamptz not null
);

-- ─── Card use: campus access of a card, as decided ────────────────────────────────────────────────────

-- A temporary card of a pool, lent at a desk to who stands there with a card that opens no door. Its campus access ends on
-- its last day by itself. One at a time a person and a card; a card that was lost is lent again once it is back.
create table card_loan (
  id bigint generated always as identity primary key,
  card_id bigint not null references card,
  person_id bigint not null references person,
  reason text not null check (reason in ('door-refuses', 'lost', 'forgotten', 'damaged')),
  evidence jsonb not null check (is_evidence(evidence)),
  lent_at timestamptz not null,
  lent_by text not null references staff,
  counter text not null,
  last_day date not null,
  lost_at timestamptz check (lost_at >= lent_at),
  lost_by text,
  returned_at timestamptz check (returned_at >= lent_at),
  returned_by text,
  returned_to text,                       -- the counter
  unique (id, card_id, person_id),
  check ((lost_at is null) = (lost_by is null)),
  check (num_nonnulls(returned_at, returned_by, returned_to) in (0, 3))
);
create unique index one_loan_a_card on card_loan (card_id) where returned_at is null;
create unique index one_loan_a_person on card_loan (person_id) where returned_at is null and lost_at is null;
create index loans_of_person on card_loan (person_id, id);

-- One live card a person and kind, and one person a card. Handed over, or lent, before used: the foreign keys.
-- The interval is the decision, immediate and final; the doors follow with the next window.
create table card_use (
  card_id bigint not null,
  person_id bigint not null,
  kind text not null default 'student' check (kind in ('student', 'temporary')),
  during tstzrange not null check (not isempty(during)),
  loan_id bigint unique,                  -- of a temporary card
  handed_to bigint generated always as (case kind when 'student' then person_id end) stored,
  constraint card_use_handed_over foreign key (card_id, handed_to) references handover (card_id, person_id),
  constraint card_use_lent foreign key (loan_id, card_id, person_id) references card_loan (id, card_id, person_id),
  constraint card_use_lent_or_handed_over check ((kind = 'temporary') = (loan_id is not null)),
  check (kind = 'student' or not upper_inf(during)),
  exclude using gist (person_id with =, kind with =, during with &&),
  exclude using gist (card_id with =, during with &&)
);
create index card_use_of_card on card_use (card_id);
create index card_use_of_person on card_use (person_id);

-- ─── Loss ─────────────────────────────────────────────────────────────────────────────────────────────

-- Campus access of a card paused by its holder, or for them at a desk: no door opens to it meanwhile. The doors are told
-- of both at once; whose card it is and how long its campus access goes on stay as they are.
create table access_pause (
  id bigint generated always as identity primary key,
  card_id bigint not null,
  person_id bigint not null,
  during tstzrange not null check (not isempty(during) and not lower_inf(during)),
  paused_by text not null,
  resumed_by text,
  check (upper_inf(during) = (resumed_by is null)),
  foreign key (card_id, person_id) references handover (card_id, person_id),
  exclude using gist (card_id with =, during with &&)
);
create index access_pause_of_person on access_pause (person_id);

-- What goes to the issuer of the stored value, and what it answers: a file each, kept as it was until it is forgotten.
create table issuer_file (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('loss', 'refund')),
  made_at timestamptz not null,
  made_by text not null,
  content text not null check (length(content) <= 20000000),   -- emptied where it says where a refund goes, on its day
  answered_at timestamptz check (answered_at >= made_at),
  answered_by text,
  answer text check (length(answer) <= 20000000),
  check (num_nonnulls(answered_at, answered_by, answer) in (0, 3))
);

-- A card is missing. Its campus access and custody end at once; its stored value is locked by the issuer once the report
-- has reached it, and for good. A report is taken back while it has not been sent; a card found after that gets back its
-- campus access alone.
create table loss_report (
  id bigint generated always as identity primary key,
  card_id bigint not null references card,
  person_id bigint not null references person,
  at timestamptz not null,
  reported_by text not null,
  had_access boolean not null default false,   -- whether campus access ended by it, to be given back with the card
  put_off_to timestamptz check (put_off_to > at and put_off_to <= send_at),   -- for when the holder put it off
  send_at timestamptz not null check (send_at >= at),
  sent_at timestamptz check (sent_at >= send_at),
  file_id bigint references issuer_file,
  received_at timestamptz check (received_at >= sent_at),   -- as the issuer's answer says
  refused_because text check (length(refused_because) between 1 and 200),   -- or why the issuer did not take it
  ended_at timestamptz check (ended_at >= at),
  ended_by text,
  ended_as text check (ended_as in ('withdrawn', 'found')),
  check (num_nonnulls(ended_at, ended_by, ended_as) in (0, 3)),
  check (ended_as is null or (ended_as = 'withdrawn') = (sent_at is null)),
  check (file_id is null or sent_at is not null),
  constraint loss_answered_once check (num_nonnulls(received_at, refused_because) <= (sent_at is not null)::int)
);
create unique index one_loss_a_card on loss_report (card_id) where ended_at is null;
create index loss_of_card on loss_report (card_id);
create index loss_to_send on loss_report (send_at) where sent_at is null and ended_at is null;

-- The cards that are missing now.
create view card_lost with (security_invoker = true) as
  select card_id, person_id, at, reported_by, send_at, sent_at, received_at from loss_report where ended_at is null;

-- ─── Activation ───────────────────────────────────────────────────────────────────────────────────────

create table activation (
  card_id bigint primary key,
  person_id bigint not null,
  at timestamptz not null,
  replaces bigint references card,        -- the old card whose campus access this ends
  carried_by timestamptz not null,        -- start of the window that carries it; or the moment, when at once
  at_once boolean not null,               -- the last night: the old card would end before that window is done
  old_until timestamptz,                  -- the promise as it was given
  new_from timestamptz not null,
  foreign key (card_id, person_id) references handover (card_id, person_id)
);

-- ─── Extras: what stays on the old card ───────────────────────────────────────────────────────────────

-- What a person says of one of the programme's items that do not move: done, not theirs, or until when their pass runs.
-- A mark is taken back by its end; the date itself is then gone.
create table extra_mark (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  item text not null check (length(item) between 1 and 63),
  mark text not null check (mark in ('done', 'not-mine', 'runs-until')),
  runs_until date,
  at timestamptz not null,
  taken_back_at timestamptz check (taken_back_at >= at),
  check ((mark = 'runs-until' and taken_back_at is null) = (runs_until is not null))
);
create unique index one_mark_an_item on extra_mark (person_id, item, (mark = 'runs-until')) where taken_back_at is null;

-- ─── Access: which card should open which door ────────────────────────────────────────────────────────

create table controller (
  id bigint primary key check (id between 1 and 4294967295),  -- its serial number
  host text,                              -- null for a make that is handed files
  port int check (port between 1 and 65535),
  capacity int not null check (capacity > 0),
  number_format text not null,            -- how its readers send a chip number
  building_zh text not null,
  building_en text not null,
  driver text not null default 'uhppote' constraint controller_make check (driver in ('uhppote', 'file')),
  settings jsonb,                         -- how the other system's files look, in place of an address
  -- By which serial number the board answers that stands there now; null: the first one, whose number is the id.
  board bigint constraint controller_board_serial check (board between 1 and 4294967295 and board <> id),
  constraint controller_reached check (
    case driver when 'file' then host is null and port is null and settings is not null
                else host is not null and port is not null and settings is null end),
  constraint controller_folder check (settings is null or coalesce(settings ->> 'folder' ~ '^[a-z0-9][a-z0-9-]{0,39}$', false)),
  unique (host, port) deferrable          -- the demo's doors all move to other ports at once
);

create unique index one_controller_a_board on controller ((coalesce(board, id)));
create unique index one_folder_a_controller on controller ((settings ->> 'folder'));

create table door (
  id text primary key,
  controller_id bigint not null references controller,
  number smallint not null check (number between 1 and 4),
  name_zh text not null,
  name_en text not null,
  unique (controller_id, number)
);

-- Access groups open doors to everyone enrolled, to a faculty, or to a hall.
create table access_group (
  id text primary key,
  members text not null check (members in ('campus', 'faculty', 'hall')),
  member_key text,                        -- which faculty or hall
  name_zh text not null,
  name_en text not null,
  check ((members = 'campus') = (member_key is null))
);

create table access_group_door (
  group_id text not null references access_group,
  door_id text not null references door,
  primary key (group_id, door_id)
);
create index groups_of_door on access_group_door (door_id);

-- Individual access hangs on the card (the notice's point 10); its owner grants it again for a new card.
create table individual_grant (
  id bigint generated always as identity primary key,
  card_id bigint not null references card,
  door_id text not null references door,
  owner_zh text not null,
  owner_en text not null,
  granted_at timestamptz not null,
  ended_at timestamptz check (ended_at >= granted_at)
);
create unique index one_grant_a_card_and_door on individual_grant (card_id, door_id) where ended_at is null;
create index grants_of_door on individual_grant (door_id, id);

-- A person's card changed: what the owner of a door that was granted to the card before is asked to do, once for each
-- grant and card. Whether it is still to be done is what the rows say: the grant has not ended, the new card is in use.
create table door_task (
  id bigint generated always as identity primary key,
  grant_id bigint not null references individual_grant,
  card_id bigint not null,                -- the new card
  person_id bigint not null,
  made_at timestamptz not null,
  done_at timestamptz check (done_at >= made_at),
  done_by text,
  declined_at timestamptz check (declined_at >= made_at),
  declined_by text,
  reason text check (length(reason) between 1 and 200),
  unique (grant_id, card_id),
  foreign key (card_id, person_id) references handover (card_id, person_id),
  check ((done_at is null) = (done_by is null)),
  check (num_nonnulls(declined_at, declined_by, reason) in (0, 3)),
  check (done_at is null or declined_at is null)
);
create index door_tasks_of_person on door_task (person_id);
create index door_tasks_to_do on door_task (id) where done_at is null and declined_at is null;

-- The tables that lanes write by the thousand refer to controllers, people and cards, which stay (see below): so a
-- statement's references are looked up together. A foreign key would look up each row by itself, for as much as all else
-- that the row costs, and lock the one row of the controller that everybody's rows point at.
create function look_up_controllers() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if exists (select from (select distinct controller_id from told) t
             where not exists (select from controller c where c.id = t.controller_id)) then
    raise foreign_key_violation using message = format('%I refers to a controller that there is not', tg_table_name), constraint = tg_name;
  end if;
  return null;
end $$;

create function look_up_wanted() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if exists (select from (select distinct controller_id from told) t
             where not exists (select from controller c where c.id = t.controller_id))
     or exists (select from (select distinct person_id from told) t
                where not exists (select from person p where p.id = t.person_id))
     or exists (select from (select distinct card_id from told) t
                where not exists (select from card c where c.id = t.card_id)) then
    raise foreign_key_violation using message = 'wanted refers to a controller, a person or a card that there is not',
      constraint = tg_name;
  end if;
  return null;
end $$;

create function refuse_to_go() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if tg_op = 'DELETE' and tg_table_name = 'controller' then
    -- Rare, and nobody is writing such rows meanwhile: who comes later finds no controller.
    lock table wanted, held, sent in share mode;
    if not exists (select from wanted where controller_id = old.id)
       and not exists (select from held where controller_id = old.id)
       and not exists (select from sent where controller_id = old.id) then
      return old;
    end if;
  end if;
  raise exception 'a % stays, under its id: what is wanted of doors and was sent to them refers to it', tg_table_name
    using errcode = 'foreign_key_violation', constraint = tg_name;
end $$;
create trigger controller_stays before delete on controller for each row execute function refuse_to_go();
create trigger controller_keeps_its_id before update of id on controller
  for each row when (old.id <> new.id) execute function refuse_to_go();
create trigger person_stays before delete on person for each row execute function refuse_to_go();
create trigger card_stays before delete on card for each row execute function refuse_to_go();

-- What a controller should hold for a number from the moment carried_by on: the newest row that is due counts.
-- Due is a row at once, or one whose window has been frozen. A row is never changed after its window's start,
-- because an act at or after that start writes a later carried_by.
create table wanted (
  controller_id bigint not null,
  number bigint not null check (number > 0),
  carried_by timestamptz not null,
  at_once boolean not null default false,
  urgent boolean not null default false,  -- lost or barred: before everything else, and it beats make-before-break
  person_id bigint not null,
  card_id bigint not null,
  doors smallint[] not null,              -- four flags; {0,0,0,0}: the number must be absent
  valid_from date not null,
  valid_to date not null,                 -- last day, sent to the controller: ends the card without us
  decided_at timestamptz not null,
  because text[] not null default '{}',   -- what opens which doors, when it was decided: 'group:library 12', 'grant:7 3'
  guarded_by bigint,                      -- an update_guard: it would take access from many, and waits for a second person
  primary key (controller_id, number, carried_by),
  check (array_length(doors, 1) = 4),
  check (doors <> '{0,0,0,0}' or because = '{}'),
  check (not at_once or carried_by = decided_at),
  check (guarded_by is null or not (at_once or urgent))
);
create index wanted_guarded on wanted (guarded_by) where guarded_by is not null;
create index wanted_of_person on wanted (person_id, controller_id);
create index wanted_by_window on wanted (carried_by);
create trigger wanted_of_somebody after insert on wanted
  referencing new table as told for each statement execute function look_up_wanted();
create trigger wanted_still_of_somebody after update on wanted
  referencing new table as told for each statement execute function look_up_wanted();

-- What of it is still to be carried out, told to the lanes: a row goes when the controller confirmed it, or a newer row
-- took its place. What waits for a second person is not here. A table of its own, because a row that goes costs nothing
-- but itself, where a row that changes enters every index of its table anew.
create table wanted_open (
  controller_id bigint not null,
  number bigint not null,
  carried_by timestamptz not null,
  at_once boolean not null,
  urgent boolean not null,
  removes boolean not null,               -- the number must be absent
  person_id bigint not null,
  primary key (controller_id, number, carried_by),
  foreign key (controller_id, number, carried_by) references wanted on delete cascade on update cascade
);
create index wanted_open_by_window on wanted_open (controller_id, carried_by);

-- People whose doors are still to be worked out after something that concerned many at once: some people an act, right
-- after it. since: the moment of what concerned them; the window after it waits for them. A row goes when that is done.
create table put_off (
  person_id bigint primary key references person,
  since timestamptz not null,
  cause text not null check (cause <> ''),  -- what the journal says of those whose doors change
  facts jsonb not null default '{}'
);
create index put_off_in_order on put_off (since, person_id);

-- Each day, after its first update has begun: what is wanted of people compared with what is worked out from nothing.
create table doors_check (
  on_date date primary key,
  began_at timestamptz not null,
  people int not null default 0,
  differed int not null default 0,        -- people of whom something differed; put right, and in the journal
  numbers int not null default 0,         -- card numbers on controllers that differed
  last_person_id bigint not null default 0,  -- where it goes on, also the next day; 0: with the first person
  ended_at timestamptz check (ended_at >= began_at),
  check (differed between 0 and people and numbers >= differed)
);

-- Of whom something differed in a day's check, and where.
create table doors_check_person (
  on_date date not null references doors_check on delete cascade,
  person_id bigint not null references person,
  numbers int not null check (numbers > 0),
  controllers bigint[] not null check (cardinality(controllers) > 0),
  primary key (on_date, person_id)
);

-- What a controller confirmed that it holds: our ledger of its memory, for numbers that we own.
create table held (
  controller_id bigint not null,
  number bigint not null,
  doors smallint[] not null,              -- {0,0,0,0}: confirmed absent
  valid_from date not null,
  valid_to date not null,
  confirmed_at timestamptz not null,      -- switched: the reply named this very request, or a read-back did
  verified_at timestamptz,                -- read back after the quiet time
  verify_after timestamptz,               -- raw clock; null when nothing waits for a verifying pass
  primary key (controller_id, number)
);
create trigger held_by_controllers after insert on held
  referencing new table as told for each statement execute function look_up_controllers();
-- What must be absent is looked for again every day, the longest unseen first.
create index must_be_absent on held (coalesce(verified_at, confirmed_at)) where doors = '{0,0,0,0}' and verify_after is null;
create index held_to_verify on held (controller_id, verify_after) where verify_after is not null;

-- How many cards each controller confirmed that it holds: kept by the triggers, so that a thousand controllers are asked
-- for their count without reading a million rows.
create table held_count (
  controller_id bigint primary key references controller,
  cards int not null check (cards >= 0)
);

create function count_held() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    insert into held_count as c (controller_id, cards)
    select controller_id, count(*) filter (where doors <> '{0,0,0,0}') from told group by controller_id order by controller_id
    on conflict (controller_id) do update set cards = c.cards + excluded.cards;
  elsif tg_op = 'UPDATE' then
    update held_count c set cards = c.cards + n.more from (
      select controller_id, sum(card) as more from (
        select controller_id, 1 as card from told where doors <> '{0,0,0,0}'
        union all select controller_id, -1 from gone where doors <> '{0,0,0,0}') changed
      group by controller_id having sum(card) <> 0) n
    where c.controller_id = n.controller_id;
  elsif tg_op = 'TRUNCATE' then
    update held_count set cards = 0;
  else
    update held_count c set cards = c.cards - n.less from (
      select controller_id, count(*) as less from gone where doors <> '{0,0,0,0}' group by controller_id) n
    where c.controller_id = n.controller_id;
  end if;
  return null;
end $$;
create trigger held_more after insert on held
  referencing new table as told for each statement execute function count_held();
create trigger held_otherwise after update on held
  referencing old table as gone new table as told for each statement execute function count_held();
create trigger held_less after delete on held
  referencing old table as gone for each statement execute function count_held();
create trigger held_none after truncate on held for each statement execute function count_held();

-- ─── Update: windows and lanes ────────────────────────────────────────────────────────────────────────

-- One row a window for ever: its key is the campus, the local date and the wall time.
create table update_window (
  campus text not null,
  on_date date not null,
  at_time time not null,
  starts_at timestamptz not null unique,
  frozen_at timestamptz,
  finished_at timestamptz,
  covered_by timestamptz references update_window (starts_at),   -- missed: a later window did its work
  ends_by timestamptz check (ends_by > starts_at),               -- what is left then is told to the staff
  extra boolean not null default false,   -- let go by somebody, outside of the timetable
  primary key (campus, on_date, at_time),
  check (covered_by is null or covered_by > starts_at)
);

-- What a window owes one controller, and how that went.
create table window_lane (
  starts_at timestamptz not null references update_window (starts_at),
  controller_id bigint not null references controller,
  owed int not null,                      -- numbers due when the window froze
  done int not null default 0,
  failed int not null default 0,
  began_at timestamptz,
  finished_at timestamptz,
  outcome text check (outcome in ('done', 'partly', 'unreachable', 'held', 'late')),
  primary key (starts_at, controller_id),
  check ((finished_at is null) = (outcome is null))
);

-- A window would have taken access from more people than the programme's guard lets pass: those rows of wanted, and no
-- others, wait for a second person, who lets them go or refuses.
create table update_guard (
  id bigint generated always as identity primary key,
  starts_at timestamptz not null unique references update_window (starts_at),
  made_at timestamptz not null,
  limits jsonb not null,                  -- where there were too many: controller (null: the campus), people, of, most
  people int not null check (people > 0),
  caused_by text[] not null,              -- whose acts; empty where a date caused it
  causes text[] not null,                 -- which acts, as the journal calls them
  answer text check (answer in ('let-go', 'refused')),
  answered_at timestamptz check (answered_at >= made_at),
  answered_by text check (is_another(answered_by, caused_by)),
  reason text check (length(reason) between 1 and 500),
  check (num_nulls(answer, answered_at, answered_by, reason) in (0, 4))
);
alter table wanted add foreign key (guarded_by) references update_guard;

-- A second person looked at a dry run and let exactly these people lose access in that window.
create table guard_approval (
  id bigint generated always as identity primary key,
  starts_at timestamptz not null check (starts_at > approved_at),
  seal text not null check (seal ~ '^[0-9a-f]{64}$'),
  caused_by text[] not null,
  approved_at timestamptz not null,
  approved_by text not null check (is_another(approved_by, caused_by)),
  reason text not null check (length(reason) between 1 and 500)
);
create index approvals_of_window on guard_approval (starts_at);
create table approved_loss (
  approval_id bigint not null references guard_approval,
  controller_id bigint not null references controller,
  people bigint[] not null,
  primary key (approval_id, controller_id)
);

-- Ordinary changes of a controller, or of all (null), wait from then until somebody lifts it. What is at once goes on.
create table update_hold (
  id bigint generated always as identity primary key,
  controller_id bigint references controller,
  held_at timestamptz not null,
  held_by text not null,
  reason text not null check (length(reason) between 1 and 500),
  lifted_at timestamptz check (lifted_at >= held_at),
  lifted_by text,
  check ((lifted_at is null) = (lifted_by is null))
);
create unique index one_hold_a_controller on update_hold (controller_id) nulls not distinct where lifted_at is null;

-- Where the database was when it was last looked at. Another server, or another line of its history, is one that may have
-- been brought back from an older copy.
create table database_home (
  only_one boolean primary key default true check (only_one),
  own_id text not null default gen_random_uuid()::text,   -- the database's own, also of each copy of it
  server text not null,                   -- the system identifier of its cluster
  timeline int not null check (timeline > 0),
  since timestamptz not null
);

-- The database was brought back from an older copy. Nothing at all is sent to a controller, also nothing at once, before
-- its list was read and a person let it go.
create table restored_controller (
  controller_id bigint not null references controller,
  noticed_at timestamptz not null,
  noticed_by text not null,
  sign text not null check (sign in ('said', 'other-server', 'other-timeline', 'journal-behind')),
  released_at timestamptz check (released_at >= noticed_at),
  released_by text,
  reason text check (length(reason) between 1 and 500),
  primary key (controller_id, noticed_at),
  check (num_nulls(released_at, released_by, reason) in (0, 3))
);
create unique index one_restore_at_a_time on restored_controller (controller_id) where released_at is null;

-- Somebody lets what the next window would give go now; taken when a window took it on: an extra one of its own, or a
-- regular one that began meanwhile.
create table run_now (
  id bigint generated always as identity primary key,
  controllers bigint[],                   -- null: all
  asked_at timestamptz not null,
  asked_by text not null,
  reason text not null check (length(reason) between 1 and 500),
  taken_by timestamptz references update_window (starts_at)
);
create unique index one_run_now_at_a_time on run_now ((true)) where taken_by is null;

-- What the staff must know, until somebody says that they do.
create table staff_notice (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('guard-waits', 'window-incomplete', 'window-late', 'window-missed')),
  starts_at timestamptz not null references update_window (starts_at),
  made_at timestamptz not null,
  facts jsonb not null,
  acknowledged_at timestamptz check (acknowledged_at >= made_at),
  acknowledged_by text,
  unique (kind, starts_at),
  check ((acknowledged_at is null) = (acknowledged_by is null))
);

-- One lane a controller, leased to one process at a time. All times are of the raw clock.
create table lane (
  controller_id bigint primary key references controller,
  epoch bigint not null default 0,
  owner text,
  lease_until timestamptz,
  rest_until timestamptz,                 -- one that cannot go on is left alone for a while
  rests int not null default 0,           -- how often in a row; each time for longer
  rests_since timestamptz,                -- campus time; what is decided at once after it does not wait for the rest
  silent_since timestamptz                -- campus time
);

-- Every answer of a controller to a change: per card and controller truth, and the count of a run.
create table sent (
  id bigint generated always as identity,
  controller_id bigint not null,
  number bigint not null,
  deed text not null check (deed in ('put', 'remove', 'read')),
  answer text not null check (answer in ('applied', 'already', 'rejected', 'full', 'unconfirmed', 'unreachable', 'different', 'taken')),
  starts_at timestamptz,                  -- the window it was done for; null outside of windows
  at timestamptz not null,
  doors smallint[],                       -- what the controller holds since, where it confirmed that or was read;
  valid_from date,                        -- {0,0,0,0}: nothing. So the newest such row of a number before a moment
  valid_to date,                          -- says what the controller held then
  primary key (controller_id, id),
  check (num_nonnulls(doors, valid_from, valid_to) in (0, 3))
);
create trigger sent_to_controllers after insert on sent
  referencing new table as told for each statement execute function look_up_controllers();
create index sent_in_order on sent (id);
create index held_history on sent (controller_id, number, at desc) where doors is not null;
create index refused_history on sent (controller_id, number, id) where doors is null;
create index removals_of_controller on sent (controller_id, at) where deed = 'remove';

-- Who a controller's board said it is: when it was first met, or since a person said that another one took its place.
create table known_board (
  controller_id bigint primary key references controller,
  mac text not null check (mac ~ '^([0-9a-f]{2}:){5}[0-9a-f]{2}$'),
  firmware text not null,
  made_on date,                           -- the day that its firmware is of; null where it says none
  known_since timestamptz not null,
  known_by text,                          -- who said that it took the other's place; null: it was the first
  met_at timestamptz,                     -- when it last said so, and at which address; null: to be asked before
  met_address text,                       -- anything else
  reads_all boolean not null default false  -- another memory: all that the one before confirmed is read back first
);

-- Somebody else answered in place of a controller's board. While a stranger stands at its address nothing is sent there.
create table strange_board (
  id bigint generated always as identity primary key,
  controller_id bigint not null references controller,
  how text not null check (how in ('other-serial', 'other-board', 'elsewhere')),
  serial bigint not null check (serial between 0 and 4294967295),
  host text not null,                     -- from where it answered
  port int not null,
  mac text,
  firmware text,
  made_on date,
  first_at timestamptz not null,
  last_at timestamptz not null check (last_at >= first_at),
  ended_at timestamptz check (ended_at >= first_at),
  outcome text check (outcome in ('replaced', 'gone', 'looked-at')),
  ended_by text,
  check (num_nulls(ended_at, outcome) in (0, 2)),
  check ((how = 'elsewhere') = (mac is null) and (mac is null) = (firmware is null)),
  check ((outcome is not distinct from 'replaced' or outcome is not distinct from 'looked-at') = (ended_by is not null))
);
create unique index one_stranger_at_an_address on strange_board (controller_id) where ended_at is null and how <> 'elsewhere';
create unique index one_stranger_elsewhere on strange_board (controller_id, host, port) where ended_at is null and how = 'elsewhere';
create index strangers_of_controller on strange_board (controller_id, id);

-- When a controller last confirmed that its clock was set: by it it decides on which day a card ends. And how far it
-- was off when it was last read, before it was set.
create table controller_clock (
  controller_id bigint primary key references controller,
  set_at timestamptz,
  read_at timestamptz,
  drift_seconds bigint,                   -- fast where positive
  check (num_nonnulls(set_at, read_at) > 0),
  check ((read_at is null) = (drift_seconds is null))
);

-- Every such reading, so that a clock that drifts is seen before it is wrong by a day.
create table clock_reading (
  controller_id bigint not null references controller,
  read_at timestamptz not null,
  drift_seconds bigint not null,
  is_set boolean not null,                -- whether it confirmed its new time right after
  primary key (controller_id, read_at)
);
create index clock_readings_in_order on clock_reading (read_at);

-- What happened at the doors, as the controllers tell it: forged by anyone on their network, so no proof that somebody
-- was there. Each event once: by controller, epoch (how often its memory has begun anew) and index. A row with "lost"
-- stands for that many events from its index on, which were overwritten before they were read. By the month in which
-- they were stored, because a controller's clock may say anything.
create table tap (
  controller_id bigint not null references controller,
  epoch int not null check (epoch > 0),
  event_index bigint not null check (event_index > 0),
  stored_at timestamptz not null,
  lost bigint check (lost > 0),
  happened_at timestamp,                  -- the controller's own wall time; null where it made no sense
  type smallint,
  reason smallint,
  granted boolean,
  door smallint,                          -- 0 where it was at none
  direction smallint,
  number bigint check (number > 0),       -- what the reader sent; null where nothing was read
  check ((lost is null) = (type is not null)),
  check (num_nonnulls(type, reason, granted, door, direction) in (0, 5)),
  check (lost is null or num_nonnulls(happened_at, number) = 0),
  primary key (controller_id, epoch, event_index, stored_at)
) partition by range (stored_at);

-- Up to where a controller's events are stored. Whoever stores more moves it on in the same transaction, from where it
-- stood: so two processes that read the same events store them once.
create table controller_events (
  controller_id bigint primary key references controller,
  epoch int not null default 1 check (epoch > 0),
  last_index bigint not null default 0 check (last_index >= 0),
  last_event text,                        -- what the event of that index says; another one there is another memory
  asked_at timestamptz not null           -- when a process last set out to read
);

-- Makes the months that are missing from that of a moment on, three of them. Only the owner may make tables.
create function make_tap_months(moment timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  month timestamp := date_trunc('month', moment at time zone 'UTC');
  name text;
begin
  for ahead in 0..2 loop
    name := 'tap_' || to_char(month, 'YYYY_MM');
    if to_regclass(name) is null then
      perform pg_advisory_xact_lock(7270012);
      execute format('create table if not exists %I partition of tap for values from (%L) to (%L)',
        name, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    end if;
    month := month + interval '1 month';
  end loop;
end $$;
revoke all on function make_tap_months from public;
grant execute on function make_tap_months to gatehouse_doors;

-- Drops the months of events that had ended by a moment, whole, and says which. What is of the last four weeks stays,
-- whoever asks. Waits two seconds for who reads them; then nothing is dropped, and it may be asked again.
create function drop_tap_months(ended_by timestamptz) returns setof text
  language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '2s' as $$
declare
  name text;
begin
  if ended_by > campus_now() - interval '28 days' then
    raise exception 'events of the last four weeks are kept';
  end if;
  for name in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'tap'::regclass
      and (to_date(substr(c.relname, 5), 'YYYY_MM') + interval '1 month') at time zone 'UTC' <= ended_by
    order by c.relname
  loop
    execute format('drop table %I', name);
    return next name;
  end loop;
end $$;
revoke all on function drop_tap_months from public;
grant execute on function drop_tap_months to gatehouse_chores;

-- Each day: what is older than the programme says is forgotten, some rows at a time. Nothing is forgotten that a later
-- row has not taken the place of before the limit; so what is wanted and held stays, and what was at every moment since.
create table retention_run (
  on_date date primary key,
  began_at timestamptz not null,
  events_before timestamptz not null check (events_before < began_at),    -- months of events that had ended by then
  history_before timestamptz not null check (history_before < began_at),  -- what was superseded by then
  months text[] not null default '{}',    -- partitions of tap that were dropped
  wanted int not null default 0,          -- rows that were forgotten
  sent int not null default 0,
  others int not null default 0,
  wanted_up_to timestamptz not null default '0001-01-01 00:00+0',  -- how far it has come, also for the days after
  sent_up_to bigint not null default 0,
  ended_at timestamptz check (ended_at >= began_at)
);

-- Each day, and of each kind of thing that is kept of people: what was older than the programme says was forgotten, some rows
-- at a time (src/privacy/plans.ts). It says how much, and of nobody.
create table forgetting (
  on_date date not null,
  what text not null check (what ~ '^[a-z-]{1,40}$'),
  before timestamptz not null,            -- what was older than that
  gone int not null default 0 check (gone >= 0),
  began_at timestamptz not null,
  ended_at timestamptz check (ended_at >= began_at),
  primary key (on_date, what)
);

-- Many cards end on one day: each of two roles is told 60, 30 and 7 days before, and says that it has read it.
create table expiry_warning (
  last_day date not null,                 -- on which they open doors for the last time
  stage smallint not null check (stage in (60, 30, 7)),
  role text not null check (role in ('access', 'office')),
  raised_at timestamptz not null,
  cards int not null check (cards > 0),   -- as it was when it was raised
  live_cards int not null check (live_cards >= cards),
  people int not null,
  controllers int not null check (controllers >= 0),   -- of which more than a tenth ends on that day
  acknowledged_at timestamptz check (acknowledged_at >= raised_at),
  acknowledged_by text references staff,
  primary key (last_day, stage, role),
  check ((acknowledged_at is null) = (acknowledged_by is null))
);
create index expiry_warning_open on expiry_warning (role, last_day) where acknowledged_at is null;

-- An access keeper asks for a controller's whole card list; the lane's owner reads it place by place.
create table controller_survey (
  id bigint generated always as identity primary key,
  controller_id bigint not null references controller,
  asked_at timestamptz not null,
  asked_by text not null,
  began_at timestamptz,
  read_at timestamptz,                    -- when its newest places were read
  readings int not null default 0,        -- how often it began with the first place
  places_read int not null default 0,
  ended_at timestamptz,
  outcome text check (outcome in ('complete', 'silent', 'unreadable', 'repeating', 'endless', 'unsteady', 'fault')),
  wrong_place int,                        -- the first place that made no sense
  ours int,                               -- cards as wanted, and so on; only of a complete one
  different int,
  missing int,
  left_over int,
  others int,
  check ((ended_at is null) = (outcome is null)),
  check ((outcome is not distinct from 'complete') = (num_nonnulls(ours, different, missing, left_over, others) = 5))
);
create unique index one_survey_at_a_time on controller_survey (controller_id) where ended_at is null;
create index survey_of_controller on controller_survey (controller_id, id);

-- What a survey found: all cards while it reads; afterwards, of the newest complete one, those that are not ours or
-- not as they should be. A number, doors and days; whose card it is, a controller does not know.
create table survey_card (
  survey_id bigint not null,
  number bigint not null check (number > 0),
  place int not null check (place > 0),
  doors smallint[] not null check (array_length(doors, 1) = 4),  -- 0 never, 1 always, else a time profile
  valid_from date not null,
  valid_to date not null,
  with_pin boolean not null,
  standing text check (standing in ('ours', 'different', 'left-over', 'foreign')),
  ours boolean not null default false,    -- Gatehouse put it there, or has since
  taken_at timestamptz,                   -- a card of ours has the number, and was not put because of this one
  primary key (survey_id, number)
);
create function look_up_surveys() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if exists (select from (select distinct survey_id from told) t
             where not exists (select from controller_survey c where c.id = t.survey_id)) then
    raise foreign_key_violation using message = 'a card was found by a survey that there is not', constraint = tg_name;
  end if;
  return null;
end $$;
create trigger survey_card_of_a_survey after insert on survey_card
  referencing new table as told for each statement execute function look_up_surveys();
-- A survey that goes takes what it found with it.
create function forget_found() returns trigger language plpgsql security definer set search_path = public as $$
begin
  delete from survey_card where survey_id = old.id;
  return null;
end $$;
create trigger survey_takes_its_cards after delete on controller_survey for each row execute function forget_found();

-- A controller's content that a person adopted: these numbers are ours there until Gatehouse itself removes them.
create table adopted_number (
  controller_id bigint not null references controller,
  number bigint not null check (number > 0),
  doors smallint[] not null check (array_length(doors, 1) = 4),  -- as it stood there
  valid_from date not null,
  valid_to date not null,
  with_pin boolean not null,
  adopted_at timestamptz not null,
  adopted_by text not null,
  taken_up_at timestamptz,                -- since then the ledger has it
  primary key (controller_id, number)
);
create index adopted_to_take_up on adopted_number (controller_id) where taken_up_at is null;

-- ─── Reissue: a card issued anew, and its fee ─────────────────────────────────────────────────────────

-- A card is asked for in place of one that is lost, damaged, or bears a former name. Open until it is collected, or ends
-- otherwise; of one person one at a time. Nothing is made before nothing is due any more.
create table reissue (
  id bigint generated always as identity primary key,
  person_id bigint not null,
  for_card bigint not null,
  reason text not null check (reason in ('lost', 'damaged', 'name-changed')),
  edition text not null,
  fee_id text not null,                   -- the programme's fee of that day, and what it was
  fee_amount int not null check (fee_amount >= 0),
  applied_at timestamptz not null,
  applied_by text not null,
  lapses_at timestamptz not null check (lapses_at > applied_at),
  settled_at timestamptz check (settled_at >= applied_at),
  settled_as text check (settled_as in ('free', 'paid', 'waived')),
  card_id bigint unique references card check (card_id <> for_card),   -- the card that was made
  produced_at timestamptz,
  ended_at timestamptz check (ended_at >= applied_at),
  ended_by text,
  ended_as text check (ended_as in ('collected', 'lapsed', 'withdrawn', 'found-again', 'left')),
  foreign key (for_card, person_id) references handover (card_id, person_id),
  check (num_nonnulls(settled_at, settled_as) in (0, 2)),
  check (num_nonnulls(card_id, produced_at) in (0, 2)),
  check (num_nonnulls(ended_at, ended_by, ended_as) in (0, 3)),
  constraint nothing_made_unsettled check (card_id is null or settled_at is not null),
  constraint settled_stays check (ended_as not in ('lapsed', 'withdrawn') or settled_at is null),
  constraint collected_was_made check (ended_as <> 'collected' or card_id is not null),
  constraint found_before_made check (ended_as <> 'found-again' or (card_id is null and reason = 'lost'))
);
create unique index one_open_reissue_a_person on reissue (person_id) where ended_at is null;
create index reissue_of_card on reissue (for_card);
create index reissue_unpaid on reissue (lapses_at) where settled_at is null and ended_at is null;
create index reissue_to_make on reissue (settled_at) where card_id is null and ended_at is null;

-- The holder says that the fee is not due; somebody of the office decides, never who said it.
create table fee_dispute (
  reissue_id bigint primary key references reissue,
  at timestamptz not null,
  by text not null,
  said text not null check (length(said) between 1 and 1000),
  decided_at timestamptz check (decided_at >= at),
  decided_by text check (who_acted(decided_by) <> who_acted(by)),
  granted boolean,
  reason text check (length(reason) between 1 and 500),
  check (num_nonnulls(decided_at, decided_by, granted, reason) in (0, 4))
);

-- On which of the programme's days after the application somebody was reminded.
create table reissue_reminder (
  reissue_id bigint not null references reissue,
  after_days int not null check (after_days > 0),
  at timestamptz not null,
  primary key (reissue_id, after_days)
);

-- A payment begun online: its id is all that the provider is told of whose it is.
create table payment_try (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{22}$'),
  reissue_id bigint not null references reissue,
  amount int not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  started_at timestamptz not null,
  answered_at timestamptz,
  answer text check (answer in ('paid', 'cancelled', 'other-amount', 'other-currency')),
  check (num_nonnulls(answered_at, answer) in (0, 2))
);
create index payment_try_of_reissue on payment_try (reissue_id);

-- What a kiosk says that somebody paid there. Its number is on the paper that the payer holds.
create table kiosk_receipt (
  number text primary key check (number ~ '^[A-Z0-9]{6,32}$'),
  kiosk text not null,
  amount int not null check (amount > 0),
  student_number text check (length(student_number) <= 40),   -- as it was typed at the kiosk
  paid_at timestamptz not null,
  arrived_at timestamptz not null
);
create index kiosk_receipt_of_student on kiosk_receipt (student_number);

-- Receipt numbers as holders type them: those that the kiosk has not told of yet wait; and so many tries a person.
create table typed_receipt (
  id bigint generated always as identity primary key,
  reissue_id bigint not null references reissue,
  person_id bigint not null references person,
  number text not null check (number ~ '^[A-Z0-9]{6,32}$'),
  at timestamptz not null,
  outcome text not null check (outcome in ('paid', 'waits', 'replaced', 'used', 'other-amount', 'of-somebody-else'))
);
create index typed_receipt_of_person on typed_receipt (person_id, at);
create unique index one_waiting_receipt_a_reissue on typed_receipt (reissue_id) where outcome = 'waits';
create index typed_receipt_waiting on typed_receipt (number) where outcome = 'waits';

-- Money that is more than one person pays back alone (the programme's `repayments`) waits for a second person: nothing is paid,
-- and nothing of it stands on the ledger, before somebody else has let it go.
create table repayment_question (
  id bigint generated always as identity primary key,
  reissue_id bigint references reissue,
  receipt text references kiosk_receipt,  -- kiosk money of nobody
  amount int not null check (amount > 0),
  already int not null check (already >= 0),   -- what they had paid back alone that day: to the same person, or in all
  most int not null check (most < amount + already),   -- so much one person pays back alone
  reason text not null check (length(reason) between 1 and 500),
  asked_at timestamptz not null,
  asked_by text not null,
  last_day date not null,                 -- of the campus's calendar; then it ends by itself
  answer text check (answer in ('let-go', 'declined', 'taken-back', 'lapsed')),
  answered_at timestamptz check (answered_at >= asked_at),
  answered_by text,
  answer_reason text check (length(answer_reason) between 1 and 500),
  check (num_nonnulls(reissue_id, receipt) = 1),
  check (num_nulls(answer, answered_at, answered_by) in (0, 3)),
  constraint repayment_declined_with_reason check ((answer is not distinct from 'declined') = (answer_reason is not null)),
  constraint another_one_pays_back
    check (answer is null or answer not in ('let-go', 'declined') or is_another(answered_by, array[asked_by])),
  constraint who_asked_takes_back check (answer is distinct from 'taken-back' or not is_another(answered_by, array[asked_by]))
);
create unique index one_open_repayment_a_reissue on repayment_question (reissue_id) where answer is null;
create unique index one_open_repayment_a_receipt on repayment_question (receipt) where answer is null;
create function refuse_second_answer() returns trigger language plpgsql as $$
begin
  raise exception 'a question is answered once';
end $$;
create trigger repayment_answered_once before update on repayment_question
  for each row when (old.answer is not null) execute function refuse_second_answer();

-- The ledger of fees: double-entry, only ever added to. Whole minor units of the campus's currency.
create table fee_move (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  by text not null,
  kind text not null check (kind in ('charged', 'charge-cancelled', 'waived', 'arrived', 'paid', 'owed-back', 'paid-back')),
  reissue_id bigint references reissue,
  receipt text references kiosk_receipt,
  payment_try text references payment_try,
  question_id bigint unique references repayment_question,   -- what a second person let go
  counter text,                           -- where who took it sits; null: at none, or nobody took it
  reason text check (length(reason) between 1 and 500),
  check (reissue_id is not null or receipt is not null),
  check (kind <> 'waived' or reason is not null),
  -- A receipt is paid back for itself, and why is said; what is owed of an application is another matter.
  constraint receipt_paid_back_with_reason
    check (kind <> 'paid-back' or receipt is null or (reissue_id is null and reason is not null))
);
create index fee_move_of_reissue on fee_move (reissue_id);
create unique index one_charge_a_reissue on fee_move (reissue_id) where kind = 'charged';
create unique index one_arrival_a_receipt on fee_move (receipt) where kind = 'arrived';
create unique index a_receipt_pays_once on fee_move (receipt) where kind in ('paid', 'paid-back');
create unique index a_try_pays_once on fee_move (payment_try) where kind = 'paid';

-- due: what holders owe. fees, waived: what was asked, and let go. online, kiosk, counter: money that came in.
-- unmatched: kiosk money of nobody yet. owed-back, paid-back: money that is not ours, and that went out.
create table fee_entry (
  move_id bigint not null references fee_move,
  account text not null check (account in
    ('due', 'fees', 'waived', 'online', 'kiosk', 'counter', 'unmatched', 'owed-back', 'paid-back')),
  amount int not null check (amount <> 0),
  primary key (move_id, account)
);
create index fee_entry_paid_back on fee_entry (move_id) where account = 'paid-back';

create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger of fees is only ever added to';
end $$;
create trigger fee_move_is_append_only before update or delete or truncate on fee_move
  for each statement execute function refuse_ledger_change();
create trigger fee_entry_is_append_only before update or delete or truncate on fee_entry
  for each statement execute function refuse_ledger_change();

-- What a cashier counted of a counter's takings of a day: once, and again only after another payment of that day.
create table cashier_count (
  day date not null,                      -- of the campus's calendar
  counter text not null,                  -- empty: taken by who sits at none
  payments int not null check (payments > 0),
  expected int not null check (expected > 0),   -- what the ledger of fees said then
  counted int not null check (counted >= 0),
  note text check (length(note) between 1 and 500),
  at timestamptz not null,
  by text not null,
  primary key (day, counter, payments),
  constraint difference_has_a_note check (counted = expected or note is not null)
);
create function refuse_count_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was counted stays as it was counted';
end $$;
create trigger cashier_count_is_append_only before update or delete or truncate on cashier_count
  for each statement execute function refuse_count_change();

-- What a reissue's moves come to. Nobody owes less than nothing; what is owed or paid back is no more than was paid; and
-- it is settled exactly when nothing is due, or has ended.
create function check_fee_of(id bigint) returns void language plpgsql security definer set search_path = public as $$
declare
  due bigint; owed bigint; back bigint; paid bigint; r reissue;
begin
  select coalesce(sum(amount) filter (where account = 'due'), 0), -coalesce(sum(amount) filter (where account = 'owed-back'), 0),
         -coalesce(sum(amount) filter (where account = 'paid-back'), 0),
         coalesce(sum(amount) filter (where account in ('online', 'counter', 'unmatched')), 0)
  into due, owed, back, paid
  from fee_move m join fee_entry e on e.move_id = m.id where m.reissue_id = check_fee_of.id;
  if due < 0 or owed < 0 or back < 0 or owed + back > paid then
    raise check_violation using message = 'more would be paid back than was paid', constraint = 'paid_back_at_most_paid';
  end if;
  select * into r from reissue where reissue.id = check_fee_of.id;
  if (due = 0) <> (r.settled_at is not null or r.ended_at is not null) then
    raise check_violation using message = 'settled is what nothing is due of', constraint = 'settled_as_the_ledger_says';
  end if;
end $$;

-- Who is paid back: whose application it is, or whose student number the receipt bears; null: nobody who is known.
create function payee_of(of_reissue bigint, of_receipt text) returns bigint language sql stable parallel safe
  return coalesce((select person_id from reissue where id = of_reissue),
    (select p.id from kiosk_receipt k join person p on p.student_number = k.student_number where k.number = of_receipt));

-- Whether one of the staff would pay themselves back.
create function pays_themselves(actor text, of_reissue bigint, of_receipt text) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select from staff where id = who_acted(actor) and person_id = payee_of(of_reissue, of_receipt));
end $$;

-- What one of the staff, in whatever role, has paid back without a second person on the campus's day of a moment: to whom this
-- one would be paid (who is nobody known counts as one), and to everybody.
create function paid_back_alone(actor text, of_reissue bigint, of_receipt text, moment timestamptz)
  returns table (to_one int, in_all int)
  language plpgsql stable security definer set search_path = public, pg_temp rows 1 as $$
declare
  zone constant text := coalesce((select document #>> '{campus,zone}' from programme_version order by version desc limit 1), 'UTC');
  begins constant timestamptz := date_trunc('day', moment at time zone zone) at time zone zone;
  ends constant timestamptz := (date_trunc('day', moment at time zone zone) + interval '1 day') at time zone zone;
  payee constant bigint := payee_of(of_reissue, of_receipt);
begin
  return query
    select coalesce(-sum(e.amount) filter (where payee_of(m.reissue_id, m.receipt) is not distinct from payee), 0)::int,
           coalesce(-sum(e.amount), 0)::int
    from fee_entry e join fee_move m on m.id = e.move_id
    where e.account = 'paid-back' and e.amount < 0 and m.question_id is null and who_acted(m.by) = who_acted(actor)
      and m.at >= begins and m.at < ends;
end $$;

-- What is paid back: never to oneself; what a second person let go, as it was asked; else no more than one person may alone. Two
-- payments of the same person wait for each other, so that no two are each below the limit.
create function check_paid_back(m fee_move) returns void language plpgsql security definer set search_path = public as $$
declare
  q repayment_question; limits jsonb; alone record;
begin
  select * into q from repayment_question where id = m.question_id;
  if pays_themselves(m."by", m.reissue_id, m.receipt) or pays_themselves(q.asked_by, m.reissue_id, m.receipt) then
    raise check_violation using message = 'nobody pays themselves back', constraint = 'nobody_pays_themselves_back';
  end if;
  if m.question_id is not null then
    if (q.answer, q.answered_by, coalesce(q.receipt, q.reissue_id::text), -q.amount) is distinct from
       ('let-go', m."by", coalesce(m.receipt, m.reissue_id::text),
        (select amount from fee_entry where move_id = m.id and account = 'paid-back')) then
      raise check_violation using message = 'paid back is what was let go', constraint = 'paid_back_as_let_go';
    end if;
    return;
  end if;
  perform pg_advisory_xact_lock(7270032, hashtext(who_acted(m."by")));
  limits := (select document -> 'repayments' from programme_version order by version desc limit 1);
  select * into alone from paid_back_alone(m."by", m.reissue_id, m.receipt, m.at);
  if alone.to_one > (limits ->> 'aloneAtMost')::int or alone.in_all > (limits ->> 'aloneAtMostADay')::int then
    raise check_violation using message = 'so much is paid back by two persons', constraint = 'two_pay_back_above_the_limit';
  end if;
end $$;

create function check_fee_move() returns trigger language plpgsql security definer set search_path = public as $$
declare
  m fee_move; rest bigint;
begin
  select * into m from fee_move where id = case tg_table_name when 'fee_move' then (to_jsonb(new) ->> 'id')::bigint else (to_jsonb(new) ->> 'move_id')::bigint end;
  if (select count(*) < 2 or sum(amount) <> 0 from fee_entry where move_id = m.id) then
    raise check_violation using message = 'the entries of a move come to nothing', constraint = 'moves_come_to_zero';
  end if;
  if m.receipt is not null then
    select coalesce(sum(e.amount), 0) into rest from fee_move f join fee_entry e on e.move_id = f.id
    where f.receipt = m.receipt and e.account = 'unmatched';
    if rest > 0 or rest < -(select amount from kiosk_receipt where number = m.receipt) then
      raise check_violation using message = 'a receipt is worth what was paid for it', constraint = 'receipt_is_worth_its_amount';
    end if;
  end if;
  if m.receipt is not null and m.kind in ('paid', 'paid-back') and rest <> 0 then
    raise check_violation using message = 'a receipt is used whole', constraint = 'receipt_is_used_whole';
  end if;
  if m.reissue_id is not null then perform check_fee_of(m.reissue_id); end if;
  if m.kind = 'waived' and pays_themselves(m."by", m.reissue_id, m.receipt) then
    raise check_violation using message = 'nobody lets their own fee go', constraint = 'nobody_lets_their_own_fee_go';
  end if;
  if exists (select from fee_entry where move_id = m.id and account = 'paid-back') then perform check_paid_back(m); end if;
  return null;
end $$;
create constraint trigger moves_come_to_zero after insert on fee_move deferrable initially deferred
  for each row execute function check_fee_move();
create constraint trigger entries_come_to_zero after insert on fee_entry deferrable initially deferred
  for each row execute function check_fee_move();

create function check_reissue_fee() returns trigger language plpgsql security definer set search_path = public as $$
begin
  perform check_fee_of(new.id);
  return null;
end $$;
create constraint trigger settled_as_the_ledger_says after insert or update of settled_at, ended_at on reissue
  deferrable initially deferred for each row execute function check_reissue_fee();

-- ─── Production: cards out to the card maker and back ─────────────────────────────────────────────────

-- Cards of one edition that the card maker was asked to make. Its state is what its cards say: it is open while one of them is
-- neither back nor cancelled.
create table production_batch (
  id bigint generated always as identity primary key,
  edition text not null,
  maker text check (length(maker) between 1 and 60 and maker !~ '[[:cntrl:]]'),
  ordered_at timestamptz not null,
  ordered_by text not null,
  taken_at timestamptz check (taken_at >= ordered_at),   -- when its list and photos were downloaded last
  taken_by text,
  check (num_nonnulls(taken_at, taken_by) in (0, 2)),
  unique (id, edition)
);

-- One card of a batch. It is back when a card of that person and edition comes into the register; else somebody may cancel it.
-- Whoever has one that is neither is in no other batch of the edition.
create table production_item (
  id bigint generated always as identity primary key,
  batch_id bigint not null,
  place int not null check (place between 1 and 2000),
  person_id bigint not null references person,
  edition text not null,
  because text not null check (because in ('none-yet', 'reissue', 'faulty', 'uncollected', 'left-out')),
  card_id bigint unique references card,
  back_at timestamptz,
  cancelled_at timestamptz,
  cancelled_by text,
  cancelled_because text check (length(cancelled_because) between 1 and 200),
  make_again boolean,                     -- whether the person is to have another one made
  unique (batch_id, place),
  foreign key (batch_id, edition) references production_batch (id, edition),
  check (num_nonnulls(card_id, back_at) in (0, 2)),
  check (num_nonnulls(cancelled_at, cancelled_by, cancelled_because, make_again) in (0, 4)),
  constraint back_or_cancelled check (card_id is null or cancelled_at is null)
);
create unique index in_one_open_batch on production_item (person_id, edition) where card_id is null and cancelled_at is null;
create index production_of_person on production_item (person_id, edition);

-- ─── Refund ───────────────────────────────────────────────────────────────────────────────────────────

-- What is on a card that its holder gives up is paid back by the issuer; the money never passes the university. One case a
-- card, for ever. There is no field for a balance: an amount is only what the issuer says that it paid (refund_settlement).
create table refund_case (
  id bigint generated always as identity primary key,
  card_id bigint not null unique,
  person_id bigint not null,
  why text not null check (why in ('old-card', 'lost', 'leaving')),
  way text not null check (way in ('bank', 'registered-mail')),
  asked_at timestamptz not null,
  asked_by text not null,
  withdrawn_at timestamptz check (withdrawn_at >= asked_at),
  withdrawn boolean generated always as (withdrawn_at is not null) stored,
  late_told_at timestamptz,               -- that it is late is said once
  unique (id, withdrawn),
  foreign key (card_id, person_id) references handover (card_id, person_id)
);
create index refund_of_person on refund_case (person_id);

-- Where the money goes, while the case needs it; erased after erase_on, and at once where the case is withdrawn. It stands
-- nowhere else but in the file that is handed to the issuer. round: for which time of sending; the next after a refusal.
create table refund_destination (
  case_id bigint primary key references refund_case,
  round int not null check (round between 1 and 100),
  bank text check (bank ~ '^[0-9]{3}$'),
  branch text check (branch ~ '^[0-9]{4}$'),
  account text check (account ~ '^[0-9]{14}$' and account <> '00000000000000'),
  iban text check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  address text check (length(address) between 8 and 200),
  changed_at timestamptz not null,
  erase_on date,                          -- null while the case goes on
  check (num_nonnulls(account, iban, address) = 1),
  check (num_nonnulls(bank, branch) = case when account is null then 0 else 2 end)
);
create index refund_to_erase on refund_destination (erase_on);

-- A case in a file for the issuer. What is withdrawn is never sent, and what was sent is never withdrawn.
create table refund_sending (
  case_id bigint not null,
  round int not null check (round between 1 and 100),
  file_id bigint not null references issuer_file,
  at timestamptz not null,
  withdrawn boolean not null default false check (not withdrawn),
  primary key (case_id, round),
  unique (file_id, case_id),
  foreign key (case_id, withdrawn) references refund_case (id, withdrawn)
);

-- A file of answers as the issuer sent it; the same file is read once.
create table refund_answer (
  id bigint generated always as identity primary key,
  sha256 bytea not null unique check (octet_length(sha256) = 32),
  file_name text not null check (length(file_name) <= 200),
  lines int not null check (lines > 0),
  read_at timestamptz not null,
  read_by text not null
);

-- What the issuer says of a case that it was sent, other than paying it; only ever added to.
create table refund_event (
  case_id bigint not null,
  round int not null,
  kind text not null check (kind in ('received', 'refused', 'cancelled')),
  on_date date not null,
  reason text check (reason in ('account', 'name', 'address', 'card-unknown', 'not-locked', 'other')),
  promised_by date check (promised_by > on_date),   -- by then it is to be paid, as promised when it was received
  answer_id bigint not null references refund_answer,
  line int not null check (line > 0),
  at timestamptz not null,
  primary key (case_id, round, kind),
  foreign key (case_id, round) references refund_sending,
  check ((kind = 'received') = (promised_by is not null)),
  check ((kind = 'received') = (reason is null))
);

-- A payment as the issuer's file tells it, a row each, for ever: below zero where the card owed something. It counts for the
-- one case that it settles; what counts for none (paid twice, of no case, not sent) stays as a difference until the office
-- and the issuer have settled that between them.
create table refund_settlement (
  reference text primary key check (length(reference) between 1 and 40),
  of_case bigint not null,                -- as the file says
  of_round int not null,
  amount bigint not null check (abs(amount) <= 10000000),   -- whole minor units
  value_on date not null,
  counts_for bigint unique,
  answer_id bigint not null references refund_answer,
  line int not null check (line > 0),
  at timestamptz not null,
  check (counts_for = of_case),
  foreign key (counts_for, of_round) references refund_sending (case_id, round)
);
create index refund_settlement_of_case on refund_settlement (of_case);

-- ─── Message: the outbox ──────────────────────────────────────────────────────────────────────────────

-- Written in the transaction of the act that it tells of; sent by a chore, at least once, with one stable id.
create table message (
  id bigint generated always as identity primary key,
  journal_id bigint references journal,
  person_id bigint references person,
  kind text not null,
  language text not null check (language in ('zh-TW', 'en')),
  recipient text not null,
  subject text not null,
  body text not null,
  made_at timestamptz not null,
  sent_at timestamptz,
  tries int not null default 0,
  last_error text,
  staff_id text references staff,         -- of one to the staff: to whom, and of what
  staff_notice_id bigint references staff_notice on delete set null,
  proxy_authorization_id bigint references proxy_authorization, -- of one to a proxy: its code is filled in when it is mailed
  forgotten_at timestamptz,               -- that somebody was told stays; what, and at which address, does not
  constraint message_forgotten_whole check (forgotten_at is null or (subject || body || coalesce(last_error, '') = ''
    and (recipient = '' or kind = 'loss-to-places'))),
  check (proxy_authorization_id is null or person_id is null),
  check (staff_id is null or num_nonnulls(person_id, journal_id) = 0),
  check (staff_notice_id is null or staff_id is not null)
);
create index message_to_send on message (id) where sent_at is null;
create index message_of_person on message (person_id, id);
create unique index one_message_of_a_kind on message (journal_id, kind, recipient) where forgotten_at is null;
create index message_to_forget on message (made_at) where forgotten_at is null;
create unique index one_message_of_a_notice on message (staff_notice_id, staff_id);

-- A device (a browser on a phone) that its holder has had told: each message is pushed there too. What is needed to reach it
-- is erased when that ends.
create table push_device (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  place smallint not null check (place between 1 and 5),   -- so many at a time
  service text not null,                  -- the push service's host
  endpoint text check (length(endpoint) <= 1000),
  p256dh bytea check (length(p256dh) = 65),
  auth bytea check (length(auth) = 16),
  since timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in ('holder', 'gone', 'another-holder', 'renewed')),
  check (num_nonnulls(ended_at, ended_because) in (0, 2)),
  check (num_nonnulls(endpoint, p256dh, auth) = case when ended_at is null then 3 else 0 end)
);
create unique index one_device_a_place on push_device (person_id, place) where ended_at is null;
create unique index one_device_an_endpoint on push_device (endpoint);

-- A message on its way to a device that was told then; written with the message, sent by a chore.
create table push (
  message_id bigint not null references message,
  device_id bigint not null references push_device,
  next_at timestamptz not null,           -- not before
  sent_at timestamptz,                    -- the push service took it on
  ended_at timestamptz,                   -- unsent: its device ended, or it became too old
  tries int not null default 0,
  last_error text,
  primary key (message_id, device_id),
  check (num_nonnulls(sent_at, ended_at) < 2)
);
create index push_to_send on push (next_at) where sent_at is null and ended_at is null;
create index push_of_device on push (device_id);

-- Who of the staff is told by mail when an update needs somebody; nobody is who has not asked for it.
create table staff_mail (
  staff_id text primary key references staff,
  address text not null check (length(address) <= 254 and address ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  language text not null check (language in ('zh-TW', 'en')),
  since timestamptz not null              -- what was raised before is not told
);

-- Since when Gatehouse keeps the calendar of a campus: what fell due before is told to nobody. One row, written once.
create table calendar_kept (
  since timestamptz not null,
  one boolean primary key default true check (one)
);

-- What a person was told because a day had come: once for each occasion, and of a kind at most once a day, whatever becomes
-- of the dates. Where another message said it already, the row stands without one of its own.
create table told_of_day (
  person_id bigint not null references person,
  kind text not null check (kind in ('announcement', 'card-at-desk', 'deadline', 'student-fare')),
  occasion text not null check (length(occasion) between 1 and 100),   -- 'deadline 2024-03-01: 14', 'card 12'
  on_day date not null,
  told_at timestamptz not null,
  primary key (person_id, kind, occasion),
  constraint one_of_a_kind_a_day unique (person_id, kind, on_day)
);

-- Who of the staff is told once a day of cards that changed at doors: of all doors, or of one owner's.
create table door_digest (
  staff_id text primary key references staff_mail on delete cascade,
  owner text check (length(owner) between 1 and 120)    -- null: of all
);

-- The mail of a day; a day on which nothing was new stands here, too.
create table door_digest_sent (
  staff_id text not null references staff,
  on_day date not null,
  told_at timestamptz not null,
  primary key (staff_id, on_day)
);

-- Of which task somebody was told by the mail of which day: of each once, whenever it came to be open.
create table door_task_told (
  task_id bigint not null references door_task,
  staff_id text not null,
  on_day date not null,
  primary key (task_id, staff_id),
  foreign key (staff_id, on_day) references door_digest_sent
);

-- What a person was told of a switch that is not done everywhere, once a window, and by when it was promised anew.
create table told_late (
  card_id bigint not null references activation,
  starts_at timestamptz not null,         -- the window that could not; or the moment, of a card at once
  causes text[] not null,
  expected_by timestamptz,                -- null: as soon as the controller answers, or the hold is lifted
  told_at timestamptz not null,
  primary key (card_id, starts_at)
);

-- ─── Overview: letters to the people of a list ─────────────────────────────────────────────

-- A letter of the office to exactly the people of a list, as it was previewed: in both languages, once each. The draft is the
-- page that it was written on, so that a second tap sends nothing twice.
create table letter (
  id bigint generated always as identity primary key,
  draft text not null unique check (draft ~ '^[0-9a-f-]{36}$'),
  list jsonb not null,                    -- which list, and of which counter, department or cohort
  subject jsonb not null check (subject ?& array['zh-TW', 'en']),
  body jsonb not null check (body ?& array['zh-TW', 'en']),
  people int not null check (people > 0),
  written_by text not null references staff,
  written_at timestamptz not null
);
create table letter_to (
  letter_id bigint not null references letter,
  person_id bigint not null references person,
  had_address boolean not null,           -- false: it stands in My card alone, and somebody tells them otherwise
  primary key (letter_id, person_id)
);
create index letters_to_person on letter_to (person_id);

-- ─── Privacy: corrections ──────────────────────────────────────────────────────────────────

-- What somebody says is wrong with what is kept of them: one open request a part, answered once by the office by the day that the
-- law gives (the programme's `privacy.correctionDays`, and once as many days longer), or taken back by who asked. Forgotten by `retention.correctionMonths`.
create table correction_request (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  part text not null check (part in ('you', 'cards', 'handovers', 'doors', 'money', 'told', 'who')),   -- src/lib/own-headings.ts
  wrong text not null check (length(wrong) between 1 and 500),
  asked_at timestamptz not null,
  due_on date not null,                   -- of the campus's calendar; the last day of an answer in time
  answer text check (answer in ('corrected', 'passed-on', 'not-changed', 'taken-back')),
  answered_at timestamptz check (answered_at >= asked_at),
  answered_by text,
  answer_reason text check (length(answer_reason) between 1 and 500),
  -- The office took longer, once and by as many days as the law gives at most, and said why.
  prolonged_at timestamptz check (prolonged_at >= asked_at),
  prolonged_by text,
  prolonged_until date,                   -- the last day in place of due_on
  prolong_reason text check (length(prolong_reason) between 1 and 500),
  check (num_nulls(answer, answered_at, answered_by) in (0, 3)),
  constraint correction_prolonged_whole check (num_nulls(prolonged_at, prolonged_by, prolonged_until, prolong_reason) in (0, 4)),
  constraint correction_prolonged_by_the_law check (prolonged_until - due_on between 1 and 30),
  constraint office_prolongs_correction check (prolonged_by <> 'student:' || person_id),
  constraint correction_answered_with_reason check (
    case when answer in ('passed-on', 'not-changed') then answer_reason is not null
         when answer is null or answer = 'taken-back' then answer_reason is null else true end),
  constraint who_asked_takes_correction_back check ((answer = 'taken-back') = (answered_by = 'student:' || person_id))
);
create unique index one_open_correction_a_part on correction_request (person_id, part) where answer is null;
create index corrections_of_person on correction_request (person_id, asked_at);
create index corrections_waiting on correction_request (coalesce(prolonged_until, due_on), id) where answer is null;
create index corrections_answered on correction_request (answered_at) where answer is not null;
create trigger correction_answered_once before update on correction_request
  for each row when (old.answer is not null) execute function refuse_second_answer();
create function refuse_second_term() returns trigger language plpgsql as $$
begin
  raise exception 'a correction is prolonged once';
end $$;
create trigger correction_prolonged_once before update on correction_request for each row
  when ((old.prolonged_at, old.prolonged_by, old.prolonged_until, old.prolong_reason) is distinct from
        (new.prolonged_at, new.prolonged_by, new.prolonged_until, new.prolong_reason) and old.prolonged_at is not null)
  execute function refuse_second_term();

-- ─── Who may touch what ───────────────────────────────────────────────────────────────────────────────

grant select, insert, update, delete on all tables in schema public to gatehouse_app;
revoke update, delete, truncate on journal, programme_version, fee_move, fee_entry, cashier_count from gatehouse_app;
revoke insert, update, delete, truncate on journal_unsealed, journal_seal from gatehouse_app;
revoke update, delete, truncate on look, looked_at from gatehouse_app;
revoke delete on programme_draft, programme_proposal from gatehouse_app;
revoke delete on reissue, fee_dispute, reissue_reminder, payment_try, kiosk_receipt, typed_receipt from gatehouse_app;
revoke update on kiosk_receipt from gatehouse_app;
revoke update, delete on repayment_question from gatehouse_app;
grant update (answer, answered_at, answered_by, answer_reason) on repayment_question to gatehouse_app;
revoke update, delete on correction_request from gatehouse_app;
grant update (answer, answered_at, answered_by, answer_reason, prolonged_at, prolonged_by, prolonged_until, prolong_reason)
  on correction_request to gatehouse_app;
revoke insert, update, delete on held, held_count, sent, update_window, window_lane, lane, campus_clock, schema_version from gatehouse_app;
revoke insert, update, delete on survey_card, controller_clock, clock_reading, tap, controller_events, retention_run, forgetting from gatehouse_app;
revoke update, delete on controller_survey, adopted_number from gatehouse_app;
revoke insert, delete on strange_board from gatehouse_app;
revoke delete on refund_case, proxy_authorization from gatehouse_app;
revoke update, delete on undone_handover, shift_count from gatehouse_app;
revoke update on undone_signature from gatehouse_app;
revoke delete on import_question, header_meaning from gatehouse_app;
revoke update, delete on refund_sending, refund_answer, refund_event, refund_settlement from gatehouse_app;
revoke delete on known_board, database_home, restored_controller from gatehouse_app;
revoke update, delete on push from gatehouse_app;
revoke delete on push_device from gatehouse_app;
revoke update, delete on letter, letter_to from gatehouse_app;
revoke delete on update_guard, guard_approval, approved_loss, update_hold, run_now, staff_notice from gatehouse_app;

-- The doors' role works with numbers and dates; it reads no person, no signature, no message.
grant select on campus_clock, programme_version, controller, door, card_number, card_use, access_group, access_group_door, put_off to gatehouse_doors;
grant select, update (guarded_by, carried_by) on wanted to gatehouse_doors;
grant select, insert, update, delete on wanted_open to gatehouse_doors;
grant select on held_count to gatehouse_doors;
grant select, insert on update_guard, staff_notice to gatehouse_doors;
grant select on guard_approval, approved_loss, update_hold, restored_controller to gatehouse_doors;
grant select, update (taken_by) on run_now to gatehouse_doors;
grant select, insert, update, delete on held, update_window, window_lane, lane, survey_card to gatehouse_doors;
grant select, insert, update on controller_clock, controller_events, known_board, strange_board to gatehouse_doors;
grant select, insert on tap, clock_reading to gatehouse_doors;
grant select, update (began_at, read_at, readings, places_read, ended_at, outcome, wrong_place,
                      ours, different, missing, left_over, others) on controller_survey to gatehouse_doors;
grant select, delete, update (taken_up_at) on adopted_number to gatehouse_doors;
grant select, insert on sent, journal to gatehouse_doors;

grant select on campus_clock, programme_version, person, journal to gatehouse_chores;
grant select, insert, update on message to gatehouse_chores;
grant select (id, nonce, code_hash, ended_at, good_until) on proxy_authorization to gatehouse_chores;
grant select, update on push, push_device to gatehouse_chores;
grant select, delete on signature, undone_signature, session, repeated_request, used_proof to gatehouse_chores;
grant select, insert, update on retention_run to gatehouse_chores;
grant insert on journal to gatehouse_chores;
grant select, delete on journal_unsealed to gatehouse_chores;
grant select, insert on journal_seal to gatehouse_chores;
grant select, delete on look, looked_at, sign_in_attempt, break_glass_try, request_count to gatehouse_chores;
grant select, delete on wanted, sent, window_lane, staff_notice, controller_survey, clock_reading, doors_check,
                        guard_approval, approved_loss to gatehouse_chores;
grant select on wanted_open, update_window, controller to gatehouse_chores;
-- To forget what is kept of people: rows go, or lose what says who it was (src/privacy/plans.ts).
grant select, insert, update on forgetting to gatehouse_chores;
grant select, delete on wrong_try, letter, letter_to, extra_mark, push, push_device, correction_request to gatehouse_chores;
grant select (id, person_id, good_until, reason), update (reason), delete on identity_confirmation to gatehouse_chores;
grant select (id, applied_at, uploaded_at, forgotten_at), update (file, file_name, forgotten_at)
  on roster_import, card_file to gatehouse_chores;
grant select, update (content, answer) on issuer_file to gatehouse_chores;
grant update (student_number, name_zh, name_en, hall, email, health_check, leave_terms, returned_on, next_status,
              next_status_on, forgotten_at) on person to gatehouse_chores;
grant select (id, made_for, carrier_code_hash), update (carrier_code_hash) on card to gatehouse_chores;
grant select (card_id, person_id, confirmation_id) on handover to gatehouse_chores;
grant select (id, card_id, person_id, confirmation_id) on undone_handover to gatehouse_chores;
grant select (person_id, erased_at) on proxy_authorization to gatehouse_chores;
grant select (person_id, text) on batch to gatehouse_chores;
grant select (person_id) on signature_request, photo to gatehouse_chores;
grant select (person_id, during) on card_use to gatehouse_chores;
grant select (person_id, returned_at) on card_loan to gatehouse_chores;
grant select (person_id, sent_at, ended_at, refused_because), update (refused_because) on loss_report to gatehouse_chores;
grant select (id, person_id, ended_at) on reissue to gatehouse_chores;
grant select (id, reissue_id) on fee_move to gatehouse_chores;
grant select on fee_entry to gatehouse_chores;
grant select (reissue_id, decided_at, said, reason), update (said, reason) on fee_dispute to gatehouse_chores;
grant select (number, student_number, paid_at), update (student_number) on kiosk_receipt to gatehouse_chores;
grant select (person_id, reason), update (reason) on door_task to gatehouse_chores;
grant select (person_id, card_id, cancelled_at, cancelled_because), update (cancelled_because) on production_item to gatehouse_chores;
grant select (id, person_id) on refund_case to gatehouse_chores;
grant select (case_id) on refund_destination to gatehouse_chores;

grant select on all tables in schema public to gatehouse_reports;
revoke select on signature, undone_signature, signature_request, batch, photo, session, sign_in_attempt, break_glass_code,
  break_glass_try, repeated_request, identity_confirmation, issuer_file, refund_destination, push_device, proxy_authorization,
  roster_import, card_file, message, letter, look, looked_at, request_count, staff_mail from gatehouse_reports;
-- Of people what can be counted, and nothing by which somebody is known.
revoke select on person, kiosk_receipt, fee_dispute, correction_request from gatehouse_reports;
grant select (id, department, entry_year, status, kind, degree, site, hall, language, leave_terms, returned_on, next_status,
              next_status_on, also_staff, roster_import_id) on person to gatehouse_reports;
grant select (number, kiosk, amount, paid_at, arrived_at) on kiosk_receipt to gatehouse_reports;
grant select (reissue_id, at, decided_at, granted) on fee_dispute to gatehouse_reports;
grant select (id, part, asked_at, due_on, prolonged_at, prolonged_until, answer, answered_at) on correction_request to gatehouse_reports;

-- ─── Whose rows: the second wall ──────────────────────────────────────────────────────────────────────
-- The routes let in who may come, and each statement asks for what it is about. Behind them PostgreSQL keeps back whatever is
-- not of who acts, also from a statement that forgot to ask for it. Each transaction of the application says who acts
-- (src/server/register.ts): `gatehouse.role` is the role of Gatehouse ("access-in-buildings" is an access administrator of
-- some), beside it whose person, account, counter, buildings and doors, and what a system's token lets it do. Nothing said is
-- nobody, and nobody sees nothing.
-- The settings end with the transaction.

create function acting(what text) returns text language sql stable parallel safe
  return nullif(current_setting('gatehouse.' || what, true), '');
create function acting_person() returns bigint language sql stable parallel safe return acting('person')::bigint;
create function acting_account() returns text language sql stable parallel safe
  return case when acting('role') <> 'tablet' then acting('account') end;
create function acting_counter() returns text language sql stable parallel safe return acting('counter');
-- The clerk before whom the tablet lies that acts.
create function acting_tablet() returns text language sql stable parallel safe
  return case acting('role') when 'tablet' then acting('account') end;

-- Whether one of these roles acts, a system by itself with one of these scopes ("roster:write"), or Gatehouse itself.
create function acts_as(roles text) returns boolean language sql stable parallel safe
  return coalesce(acting('role') = 'system' or acting('role') = any (string_to_array(roles, ' '))
    or acting('scopes')::text[] && string_to_array(roles, ' '), false);

-- What the clerk before whom the tablet lies asks to be signed there, while it is good.
create function on_tablet() returns bigint[] language plpgsql stable parallel safe security definer
  set search_path = public, pg_temp as $$
declare clerk constant text := acting_tablet();
begin
  if clerk is null then return '{}'; end if;
  return array(select id from signature_request where asked_by = clerk and place = 'tablet' and good_until > campus_now());
end $$;

-- The cards of the person who acts: handed over, lent or made for them, of a handover that was undone, or to be signed for.
-- Worked out once a transaction, because most of what a person asks for hangs on their cards.
create function acting_cards() returns bigint[] language plpgsql stable security definer
  set search_path = public, pg_temp as $$
declare
  who constant bigint := acting_person();
  known bigint[] := acting('cards')::bigint[];
begin
  if known is null then
    known := array(select card_id from handover where person_id = who union all select id from card where made_for = who
                   union all select card_id from card_loan where person_id = who
                   union all select card_id from undone_handover where person_id = who
                   union all select card_id from signature_request where person_id = who);
    perform set_config('gatehouse.cards', known::text, true);
  end if;
  return known;
end $$;

-- The doors that an owner or an access administrator of some buildings reaches; of everybody else none.
create function reached_doors() returns text[] language plpgsql stable parallel safe security definer
  set search_path = public, pg_temp as $$
begin
  return case acting('role') when 'owner' then acting('doors')::text[] when 'access-in-buildings' then array(
    select d.id from door d join controller c on c.id = d.controller_id
    where c.building_zh = any (acting('buildings')::text[])) else '{}' end;
end $$;
create function reached_controllers() returns bigint[] language plpgsql stable parallel safe security definer
  set search_path = public, pg_temp as $$
begin
  return array(select distinct controller_id from door where id = any (reached_doors()));
end $$;

-- Whether doors, as a row of a controller's card list has them, are doors in reach.
create function opens_reached(controller bigint, opened smallint[]) returns boolean language plpgsql stable parallel safe cost 1
  security definer set search_path = public, pg_temp as $$
begin
  return acting('role') in ('owner', 'access-in-buildings') and exists (select from door d
                 where d.controller_id = controller and d.id = any (reached_doors()) and opened[d.number] > 0);
end $$;

-- Whether somebody was granted a door in reach, or opens one as it stands.
create function in_reach(person bigint) returns boolean language plpgsql stable parallel safe cost 1
  security definer set search_path = public, pg_temp as $$
declare reached text[];
begin
  if coalesce(acting('role') not in ('owner', 'access-in-buildings'), true) then return false; end if;
  reached := reached_doors();
  return exists (select from handover h join individual_grant g on g.card_id = h.card_id
                 where h.person_id = person and g.door_id = any (reached))
    or exists (select from wanted w join door d on d.controller_id = w.controller_id
               where w.person_id = person and d.id = any (reached) and w.doors[d.number] > 0);
end $$;

-- The rest of each line of the list below, a function each: what is asked in a policy itself is prepared for every statement
-- on its table, whoever acts, and these ask first who does. They see what who acts sees.
create function is_my_card(card bigint) returns boolean language plpgsql stable cost 1 as $$
begin
  return acting('person') is not null and card = any (acting_cards());
end $$;
create function card_in_reach(card bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('role') in ('owner', 'access-in-buildings') and exists (select from handover h where h.card_id = card);
end $$;
create function grant_in_reach(id bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('role') in ('owner', 'access-in-buildings') and exists (select from individual_grant g where g.id = grant_in_reach.id);
end $$;
create function lies_on_tablet(person bigint, card bigint, proxy bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('role') = 'tablet' and exists (select from signature_request r where r.id = any (on_tablet())
    and (r.person_id = person or r.card_id = card or r.proxy_authorization_id = proxy));
end $$;
create function owes_a_fee(person bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('role') = 'cashier' and exists (select from reissue r where r.person_id = person);
end $$;
create function is_my_reissue(id bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('person') is not null and exists (select from reissue r where r.id = is_my_reissue.id);
end $$;
create function is_my_move(id bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('person') is not null and exists (select from fee_move m where m.id = is_my_move.id);
end $$;
create function is_my_refund(id bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('person') is not null and exists (select from refund_case c where c.id = is_my_refund.id);
end $$;
create function is_my_message(id bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('person') is not null and exists (select from message m where m.id = is_my_message.id);
end $$;
create function is_look_at_me(look bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('person') is not null and exists (select from looked_at a where a.look_id = look and a.person_id = acting_person());
end $$;
create function is_my_number(number bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('role') in ('student', 'owner', 'access-in-buildings')
    and exists (select from card_number n where n.number = is_my_number.number);
end $$;
create function given_here(card bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('counter') is not null and exists (select from handover h where h.card_id = card and h.counter = acting('counter'));
end $$;
create function undone_here(undone bigint) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
  return acting('counter') is not null and exists (select from undone_handover u where u.id = undone and u.counter = acting('counter'));
end $$;

-- What is asked across the wall, each question by a function of its own that answers no more than that.

-- Begins a session for a person, or for somebody who works here in one of their roles, by whose word; false: none begun.
create function begin_session(token bytea, staff_of text, person bigint, hours int, role_of bigint, subject bytea,
                              sign_in bytea) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into session (token_hash, staff_id, role_id, person_id, began_at, ends_at, provider_subject, provider_session)
  select token, staff_of, r.id, person, raw_now(), raw_now() + make_interval(hours => begin_session.hours), subject, sign_in
  from (select 1) one left join lateral (
    select id from staff_role where staff_id = staff_of and (role_of is null or id = role_of) order by id limit 1) r on true
  where staff_of is null or (r.id is not null and exists (select from staff where id = staff_of and ended_at is null));
  return found;
end $$;

-- Who is signed in with a session's token. `idle` says after how many minutes without anything done it is over, by role.
create function session_of(token bytea, idle jsonb) returns table (
    staff_id text, person_id bigint, tablet_clerk text, role text, counter text, buildings text[], doors text[],
    seen_long_ago boolean)
  language plpgsql stable security definer set search_path = public, pg_temp rows 1 as $$
begin
  return query select s.staff_id, s.person_id, s.tablet_clerk, r.role, r.counter, r.buildings, r.doors,
      s.seen_at < raw_now() - interval '1 minute'
    from session s left join staff_role r on r.id = s.role_id left join staff f on f.id = s.staff_id
    where s.token_hash = token and s.ends_at > raw_now() and f.ended_at is null
      and (r.role is null or s.tablet_clerk is not null or coalesce((idle ->> r.role)::int, 0) = 0
        or s.seen_at > raw_now() - make_interval(mins => (idle ->> r.role)::int));
end $$;

-- Its reader has done something.
create function session_seen(token bytea) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update session set seen_at = raw_now() where token_hash = token and seen_at < raw_now() - interval '1 minute';
end $$;

-- Ends a session; whether a provider had vouched for it, and null where there was none.
create function end_session(token bytea) returns boolean
  language sql security definer set search_path = public, pg_temp
  begin atomic delete from session where token_hash = token returning provider_subject is not null; end;

-- Who the holder of a session may be: the roles of their account in the order in which they were given, then a student. A
-- student has the roles of the account for which the provider vouched with them, and none of another account of theirs.
create function session_may_be(token bytea) returns table (
    role_id bigint, role text, counter text, buildings text[], doors text[], is_now boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select w.id, w.role, w.counter, w.buildings, w.doors, w.is_now from (
    select r.id, r.role, r.counter, r.buildings, r.doors, r.id = s.role_id is true as is_now
    from session s
      join staff f on f.id = s.staff_id
        or (f.person_id = s.person_id and f.provider_subject is not distinct from s.provider_subject)
      join staff_role r on r.staff_id = f.id
    where s.token_hash = token and s.ends_at > raw_now() and s.tablet_since is null and f.ended_at is null
    union all
    select null, 'student', null, null, null, s.person_id is not null
    from session s left join staff f on f.id = s.staff_id
    where s.token_hash = token and s.ends_at > raw_now() and s.tablet_since is null and f.ended_at is null
      and coalesce(s.person_id, f.person_id) is not null) w
  order by w.id nulls last;
end $$;

-- Another session in place of one, in another role of the same account (null: as a student), over when that would have been,
-- and begun when that was: what a provider ends by its beginning has ended. False where its holder may not be that.
create function change_session(token bytea, next bytea, role_of bigint) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into session (token_hash, staff_id, role_id, person_id, began_at, ends_at, provider_subject, provider_session)
  select next, case when r.id is not null then f.id end, r.id, case when r.id is null then coalesce(s.person_id, f.person_id) end,
    s.began_at, s.ends_at, s.provider_subject, s.provider_session
  from session s
    left join staff f on f.id = s.staff_id
      or (f.person_id = s.person_id and f.provider_subject is not distinct from s.provider_subject)
    left join staff_role r on r.staff_id = f.id and r.id = role_of
  where s.token_hash = token and s.ends_at > raw_now() and s.tablet_since is null and f.ended_at is null
    and (r.id is not null or (role_of is null and coalesce(s.person_id, f.person_id) is not null));
  if not found then return false; end if;
  delete from session where token_hash = token;
  return true;
end $$;

-- Puts a message of what has just been noted into the outbox, once, and on its way to the person's devices; false where it is
-- there. Whoever acts may have others told of it, and reads none of what they are told.
create function keep_message(noted bigint, whom bigint, what text, spoken text, to_address text, head text, letter text,
                             moment timestamptz, authorization_id bigint) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare made bigint;
begin
  if not (acts_as('office') or exists (select from journal j where j.id = noted and j.actor = acting('actor'))) then
    raise insufficient_privilege using message = 'people are told of what was noted by who acts';
  end if;
  insert into message (journal_id, person_id, kind, language, recipient, subject, body, made_at, proxy_authorization_id)
  values (noted, whom, what, spoken, to_address, head, letter, moment, authorization_id)
  on conflict (journal_id, kind, recipient) where forgotten_at is null do nothing returning id into made;
  if made is null then return false; end if;
  insert into push (message_id, device_id, next_at)
  select made, d.id, moment from push_device d where d.person_id = whom and d.ended_at is null;
  return true;
end $$;

-- Who has all of these patterns in what is looked for in a person. A pattern of LIKE is tried before the wall only by who has
-- none before them, because it could tell of rows that it is tried on: so the index is of use, and here stands for whom.
create function people_like(most int, a text, b text, c text, d text) returns setof bigint
  language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  if not acts_as('office auditor') then return; end if;
  return query select p.id from person p
    where p.searched like a and (b is null or p.searched like b) and (c is null or p.searched like c)
      and (d is null or p.searched like d) limit most;
end $$;

-- The kinds of people there are by their plain facts, nobody in them: for who looks at everybody. From one kind to the next in
-- the index, as many steps as there are kinds, whatever the people; behind the wall PostgreSQL compares no rows by an index.
create function kinds_of_people() returns table (
    department text, entry_year int, status text, kind text, site text, leave_terms text[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not acts_as('desk office auditor') then return; end if;
  return query with recursive kinds as (
    (select p.department, p.entry_year, p.status, p.kind, p.site, p.leave_terms from person p
     order by p.department, p.entry_year, p.status, p.kind, p.site, p.leave_terms limit 1)
    union all
    select next.* from kinds k cross join lateral (
      select p.department, p.entry_year, p.status, p.kind, p.site, p.leave_terms from person p
      where (p.department, p.entry_year, p.status, p.kind, p.site, p.leave_terms)
            > (k.department, k.entry_year, k.status, k.kind, k.site, k.leave_terms)
      order by p.department, p.entry_year, p.status, p.kind, p.site, p.leave_terms limit 1) next)
  select * from kinds;
end $$;

-- With which class representative a card went, from where and until when: for its holder, and at any desk.
create function went_with(card bigint) returns table (
    batch_id bigint, person_id bigint, name_zh text, name_en text, counter text, given_at timestamptz, back_by date)
  language plpgsql stable security definer set search_path = public, pg_temp rows 1 as $$
begin
  return query select b.id, p.id, p.name_zh, p.name_en, b.counter, b.given_at, b.back_by
    from handover h join batch b on b.id = h.batch_id join person p on p.id = b.person_id
    where h.card_id = card and (h.person_id = acting_person() or acts_as('desk office auditor'));
end $$;

-- The batches of a class representative, at whichever counter: a desk counts what somebody still has of others.
create function batches_of(representative bigint) returns table (batch_id bigint, back_by date)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select b.id, b.back_by from batch b where b.person_id = representative and acts_as('desk office auditor');
end $$;

-- Since when there is a journal: a moment, and nobody's.
create function journal_began() returns timestamptz language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  return (select at from journal order by id limit 1);
end $$;

revoke all on function begin_session, session_of, session_seen, end_session, session_may_be, change_session, keep_message, people_like, kinds_of_people, went_with, batches_of, journal_began, pays_themselves, paid_back_alone from public;
grant execute on function begin_session, session_of, session_seen, end_session, session_may_be, change_session, keep_message, people_like, kinds_of_people, went_with, batches_of, journal_began, pays_themselves, paid_back_alone to gatehouse_app;

-- Each protected table with who looks at all of its rows, who also acts on all of them, and by which rows somebody else
-- does either. A lock is a look. Gatehouse itself does both; `doors`, `chores` and `reports` do what they were granted.
create procedure build_wall() language plpgsql set search_path = public, pg_temp as $$
declare
  mine constant text := 'person_id = (select acting_person())';
  my_card constant text := 'is_my_card(card_id)';
  my_own constant text := 'actor = (select acting(''actor''))';
  here constant text := 'counter = (select acting_counter())';
  near constant text := 'in_reach(person_id)';
  of_reissue constant text := 'is_my_reissue(reissue_id)';
  of_case constant text := 'is_my_refund(case_id)';
  our_doors constant text := 'door_id = any ((select reached_doors())::text[])';
  in_building constant text := '(select acting(''role'')) = ''access-in-buildings'' and controller_id = any ((select reached_controllers())::bigint[])';
  lies_there constant text := 'id = any ((select on_tablet())::bigint[])';
  w record; looks text; acts text;
begin
  for w in select * from (values
    -- table, looks at all, acts on all, sees besides, does besides
    -- People: whom a desk may look up, everybody; who reaches some doors, who opens them.
    ('person', 'desk access auditor exports:read', 'office roster:write', array['id = (select acting_person())', 'lies_on_tablet(id, null, null)', 'in_reach(id)', 'owes_a_fee(id)'], '{}'::text[]),
    ('photo', 'desk auditor', 'office', array[mine], array[mine]),
    ('wrong_try', '', 'desk office', array[mine], array[mine]),
    ('used_proof', '', 'desk office', array[mine], array[mine]),
    ('extra_mark', 'auditor', 'desk office', array[mine], array[mine]),
    ('proxy_authorization', 'auditor', 'desk office', array[mine, 'lies_on_tablet(null, null, id)'], array[mine]),
    -- Cards, and in whose hands they are.
    ('card', 'access auditor exports:read', 'desk office', array['is_my_card(id)', 'lies_on_tablet(null, id, null)', 'card_in_reach(id)'], '{}'),
    ('card_number', 'auditor', 'desk access office', array[my_card, 'card_in_reach(card_id)'], '{}'),
    ('handover', 'access auditor exports:read', 'desk office', array[mine, near], array[mine]),
    ('undone_handover', 'auditor', 'desk office', array[mine], '{}'),
    ('card_loan', 'access auditor exports:read', 'office', array[mine, here, 'returned_to = (select acting_counter())',
      '(select acts_as(''desk'')) and returned_at is null'], array[here, '(select acts_as(''desk'')) and returned_at is null',
      'returned_to = (select acting_counter())']),
    ('card_use', 'access auditor', 'desk office', array[mine, my_card, near], array[mine]),
    ('access_pause', 'access auditor', 'desk office', array[mine, near], array[mine]),
    ('loss_report', 'access auditor exports:read', 'desk office', array[mine, near], array[mine]),
    ('activation', 'access auditor', 'desk office', array[mine, near], array[mine]),
    -- Of a counter: its own confirmations, signatures, batches and counts.
    ('identity_confirmation', 'auditor', 'office', array[here], array[here]),
    ('signature_request', '', 'office', array[mine, here, lies_there],
      array[mine, here, lies_there]),
    ('signature', 'auditor', 'office', array[my_card, 'given_here(card_id)'], array['given_here(card_id)']),
    ('undone_signature', 'auditor', 'office', array['undone_here(undone_id)'],
      array['given_here(card_id)']),
    ('batch', 'auditor', 'office', array[here, mine], array[here]),
    ('shift_count', 'auditor', 'office', array[here], array[here]),
    -- What doors are told of somebody. The grants of a door are its owner's, and what the door holds.
    ('individual_grant', 'desk office auditor', 'access', array[my_card, our_doors], array[our_doors]),
    ('door_task', 'auditor', 'desk access office', array[mine, 'grant_in_reach(grant_id)'], array[mine, 'grant_in_reach(grant_id)']),
    ('wanted', 'auditor', 'desk access office', array[mine, my_card, 'opens_reached(controller_id, doors)'], array[mine, my_card]),
    ('wanted_open', 'auditor', 'desk access office', array[mine, near], array[mine]),
    ('held', 'desk access office auditor', '', array['is_my_number(number)', in_building], '{}'),
    ('sent', 'access office auditor', '', array[in_building], '{}'),
    ('survey_card', 'access office auditor', '', '{}', '{}'),
    ('adopted_number', 'office auditor', 'access', '{}', '{}'),
    ('tap', 'access office auditor', '', array[in_building], '{}'),
    ('put_off', 'auditor', 'desk access office', array[mine], array[mine]),
    ('approved_loss', 'auditor', 'access office', '{}', '{}'),
    ('doors_check_person', 'access office auditor', '', '{}', '{}'),
    -- Money, and whose it is.
    ('reissue', 'auditor', 'desk cashier office', array[mine], array[mine]),
    ('fee_dispute', 'auditor cashier', 'desk office', array[of_reissue], array[of_reissue]),
    ('reissue_reminder', 'auditor cashier office', '', array[of_reissue], '{}'),
    ('payment_try', 'auditor', 'desk cashier office', array[of_reissue], array[of_reissue]),
    ('typed_receipt', 'auditor', 'desk cashier office', array[mine], array[mine]),
    ('kiosk_receipt', 'auditor', 'desk cashier office', '{}', '{}'),
    ('fee_move', 'auditor', 'desk cashier office', array[of_reissue], array[of_reissue]),
    ('fee_entry', 'auditor', 'desk cashier office', array['is_my_move(move_id)'], array['is_my_move(move_id)']),
    ('repayment_question', 'auditor', 'cashier office', '{}', '{}'),
    ('cashier_count', 'auditor', 'cashier office', '{}', '{}'),
    ('refund_case', 'auditor', 'desk office', array[mine], array[mine]),
    ('refund_destination', '', 'desk office', array[of_case], array[of_case]),
    ('refund_sending', 'auditor desk', 'office', array[of_case], '{}'),
    ('refund_event', 'auditor desk', 'office', array[of_case], '{}'),
    ('refund_settlement', 'auditor desk', 'office', array[replace(of_case, 'case_id', 'of_case')], '{}'),
    ('production_item', 'auditor', 'desk office', array[mine], '{}'),
    -- Files of many people, as they came.
    ('roster_import', '', 'office roster:write', '{}', '{}'),
    ('card_file', '', 'office', '{}', '{}'),
    ('issuer_file', '', 'office', '{}', '{}'),
    ('refund_answer', 'auditor', 'office', '{}', '{}'),
    -- What people are told. Messages are kept by keep_message, whoever acts.
    ('message', 'auditor', 'office', array[mine], '{}'),
    ('push_device', '', '', array[mine], array[mine]),
    ('push', 'office auditor', 'office', array['is_my_message(message_id)'], '{}'),
    ('told_of_day', 'auditor', 'office', array[mine], '{}'),
    ('told_late', 'access office auditor', '', array[my_card], '{}'),
    ('letter', 'auditor', 'office', '{}', '{}'),
    ('letter_to', 'auditor', 'office', array[mine], '{}'),
    ('correction_request', 'auditor', 'office', array[mine], array[mine]),
    -- Who did what; what was answered to whom; who is signed in, and who works here.
    -- Of the journal a desk counts by what was moved, and goes by whether a lost card was replaced; who brings a roster, by
    -- whose enrolment other files have ended.
    ('journal', 'access office auditor', '', array[my_own, mine, '(select acts_as(''desk'')) and act in (''card moved'', ''lost card replaced'', ''lost card not replaced'')',
      '(select acts_as(''roster:write'')) and act = ''person changed'''],
      array[my_own]),
    ('repeated_request', '', '', array[my_own], array[my_own]),
    ('session', '', 'admin', array[mine, 'staff_id = (select acting_account())'], array[mine, 'staff_id = (select acting_account())']),
    ('staff', 'desk office access cashier auditor', 'admin', array['id = (select acting(''account''))'], '{}'),
    ('staff_role', 'office access auditor', 'admin', array[here, 'staff_id = (select acting(''account''))'], '{}'),
    ('look', 'auditor', '', array['is_look_at_me(id)'], '{}'),
    ('looked_at', 'auditor', '', array[mine], '{}'),
    ('break_glass_code', '', '', '{}', '{}'),
    ('break_glass_try', '', '', '{}', '{}'),
    ('staff_mail', 'office access admin', '', array['staff_id = (select acting_account())'], array['staff_id = (select acting_account())']),
    ('door_digest', 'office access admin', '', array['staff_id = (select acting_account())'], array['staff_id = (select acting_account())']),
    ('door_digest_sent', '', '', '{}', '{}'),
    ('door_task_told', '', '', '{}', '{}')
  ) as t(name, looks, acts, sees, does)
  loop
    looks := array_to_string(array[format('(select acts_as(%L))', trim(w.looks || ' ' || w.acts))] || w.sees, ' or ');
    acts := array_to_string(array[format('(select acts_as(%L))', w.acts)] || w.does, ' or ');
    execute format('alter table %I enable row level security, force row level security', w.name);
    execute format('create policy its_own on %I to gatehouse_owner using (true)', w.name);
    execute format('create policy as_granted on %I to gatehouse_doors, gatehouse_chores, gatehouse_reports using (true)', w.name);
    execute format('create policy looks on %I for select to gatehouse_app using (%s)', w.name, looks);
    execute format('create policy adds on %I for insert to gatehouse_app with check (%s)', w.name, acts);
    execute format('create policy changes on %I for update to gatehouse_app using (%s) with check (%s)', w.name, looks, acts);
    execute format('create policy takes_away on %I for delete to gatehouse_app using (%s)', w.name, acts);
  end loop;
end $$;
call build_wall();
drop procedure build_wall();

reset role;
