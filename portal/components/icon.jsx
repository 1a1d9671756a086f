import { ICONS } from "./icons.js";

// One outline, beside a word (hidden from screen readers) or alone (with a label).
export function Icon({ name, label, large }) {
  const path = ICONS[name];
  if (!path) return null;
  const spoken = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    <svg className={large ? "i-l" : "i"} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" {...spoken}>
      <path d={path} />
    </svg>
  );
}
