import { useEffect, useRef, useState } from "react";

// What is chosen shows at once, with or without a line to the practice; what the practice says later wins.
function useChosen(value, owner, keepsEmpty) {
  const [chosen, setChosen] = useState(value ?? "");
  useEffect(() => setChosen(value ?? ""), [owner]);
  useEffect(() => {
    if (keepsEmpty || (value !== "" && value !== null && value !== undefined)) setChosen(value ?? "");
  }, [value]);
  return [chosen, setChosen];
}

export function Rows({ name, options, value, across, onPick }) {
  const [chosen, setChosen] = useChosen(value, name, false);
  const pick = (key) => {
    setChosen(key);
    onPick?.(key);
  };
  return (
    <div className={across ? "rows across" : "rows"}>
      {options.map(({ value: key, label, hint, off }) => (
        <label key={key}>
          <input className="pick" type="radio" name={name} value={key} checked={String(chosen) === String(key)} disabled={off} onChange={() => pick(key)} />
          <span>{label}{hint && <small>{hint}</small>}</span>
        </label>
      ))}
    </div>
  );
}

export function Choose({ options, value, onPick, ...rest }) {
  const [chosen, setChosen] = useChosen(value, rest.id, true);
  const pick = (event) => {
    setChosen(event.target.value);
    onPick?.(event.target.value);
  };
  return (
    <select {...rest} value={chosen} onChange={pick}>
      {options.map(({ value: key, label, off }) => <option key={key} value={key} disabled={off}>{label}</option>)}
    </select>
  );
}

export function TickBox({ ticked, onPick, ...rest }) {
  const [chosen, setChosen] = useChosen(ticked, rest.name, true);
  const pick = (event) => {
    setChosen(event.target.checked);
    onPick?.(event.target.checked);
  };
  return <input {...rest} className="pick" type="checkbox" checked={Boolean(chosen)} onChange={pick} />;
}

// After a try that was not taken, the focus goes to the first field with a problem; `tries` counts them.
export function ToProblem({ tries }) {
  const place = useRef(null);
  useEffect(() => {
    if (!tries) return;
    const wrong = place.current.closest("main")?.querySelector(".err");
    wrong?.closest(".field, fieldset")?.querySelector("input, textarea, select")?.focus();
  }, [tries]);
  return <span hidden ref={place} />;
}
