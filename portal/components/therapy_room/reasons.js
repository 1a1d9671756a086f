// Why a line to the room ended, and what follows from it. The numbers are the video server's own.

const DUPLICATE_IDENTITY = 2;
const PARTICIPANT_REMOVED = 4;
const ROOM_DELETED = 5;

// "again": come back by itself. "ask": the clinic knows whether the visit is over. The rest are pages.
export function afterwards(reason, asked) {
  if (asked) return "left";
  if (reason === DUPLICATE_IDENTITY) return "elsewhere";
  if (reason === PARTICIPANT_REMOVED || reason === ROOM_DELETED) return "ask";
  return "again"; // a frozen page too: the browser hung up, nobody asked it to
}

// What the clinic's refusal of a seat means: a page, or another try.
export const refusals = {
  finished: "ended",
  not_admitted: "waiting",
  consent_taken_back: "waiting", // the page before the room says what is missing
  early: "waiting",
  gone: "gone",
  signed_out: "signed_out",
};

const STEPS = [0, 500, 1000, 2000, 3000, 4000];

export const pause = (attempt, chance = Math.random()) =>
  (STEPS[attempt] ?? STEPS[STEPS.length - 1]) + (attempt ? chance * 500 : 0);
