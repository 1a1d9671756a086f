// Small habits of the page: the time, the screen that stays awake, the rest of the page that stays out of the way.
import { useEffect, useRef, useState } from "react";

export function useNow(every = 1000) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

export function useAwake(active) {
  useEffect(() => {
    if (!active || !navigator.wakeLock) return undefined;
    let lock = null;
    let done = false;
    const take = async () => {
      if (document.visibilityState !== "visible") return;
      const got = await navigator.wakeLock.request("screen").catch(() => null);
      if (done) got?.release();
      else lock = got;
    };
    take();
    document.addEventListener("visibilitychange", take);
    return () => {
      done = true;
      lock?.release().catch(() => {});
      document.removeEventListener("visibilitychange", take);
    };
  }, [active]);
}

// The call covers the page: what lies beneath must not take the keyboard.
export function useAlone(ref, active) {
  useEffect(() => {
    if (!active || !ref.current) return undefined;
    const hushed = [];
    for (let at = ref.current; at.parentElement && at !== document.body; at = at.parentElement) {
      for (const beside of at.parentElement.children) {
        if (beside !== at && !beside.inert && !/^(SCRIPT|STYLE|LINK)$/.test(beside.tagName)) hushed.push(beside);
      }
    }
    hushed.forEach((one) => (one.inert = true));
    document.documentElement.style.overflow = "hidden";
    return () => {
      hushed.forEach((one) => (one.inert = false));
      document.documentElement.style.overflow = "";
    };
  }, [ref, active]);
}

// A new screen begins at its heading, for the eyes and for a screen reader; the first one leaves the focus alone.
export function useArrival(screen) {
  const ref = useRef(null);
  const before = useRef(screen);
  useEffect(() => {
    if (before.current === screen) return;
    before.current = screen;
    ref.current?.querySelector("h1")?.focus({ preventScroll: false });
  }, [screen]);
  return ref;
}

// Holds a value back until it has lasted: weak lines come and go by the second, words should not.
export function useSettled(value, after) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), after);
    return () => clearTimeout(timer);
  }, [value, after]);
  return settled;
}

// How loud the microphone is, from 0 to 1, ten times a second; null while nothing is heard of it.
export function useLevel(track) {
  const [level, setLevel] = useState(null);
  useEffect(() => {
    setLevel(null);
    if (!track) return undefined;
    const context = new AudioContext();
    const listener = new AnalyserNode(context, { fftSize: 512 });
    context.createMediaStreamSource(new MediaStream([track])).connect(listener);
    const wave = new Float32Array(listener.fftSize);
    const timer = setInterval(() => {
      if (context.state !== "running") return void context.resume().catch(() => {});
      listener.getFloatTimeDomainData(wave);
      const power = Math.sqrt(wave.reduce((sum, one) => sum + one * one, 0) / wave.length);
      const loud = Math.min(1, Math.max(0, (20 * Math.log10(power + 1e-6) + 60) / 50));
      setLevel((before) => Math.max(loud, (before ?? 0) * 0.85)); // falls slowly, or nobody could read it
    }, 100);
    return () => {
      clearInterval(timer);
      context.close().catch(() => {});
    };
  }, [track]);
  return level;
}

// Two soft notes, to find out where the sound comes from.
export async function playSample(speaker) {
  const context = new AudioContext();
  const out = new MediaStreamAudioDestinationNode(context);
  [523.25, 659.25].forEach((pitch, i) => {
    const at = context.currentTime + i * 0.35;
    const note = new OscillatorNode(context, { frequency: pitch });
    const swell = new GainNode(context, { gain: 0 });
    swell.gain.setValueAtTime(0, at);
    swell.gain.linearRampToValueAtTime(0.25, at + 0.08);
    swell.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
    note.connect(swell).connect(out);
    note.start(at);
    note.stop(at + 0.65);
  });
  const player = new Audio();
  player.srcObject = out.stream;
  if (speaker) await player.setSinkId?.(speaker).catch(() => {});
  await player.play().catch(() => {});
  setTimeout(() => context.close(), 1400);
}
