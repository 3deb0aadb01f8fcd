/**
 * A programme from nothing: what is fixed, and usual values for what is technical, all of them under `invented` until the
 * office has confirmed them. What only the office knows is missing, and the editor leads through it.
 */
export const beginning = `# A new programme. What stands under "invented" is usual elsewhere: confirm or change it, and take it off that list.
id: programme
publishing: second-person
deadline:
  moment: start-of-day
  ends: campus-access
timetable:
  days: every-day
  windows: []
  atOnceWithinMinutes: 10
quietSeconds: 35
cohorts:
  # The last group has no conditions: it catches everybody.
  - id: everybody
    name: { zh-TW: 其他學生, en: All other students }
    why: { zh-TW: 您可領取新卡。, en: You are due a new card. }
    when: {}
    outcome: { kind: collect-at-department }
evidence:
  - id: old-card
    name: { zh-TW: 舊卡, en: your old card }
    how: { zh-TW: 在櫃檯感應。, en: It is read at the desk. }
  - id: id-document
    name: { zh-TW: 附照片的身分證件, en: a photo ID }
    how: { zh-TW: 須為正本。, en: An original. }
pickup:
  accepts: [[old-card]]
  whenNeither: [[id-document]]
  whenNeitherConfirmedBy: second-person
  confirmationMinutes: 10
  signs: true
  signatureText: { zh-TW: '本人已領取{newEdition}。', en: 'I have received the {newEdition}.' }
  keepsOldCard: true
  proxy: { allowed: false, for: [first-card], bring: [[id-document]], daysGood: 7 }
appProof: { lifetimeSeconds: 60, withoutSignalHours: 24 }
activation: { wrongTries: 5, waitMinutes: 15 }
doesNotMove: []
reissue:
  lostOldBeforePickup: free-new-card
  foundAgain: until-produced
  feeWhenFoundAgain: paid-back
  unpaidLapsesAfterMonths: 3
  remindsUnpaidAfterDays: []
  bring: [[id-document]]
  pays:
    - { kinds: [regular, in-service, exchange, visiting], ways: [counter] }
  feeDisputedFor: []
  kiosks: []
repayments: { aloneAtMost: 1000, aloneAtMostADay: 5000, waitsDays: 7 }
loss: { pausesAtMost: 3, newLostBeforeDoors: old-card-goes-on }
issuer:
  phones: []
  riskHours: 3
  clockStarts: reported
  sendsAt: []
  schedulesAtMostDays: 0
  refundWays: [bank]
  refundWorkingDays: 30
contacts: []
remindDaysBefore: [30, 7, 1]
retention: { signatureDays: 365, photoDays: 180 }
faq: []
sources: {}
invented: [/quietSeconds, /timetable/atOnceWithinMinutes, /activation, /appProof, /issuer, /loss, /reissue, /repayments, /retention]
`
