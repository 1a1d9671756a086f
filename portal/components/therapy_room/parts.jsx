// Small parts of the look: buttons, icons with words, light, fields.
import { useEffect, useId, useRef, useState } from "react";
import { Phone } from "lucide-react";
import { useDesk } from "./desk.js";
import { dial, initials, unbroken } from "./words.js";

export function Button({ kind = "calm", icon: Icon, children, ...rest }) {
  return (
    <button type="button" className={`tr-btn tr-${kind}`} {...rest}>
      {Icon && <Icon aria-hidden="true" className="tr-i" strokeWidth={1.75} />}
      {children}
    </button>
  );
}

export function Door({ href, kind = "calm", children }) {
  return (
    <a className={`tr-btn tr-${kind}`} href={href}>
      {children}
    </a>
  );
}

export function Word({ icon: Icon, tone = "", children }) {
  return (
    <p className={`tr-word ${tone && `tr-${tone}`}`}>
      <Icon aria-hidden="true" className="tr-i" strokeWidth={1.75} />
      <span>{children}</span>
    </p>
  );
}

export function Heading({ children, hidden }) {
  return (
    <h1 tabIndex={-1} className={hidden ? "tr-hide" : "tr-voice tr-heading"}>
      {children}
    </h1>
  );
}

// Whom one is here with: their portrait, or their initials where there is none.
export function Face({ className = "" }) {
  const { room } = useDesk();
  const [missing, setMissing] = useState(false);
  if (room.other_portrait && !missing) {
    const source = `/faces/${encodeURIComponent(room.other_portrait)}.svg`;
    return <img className={`tr-face ${className}`} src={source} alt="" onError={() => setMissing(true)} />;
  }
  return (
    <p className={`tr-face tr-voice ${className}`} aria-hidden="true">
      {initials(room.other_name)}
    </p>
  );
}

const MARK = "\u0000"; // where the number stands in the sentence

// A sentence with the practice's phone in it, ready to be dialled.
export function WithPhone({ name }) {
  const { say, room } = useDesk();
  const [before, after = ""] = say(name, { phone: MARK }).split(MARK);
  return (
    <>
      {before}
      <a href={dial(room.phone)}>{unbroken(room.phone)}</a>
      {after}
    </>
  );
}

export function Lines({ lines }) {
  return (
    <ul className="tr-lines">
      {lines.map((line) => (
        <li key={`${line.name} ${line.number}`}>
          <a href={line.href || dial(line.number)}>
            <Phone aria-hidden="true" className="tr-i" strokeWidth={1.75} />
            <span>
              <b>{line.number}</b> {line.name}
              {line.note && <small>{line.note}</small>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

export const Lit = ({ plain, children, ...rest }) => (
  <div className={`tr-lit ${plain ? "tr-plain" : ""}`} {...rest}>
    {children}
  </div>
);

export function Choice({ label, value, options, onChange, fallback }) {
  const id = useId();
  if (!options.length) return null;
  return (
    <div className="tr-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="tr-in" value={value} onChange={(event) => onChange(event.target.value)}>
        {!options.some((one) => one.deviceId === value) && <option value={value}>{fallback}</option>}
        {options.map((one) => (
          <option key={one.deviceId} value={one.deviceId}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}

const STILL = 4000; // so long without a frame, and a picture is no longer live

// Tells when frames begin to flow, stand still, or flow again.
function watchFrames(screen, onFlow) {
  let last = 0;
  let call = 0;
  const frame = () => {
    last = performance.now();
    onFlow("flowing");
    call = screen.requestVideoFrameCallback?.(frame);
  };
  if (screen.requestVideoFrameCallback) call = screen.requestVideoFrameCallback(frame);
  else screen.addEventListener("playing", frame, { once: true });
  const timer = setInterval(() => {
    const hidden = document.visibilityState === "hidden";
    if (call && last && !hidden && performance.now() - last > STILL) onFlow("still");
  }, 1000);
  return () => {
    clearInterval(timer);
    if (call) screen.cancelVideoFrameCallback(call);
    screen.removeEventListener("playing", frame);
    onFlow("none");
  };
}

// A track of the video kit, or a bare one of the browser's.
export function Video({ track, label, className = "", onFlow }) {
  const ref = useRef(null);
  useEffect(() => {
    const screen = ref.current;
    const ours = typeof track.attach === "function";
    if (ours) track.attach(screen);
    else screen.srcObject = new MediaStream([track]);
    const forget = onFlow && watchFrames(screen, onFlow);
    return () => {
      forget?.();
      if (ours) track.detach(screen);
      else screen.srcObject = null;
    };
  }, [track, onFlow]);
  return <video ref={ref} className={className} aria-label={label} autoPlay playsInline muted />;
}

export function Sounds({ tracks, speaker }) {
  const ref = useRef(null);
  useEffect(() => {
    const players = tracks.map((track) => {
      const player = track.attach();
      if (speaker) track.setSinkId?.(speaker).catch(() => {});
      ref.current.append(player);
      return [track, player];
    });
    return () => players.forEach(([track, player]) => (track.detach(player), player.remove()));
  }, [tracks, speaker]);
  return <div ref={ref} hidden />;
}

export function Dialog({ title, children, onClose }) {
  const ref = useRef(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog.showModal();
    dialog.querySelector("[data-first]")?.focus();
    return () => before?.focus?.();
  }, []);
  return (
    <dialog ref={ref} className="tr-dialog" aria-labelledby={id} onClose={onClose} onCancel={onClose}>
      <h2 id={id} className="tr-voice tr-title">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
