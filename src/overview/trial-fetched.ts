import type { TestCampus } from '../../test/campus.ts'

/** Lets a collected card be one that a class representative fetched so many days ago, and nobody has activated. */
export const fetchedBefore = ({ owner }: TestCampus, number: string, days: number) =>
  owner.pool.query(
    `with given as (
       insert into batch (person_id, checked, counter, clerk, given_at, back_by, cards, manner, erase_on)
       select id, 'old-card', 'dept-csie', 'desk-csie', campus_now() - $2 * interval '1 day', '2023-12-31', 1, 'witnessed',
              '2024-12-31' from person where student_number = $1 returning id, given_at)
     update handover h set how = 'representative', batch_id = given.id, counter = null, clerk = null, at = given.given_at
     from given, person p where p.student_number = $1 and h.person_id = p.id`,
    [number, days],
  )
