import type { Plan } from './plans.ts'

// Somebody has left when the register has said so for as long as the programme says, and nothing is under way that needs to
// know who they are; what has an end of its own (a signature, a photo, a proxy's name, an account) goes before them.
const leftSql = `
  select p.id from person p
  where p.status in ('graduated', 'withdrawn') and p.forgotten_at is null and not p.also_staff and p.next_status is null
    and not exists (select from journal j where j.person_id = p.id and j.act in ('person added', 'person changed') and j.at >= $1)
    and not exists (select from card_use u where u.person_id = p.id and coalesce(upper(u.during) > $3, true))
    and not exists (select from card_loan l where l.person_id = p.id and l.returned_at is null)
    and not exists (select from wanted_open w where w.person_id = p.id)
    and not exists (select from loss_report l where l.person_id = p.id and l.sent_at is null and l.ended_at is null)
    and not exists (select from reissue r where r.person_id = p.id and r.ended_at is null)
    and not exists (select from reissue r join fee_move m on m.reissue_id = r.id join fee_entry e on e.move_id = m.id
                    where r.person_id = p.id and e.account in ('due', 'owed-back') group by e.account having sum(e.amount) <> 0)
    and not exists (select from refund_case c join refund_destination d on d.case_id = c.id where c.person_id = p.id)
    and not exists (select from production_item i where i.person_id = p.id and i.card_id is null and i.cancelled_at is null)
    and not exists (select from proxy_authorization a where a.person_id = p.id and a.erased_at is null)
    and not exists (select from signature_request q where q.person_id = p.id)
    and not exists (select from photo f where f.person_id = p.id)
    and not exists (select from correction_request q where q.person_id = p.id and q.answer is null)
    and not exists (select from batch b where b.person_id = p.id and b.text is not null)
    and not exists (select from handover h join signature s on s.card_id = h.card_id where h.person_id = p.id)
    and not exists (select from undone_handover h join undone_signature s on s.undone_id = h.id where h.person_id = p.id)
  order by p.id limit $2 for update skip locked`

const sql = `
  with old as materialized (${leftSql}),
  tries as (delete from wrong_try t using old where t.person_id = old.id),
  proofs as (delete from used_proof t using old where t.person_id = old.id),
  sessions as (delete from session t using old where t.person_id = old.id),
  marks as (delete from extra_mark t using old where t.person_id = old.id),
  corrections as (delete from correction_request t using old where t.person_id = old.id),
  letters as (delete from letter_to t using old where t.person_id = old.id),
  pushes as (delete from push t using message m, old where m.id = t.message_id and m.person_id = old.id),
  devices as (delete from push_device t using old where t.person_id = old.id),
  messages as (
    update message t set subject = '', body = '', recipient = '', last_error = null, forgotten_at = $3
    from old where t.person_id = old.id and t.forgotten_at is null),
  codes as (update card t set carrier_code_hash = null from old where t.made_for = old.id and t.carrier_code_hash is not null),
  doubts as (update identity_confirmation t set reason = '—' from old where t.person_id = old.id and t.reason is not null),
  losses as (update loss_report t set refused_because = '—' from old where t.person_id = old.id and t.refused_because is not null),
  disputes as (
    update fee_dispute t set said = '—', reason = case when t.reason is not null then '—' end
    from reissue r, old where r.id = t.reissue_id and r.person_id = old.id),
  receipts as (
    update kiosk_receipt t set student_number = null from person p, old where p.id = old.id and t.student_number = p.student_number),
  tasks as (update door_task t set reason = '—' from old where t.person_id = old.id and t.reason is not null),
  orders as (
    update production_item t set cancelled_because = '—' from old where t.person_id = old.id and t.cancelled_because is not null),
  gone as (
    update person p set student_number = 'forgotten-' || p.id, name_zh = '已離校', name_en = 'Former student', hall = null,
      email = null, health_check = null, leave_terms = '{}', returned_on = null, next_status = null, next_status_on = null,
      forgotten_at = $3
    from old where p.id = old.id returning 1)
  select count(*)::int as gone from gone`

/**
 * Who people were, so long after they graduated or withdrew. Their rows stay under their ids, because doors, receipts and
 * the journal refer to them: of nobody any more. What others wrote of them in words of their own goes, too.
 */
export const leaverPlan: Plan = {
  what: 'leavers',
  term: 'leaverMonths',
  says: { 'zh-TW': '離校者的個人資料', en: 'Who people were who have left' },
  sql,
}
