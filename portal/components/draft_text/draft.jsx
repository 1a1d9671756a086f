import { useEffect, useRef, useState } from "react";

const PAUSE = 800, LONGEST = 2500;

// Text that outlives its page: the fingers meet no State in between. What was typed is sent 0.8 s after the last key,
// and at the latest 2.5 s after the first one; when the page goes away, the rest is posted on its way out.
export function DraftText({ draftId, initial, onSave, single, savedAt, saves, savedWords, unsavedWords, beacon, ...rest }) {
  const [text, setText] = useState(initial ?? "");
  const [waiting, setWaiting] = useState(false);
  const owner = useRef("");
  const pause = useRef(0);
  const longest = useRef(0);
  const unsaved = useRef(null);
  const save = useRef(onSave);
  save.current = onSave;

  const flush = () => {
    clearTimeout(pause.current);
    clearTimeout(longest.current);
    longest.current = 0;
    if (unsaved.current === null) return;
    save.current?.(owner.current, unsaved.current);
    unsaved.current = null;
  };

  useEffect(() => {
    if (!draftId || draftId === owner.current) return;
    flush();
    owner.current = draftId;
    setText(initial ?? "");
    setWaiting(false);
  }, [draftId, initial]);

  useEffect(() => setWaiting(unsaved.current !== null), [savedAt, saves]);

  useEffect(() => {
    const leave = () => {
      if (unsaved.current === null || !owner.current) return;
      const body = JSON.stringify({ draft_id: owner.current, text: unsaved.current });
      fetch(beacon, { method: "POST", keepalive: true, headers: { "Content-Type": "application/json", "X-Quietroom": "1" }, body });
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      flush();
    };
  }, []);

  const type = (event) => {
    setText(event.target.value);
    setWaiting(true);
    unsaved.current = event.target.value;
    clearTimeout(pause.current);
    pause.current = setTimeout(flush, PAUSE);
    longest.current ||= setTimeout(flush, LONGEST);
  };

  const Field = single ? "input" : "textarea";
  const words = waiting ? unsavedWords : savedAt ? savedWords : "";
  return (
    <>
      <Field {...rest} style={rest.rows ? { "--rows": rest.rows } : undefined} value={text} onChange={type} onBlur={flush} />
      {words && <p className={waiting ? "saved unsaved" : "saved"}>{words}</p>}
    </>
  );
}
