import { useEffect, useRef, useState } from "react";
import { Kept } from "./kept.js";

// Text that outlives its page: the fingers meet no State in between. What was typed is sent 0.8 s after the last key,
// and at the latest 2.5 s after the first one, and again until the clinic has it; when the page goes away, the rest is
// posted on its way out. Nothing can be typed before the clinic has told what it holds.
export function DraftText({ draftId, initial, seen, away, onSave, single, savedAt, savedWords, unsavedWords, beacon, ...rest }) {
  const [text, setText] = useState(initial ?? "");
  const [late, setLate] = useState(false);
  const [owned, setOwned] = useState(false);
  const save = useRef(onSave);
  save.current = onSave;
  const ref = useRef(null);
  ref.current ??= new Kept({
    onShow: setText,
    onLate: setLate,
    deliver: ({ owner, text, base, stamp }) => save.current?.(owner, text, base, stamp),
  });
  const kept = ref.current;

  useEffect(() => {
    kept.told(draftId, initial, seen);
    if (draftId) setOwned(true);
  }, [draftId, initial, seen]);

  useEffect(() => kept.reach(Boolean(away)), [away]);

  useEffect(() => {
    const leave = () => {
      if (!kept.unsaved) return;
      const { owner, text, base, stamp } = kept.parcel();
      const body = JSON.stringify({ draft_id: owner, text, seen: base, stamp });
      const headers = { "Content-Type": "application/json", "X-Quietroom": "1" };
      fetch(beacon, { method: "POST", keepalive: true, headers, body }).catch(() => {});
    };
    const back = () => document.visibilityState === "visible" && kept.sent.length > 0 && kept.again();
    window.addEventListener("pagehide", leave);
    window.addEventListener("online", back);
    document.addEventListener("visibilitychange", back);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("online", back);
      document.removeEventListener("visibilitychange", back);
      kept.flush();
      kept.rest();
    };
  }, []);

  const type = (event) => {
    setText(event.target.value);
    kept.type(event.target.value);
  };

  const Field = single ? "input" : "textarea";
  const words = late ? unsavedWords : savedAt ? savedWords : "";
  return (
    <>
      <Field
        {...rest}
        readOnly={!owned}
        style={rest.rows ? { "--rows": rest.rows } : undefined}
        value={text}
        onChange={type}
        onBlur={() => kept.flush()}
      />
      {words && (
        <p className={late ? "saved unsaved" : "saved"} role={late ? "status" : undefined}>
          {words}
        </p>
      )}
    </>
  );
}
