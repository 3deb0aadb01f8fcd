import pg from 'pg'

/** A fictional person whose every value is one that stands nowhere else: wherever one of them turns up, it has leaked. */
export const canary = {
  id: 990_713,
  cardId: 990_713,
  studentNumber: '49990713S',
  nameZh: '金絲雀樣本',
  nameEn: 'Kestrelman Canary',
  email: 'kestrelman@canary.example.org',
  proxyName: 'Kestrelproxy Canary',
  chip: 'CA9A41E5',
  printedNumber: '9907130713071307',
  account: '07130713071307',
  iban: 'TW99KESTREL0713071307',
  address: '713 Kestrel Road',
  signed: 'Kestrelsigned sentence',
  said: 'Kestrelsaid of the fee',
  endpoint: 'Kestrelendpoint',
}

/** How its chip is written besides: as readers send it and as doors know it. */
const numbersOfChip = ['3399107045', '3846281930', '41E5CA9A', 'E5419ACA']

/** Everything that must not be found, and the tokens of sessions. */
export const canaryWords = (tokens: readonly string[]): string[] => [
  canary.studentNumber,
  canary.nameZh,
  'Kestrel',
  canary.email,
  canary.chip,
  canary.printedNumber,
  canary.account,
  canary.iban,
  canary.address,
  ...numbersOfChip,
  ...tokens,
]

/** The words of a list that stand in a text, also as addresses write them. */
export function wordsIn(text: string, words: readonly string[]): string[] {
  const low = text.toLowerCase()
  return words.filter(word => {
    const looked = word.toLowerCase()
    return low.includes(looked) || low.includes(encodeURIComponent(looked).toLowerCase())
  })
}

const rows = `
  insert into person (id, student_number, name_zh, name_en, department, entry_year, status, kind, degree, site, email, language)
    overriding system value values (${canary.id}, '${canary.studentNumber}', '${canary.nameZh}', '${canary.nameEn}', 'csie', 2021,
      'enrolled', 'regular', 'bachelor', 'gongguan', '${canary.email}', 'en');
  insert into card (id, edition, chip, printed_number, made_for, stocked_at) overriding system value values
    (${canary.cardId}, 'easycard', decode('${canary.chip}', 'hex'), '${canary.printedNumber}', ${canary.id}, '2023-10-01'),
    (${canary.cardId + 1}, '4k-centenary', decode('${canary.chip.slice(2)}FE', 'hex'), '9907130713071308', ${canary.id}, '2023-10-01');
  insert into card_number (card_id, format, number) values (${canary.cardId}, 'w34-reversed-last4', 3846281930);
  insert into handover (card_id, person_id, edition, at, how, held) values
    (${canary.cardId}, ${canary.id}, 'easycard', '2021-09-01', 'before-gatehouse', '[2021-09-01,)');
  insert into handover (card_id, person_id, edition, at, how, evidence, evidence_card_id, counter, clerk, held) values
    (${canary.cardId + 1}, ${canary.id}, '4k-centenary', '2023-10-11', 'desk', '{"old-card": "read"}', ${canary.cardId}, 'dept-csie', 'desk-csie',
      '[2023-10-11,)');
  insert into signature (card_id, place, manner, picture, text, bound_hash, signed_at, erase_on) values
    (${canary.cardId + 1}, 'desk', 'typed', '${canary.nameEn}', '${canary.signed}', sha256('x'), '2023-10-11', '2024-10-11');
  insert into card_use (card_id, person_id, during) values (${canary.cardId}, ${canary.id}, '[2021-09-01,2024-02-29 16:00+0)');
  insert into proxy_authorization (person_id, errand, proxy_name, proxy_email, language, nonce, code_hash, named_at, named_by, good_until)
    values (${canary.id}, 'reissue', '${canary.proxyName}', '${canary.email}', 'en', decode(repeat('0a', 16), 'hex'),
      decode(repeat('0a', 32), 'hex'), '2023-10-11', 'student:${canary.id}', '2023-11-11');
  insert into refund_case (id, card_id, person_id, why, way, asked_at, asked_by) overriding system value values
    (${canary.id}, ${canary.cardId}, ${canary.id}, 'old-card', 'bank', '2023-10-11', 'student:${canary.id}');
  insert into refund_destination (case_id, round, bank, branch, account, changed_at) values
    (${canary.id}, 1, '713', '0713', '${canary.account}', '2023-10-11');
  insert into reissue (id, person_id, for_card, reason, edition, fee_id, fee_amount, applied_at, applied_by, lapses_at, settled_at, settled_as)
    overriding system value values (${canary.id}, ${canary.id}, ${canary.cardId + 1}, 'damaged', '4k-centenary', 'reissue', 0, '2023-10-11',
      'student:${canary.id}', '2023-11-11', '2023-10-11', 'free');
  insert into fee_dispute (reissue_id, at, by, said) values (${canary.id}, '2023-10-11', 'student:${canary.id}', '${canary.said}');
  insert into push_device (id, person_id, place, service, endpoint, p256dh, auth, since) overriding system value values
    (${canary.id}, ${canary.id}, 1, 'push.example.org', 'https://push.example.org/${canary.endpoint}', decode(repeat('04', 65), 'hex'),
      decode(repeat('00', 16), 'hex'), '2023-10-11');
  insert into message (id, person_id, kind, language, recipient, subject, body, made_at) overriding system value
    select ${canary.id} + n, ${canary.id}, 'card-activated', 'en', '${canary.email}', 'Your card', 'Dear ${canary.nameEn}, ${canary.studentNumber}.',
      (select max(at) from journal) from generate_series(0, 3) n;
  insert into push (message_id, device_id, next_at) values (${canary.id}, ${canary.id}, '2023-10-11')`

/** Puts the person into a campus. */
export async function plantCanary(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`begin; ${rows}; commit`)
  await client.end()
}

/**
 * Makes the database break as it may any day, and quote what it broke at: a value that is no number, a row that a constraint
 * refuses, a column that is not there.
 */
export const faults = `
  create function quote_and_break() returns trigger language plpgsql as $$
  begin
    perform ('${canary.nameEn} ${canary.studentNumber} ${canary.printedNumber} ' || '${canary.email}')::bigint;
    return new;
  end $$;
  create trigger breaks before insert on journal for each row when (new.act <> 'person looked up') execute function quote_and_break();
  create trigger breaks before insert on look for each row execute function quote_and_break();
  create trigger breaks before insert on forgetting for each row execute function quote_and_break();
  create trigger breaks before update on message for each row execute function quote_and_break();
  create trigger breaks before insert on update_window for each row execute function quote_and_break();
  alter table wrong_try add constraint breaks check (false) not valid;
  alter table session add constraint breaks check (staff_id is null) not valid;
  alter table photo rename column picture to picture_that_was;`
