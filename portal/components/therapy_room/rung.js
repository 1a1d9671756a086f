// The rung of the ladder on which a call stands, as a key of its sentence; nothing to say while all is well.

const weak = (line) => line === "poor" || line === "lost";

export function rungOf({ phase, line, other, quality, paused, still, myLine, otherLine }) {
  if (phase !== "in" || line !== "fine") return "";
  if (quality === "sound") return "sound_chosen";
  if (other) {
    if (paused) return "paused";
    if (otherLine === "lost") return "theirs_lost";
    if (still) return "still";
    if (weak(myLine)) return "mine";
    if (weak(otherLine)) return "theirs";
  }
  return quality === "light" ? "light_chosen" : "";
}
