import { useEffect, useRef, useState } from "react";

// A zone that somebody picked goes before that of the device, on every page of the tab and after a reload.
const PICKED = "quietroom.zone";
const picked = () => {
  try { return sessionStorage.getItem(PICKED); } catch { return null; }
};
const keep = (zone) => {
  try { sessionStorage.setItem(PICKED, zone); } catch { /* a browser that keeps nothing: it counts until the next page */ }
};

// Tells the page once in which zone times are to be told: the picked one, or the device's.
export function ZoneProbe({ onZone }) {
  useEffect(() => {
    onZone?.(picked() || Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, []);
  return null;
}

// Every zone that the browser knows, by continent, made when somebody unfolds it: over 400 are a moment's work for a
// slow phone. The one in use comes first, so that it is there before the list is.
export function ZoneSelect({ zone, label, id, onPick }) {
  const [zones, setZones] = useState([]);
  const field = useRef(null);
  useEffect(() => {
    const fill = () => setZones(Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : []);
    const fold = field.current.closest("details:not([open])");
    if (!fold) return fill();
    fold.addEventListener("toggle", fill, { once: true });
    return () => fold.removeEventListener("toggle", fill);
  }, []);
  const groups = {};
  for (const name of zones) {
    const [area, ...rest] = name.split("/");
    if (rest.length && name !== zone) (groups[area] ??= []).push([name, rest.join(", ").replaceAll("_", " ")]);
  }
  return (
    <div className="field" ref={field}>
      <label htmlFor={id}>{label}</label>
      <select className="in" id={id} value={zone || ""} onChange={(e) => { keep(e.target.value); onPick?.(e.target.value); }}>
        <option value={zone || ""}>{(zone || "").split("/").reverse().join(", ").replaceAll("_", " ")}</option>
        {Object.entries(groups).map(([area, names]) => (
          <optgroup key={area} label={area}>
            {names.map(([name, words]) => <option key={name} value={name}>{words}</option>)}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

// Fires every `seconds` while somebody can see the tab, and at once when they come back to it.
export function Tick({ seconds, onTick }) {
  const fire = useRef(onTick);
  fire.current = onTick;
  useEffect(() => {
    let last = Date.now();
    const look = () => {
      if (document.hidden || Date.now() - last < seconds * 1000 - 50) return;
      last = Date.now();
      fire.current?.();
    };
    const timer = setInterval(look, seconds * 1000);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [seconds]);
  return null;
}
