import { Children, useEffect, useRef, useState } from "react";

const minutesAndSeconds = (seconds) => `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;

// Counts down to an instant. Seconds are for the eyes; screen readers hear `spoken` at 10, 5 and 1 minutes, and `over` at the end.
// `toldAt` is the practice's own clock: a device whose clock is wrong counts right all the same.
export function Countdown({ endsAt, toldAt, lasts, label, left, spoken, over, onEnd, children }) {
  const end = endsAt ? Date.parse(endsAt) : NaN;
  const [now, setNow] = useState(null);
  const [said, setSaid] = useState("");
  const ended = useRef(null);
  const heard = useRef(new Set());

  useEffect(() => {
    if (Number.isNaN(end)) return undefined;
    heard.current = new Set();
    setSaid("");
    const fast = toldAt ? Date.now() - Date.parse(toldAt) : 0;
    const look = () => {
      const seconds = Math.max(0, Math.ceil((end - (Date.now() - fast)) / 1000));
      setNow(seconds);
      for (const minutes of [10, 5, 1]) {
        const near = seconds <= minutes * 60 && seconds > minutes * 60 - 20;
        if (near && !heard.current.has(minutes)) {
          heard.current.add(minutes);
          setSaid(spoken[minutes]);
        }
      }
      if (seconds === 0 && ended.current !== endsAt) {
        ended.current = endsAt;
        setSaid(over);
        onEnd?.();
      }
    };
    look();
    const timer = setInterval(look, 1000);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [endsAt, toldAt]);

  if (Number.isNaN(end)) return null;
  const [what, ...more] = Children.toArray(children);
  const share = now === null ? 100 : Math.min(100, (now / lasts) * 100);
  return (
    <section className="hold lit" aria-label={label}>
      <div className="inside">
        <div className="split">
          <p>{now === 0 ? over : what}</p>
          {now !== 0 && (
            <p className="row nowrap" role="timer">
              <span className="left">{now === null ? "\u2007\u2007:\u2007\u2007" : minutesAndSeconds(now)}</span><span>{left}</span>
            </p>
          )}
        </div>
        <div className="bar" aria-hidden="true"><i style={{ width: `${share}%` }} /></div>
        {now !== 0 && more}
        <p className="hide" role="status">{said}</p>
      </div>
    </section>
  );
}
