// Sentences, times and lengths of time, as the page's language writes them.

const tongue = () => {
  const lang = document.documentElement.lang || "en";
  return lang === "en" ? "en-GB" : lang;
};

// An unknown slot stays, and nothing in a value is ever a slot.
export const fill = (form, values = {}) =>
  String(form ?? "").replace(/\{(\w+)\}/g, (slot, name) => (name in values ? String(values[name] ?? "") : slot));

export const speaker = (labels) => (key, values) => fill(labels[key], values);

export const homeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export const cityOf = (zone) => (zone || homeZone()).split("/").pop().replaceAll("_", " ");

export const clock = (instant, zone) =>
  new Intl.DateTimeFormat(tongue(), { hour: "2-digit", minute: "2-digit", timeZone: zone || homeZone() }).format(
    new Date(instant),
  );

// "Monday 7 December": for what is not today.
export const dayOf = (instant, zone) =>
  new Intl.DateTimeFormat(tongue(), {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: zone || homeZone(),
  }).format(new Date(instant));

// A number, a name of a zone, a length of time: none of them breaks across lines.
export const unbroken = (words) => words.replaceAll(" ", "\u00a0");

export const dial = (number) => `tel:${String(number).replaceAll(/[^+\d]/g, "")}`;

const unit = (n, name, length) =>
  new Intl.NumberFormat(tongue(), { style: "unit", unit: name, unitDisplay: length }).format(n);

// "4 hours and 38 minutes", "11 days and 23 hours"; less than a minute counts as one.
export function span(milliseconds, length = "long") {
  const minutes = Math.max(1, Math.round(milliseconds / 60000));
  const hours = Math.floor(minutes / 60);
  if (!hours) return unit(minutes, "minute", length);
  const days = Math.floor(hours / 24);
  const parts = days ? [unit(days, "day", length)] : [];
  if (hours % 24) parts.push(unit(hours % 24, "hour", length));
  if (!days && minutes % 60) parts.push(unit(minutes % 60, "minute", length));
  return new Intl.ListFormat(tongue(), { type: "conjunction" }).format(parts);
}

// "Dr Miriam Okafor" is MO: a title is no name.
export function initials(name = "") {
  const words = name.split(/\s+/).filter((word) => word && !/^(dr|mr|mrs|ms|mx|prof)\.?$/i.test(word));
  return [words[0], words.length > 1 && words[words.length - 1]].map((word) => (word ? word[0] : "")).join("");
}
