// The few questions that this room puts to the clinic, all by HTTP.

export class Away extends Error {}

const PATIENCE = 8000;
const KNOWN = new Set([
  "consent_taken_back",
  "early",
  "finished",
  "gone",
  "nobody_waits",
  "not_admitted",
  "not_begun",
  "signed_out",
  "unavailable",
]);
const CODES = {
  401: "signed_out",
  403: "gone",
  404: "gone",
  409: "not_admitted",
  410: "finished",
  503: "unavailable",
};

async function ask(url, method, told) {
  let answer;
  try {
    answer = await fetch(url, {
      method,
      cache: "no-store",
      credentials: "same-origin",
      headers: {
        ...(method === "POST" ? { "X-Quietroom": "1" } : {}),
        ...(told ? { "Content-Type": "application/json" } : {}),
      },
      body: told && JSON.stringify(told),
      keepalive: Boolean(told), // what was typed arrives although the page goes
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new Away(error.name);
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return { said, skew: skewOf(answer) };
  const code = KNOWN.has(said.code) ? said.code : CODES[answer.status];
  if (!code) throw new Away(`status ${answer.status}`); // broken or too busy is as good as away
  return { said: { ...said, code } };
}

// How far this device's clock is behind the clinic's, to the second.
function skewOf(answer) {
  const there = Date.parse(answer.headers.get("date") || "");
  return Number.isNaN(there) ? 0 : there - Date.now();
}

export function clinicFor(visitId) {
  const base = `/api/visits/${encodeURIComponent(visitId)}`;
  return {
    room: () => ask(`${base}/room`, "GET"),
    knock: () => ask(`${base}/knock`, "POST"),
    leave: () => ask(`${base}/leave`, "POST"),
    admit: () => ask(`${base}/admit`, "POST"),
    finish: () => ask(`${base}/finish`, "POST"),
    place: async () => (await ask(`${base}/place`, "GET")).said,
    sayPlace: async (place) => (await ask(`${base}/place`, "POST", { place })).said,
    safety: () => ask(`${base}/safety`, "POST"),
    seat: async () => (await ask(`${base}/video-token`, "POST")).said,
  };
}
