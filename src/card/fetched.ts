/**
 * SQL: whether a class representative has the card of a handover still, by that handover's alias: neither activated nor ever
 * reported lost by its holder, nor handed in for another one. What was reported was in the holder's hands, and stays there when
 * the report is withdrawn.
 */
export const stillFetched = (handover: string): string => `(
  ${handover}.how = 'representative' and upper_inf(${handover}.held)
  and not exists (select from activation a where a.card_id = ${handover}.card_id)
  and not exists (select from loss_report l where l.card_id = ${handover}.card_id))`
