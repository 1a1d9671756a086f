import { createElement, Fragment, useCallback, useSyncExternalStore } from "react";
import { phrase } from "./phrase.js";

const ENGLISH = { lang: "en", table: {} };
let current = ENGLISH;
const readers = new Set();

const subscribe = (reader) => {
  readers.add(reader);
  return () => readers.delete(reader);
};

// Switches every sentence on the page; what a catalogue lacks stays English.
export async function speak(lang) {
  const table = lang === "en" ? {} : await fetch(`/i18n/${lang}.json`).then((answer) => (answer.ok ? answer.json() : {}));
  current = { lang, table };
  document.documentElement.lang = lang;
  readers.forEach((reader) => reader());
}

export function useText() {
  const speech = useSyncExternalStore(subscribe, () => current, () => ENGLISH);
  return useCallback((msgid, values, many) => phrase(speech, msgid, values, many), [speech]);
}

// "Times are in **London time**." with the middle in strong type.
export function Rich({ text }) {
  const parts = String(text ?? "").split("**");
  return createElement(Fragment, null, ...parts.map((part, i) => (i % 2 ? createElement("strong", { key: i }, part) : part)));
}
