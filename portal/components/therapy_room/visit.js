// What the clinic says about this visit, asked again every few seconds; the patient's question is the knock.
import { useEffect, useRef, useState } from "react";
import { Away } from "./clinic.js";

const OFTEN = 3000;
const DURING = 5000;
const SELDOM = 15000;
const LOST_AFTER = 2; // unanswered questions

const HOW = new Set(["consent_taken_back", "early", "finished"]); // why a knock is not taken

const START = { room: null, away: false, failures: 0, skew: 0 };

const untilOpen = ({ said, skew }) =>
  Math.min(SELDOM, Math.max(1000, Date.parse(said.opens_at) - Date.now() - skew || SELDOM));

function next(before, answer) {
  const { said, skew = before.skew } = answer;
  const state = said.state || said.code || before.room?.state;
  return { room: { ...before.room, ...said, state }, away: false, failures: 0, skew };
}

export function useVisit(clinic, knocking, calling) {
  const [visit, setVisit] = useState(START);
  const again = useRef(() => {});

  useEffect(() => {
    let timer = 0;
    let stopped = false;
    let asking = false;
    const settle = (change) => !stopped && setVisit(change);
    const ask = async () => {
      clearTimeout(timer);
      if (asking) return;
      asking = true;
      let rest = calling ? DURING : OFTEN;
      try {
        let answer = await (knocking ? clinic.knock() : clinic.room());
        if (knocking && HOW.has(answer.said.code)) answer = await clinic.room(); // it says how it stands
        settle((before) => next(before, answer));
        if (answer.said.state === "early") rest = untilOpen(answer);
        if (answer.said.state === "finished") return; // for good
      } catch (error) {
        if (!(error instanceof Away)) throw error;
        settle((before) => ({ ...before, failures: before.failures + 1, away: before.failures + 1 >= LOST_AFTER }));
      } finally {
        asking = false;
      }
      if (!stopped) timer = setTimeout(ask, rest);
    };
    again.current = ask;
    ask();
    const back = () => document.visibilityState === "visible" && ask();
    document.addEventListener("visibilitychange", back);
    window.addEventListener("online", back);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", back);
      window.removeEventListener("online", back);
    };
  }, [clinic, knocking, calling]);

  return [visit, (answer) => setVisit((before) => next(before, answer)), () => again.current()];
}
