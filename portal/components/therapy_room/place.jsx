// Where the patient is today: asked before the call, for help has to find the right door.
import { useEffect, useId, useState } from "react";
import { Check, TriangleAlert } from "lucide-react";
import { useDesk } from "./desk.js";
import { Button, Word } from "./parts.jsx";

export function Place() {
  const { say, clinic } = useDesk();
  const [told, setTold] = useState(null); // what the clinic has: {today, usual}
  const [asking, setAsking] = useState(false);
  const [state, setState] = useState("");
  useEffect(() => {
    let gone = false;
    const look = (said) => gone || (said.code ? setTold({ today: "", usual: "" }) : setTold(said));
    clinic.place().then(look, () => look({ code: "away" }));
    return () => void (gone = true);
  }, [clinic]);
  if (!told) return null;
  const tell = async (place) => {
    setState("busy");
    const said = await clinic.sayPlace(place).catch(() => ({ code: "away" }));
    if (said.code) return setState("failed");
    setTold({ ...told, today: place });
    setAsking(false);
    setState("kept");
  };
  return (
    <section className="tr-place" aria-label={say("place_title")}>
      <h2 className="tr-voice tr-title">{say("place_title")}</h2>
      {told.today && !asking ? (
        <Known place={told.today} fresh={state === "kept"} onChange={() => setAsking(true)} />
      ) : (
        <Ask told={told} onTell={tell} busy={state === "busy"} failed={state === "failed"} />
      )}
    </section>
  );
}

function Known({ place, fresh, onChange }) {
  const { say } = useDesk();
  return (
    <>
      <p>
        <b>{place}</b>
      </p>
      <div className="tr-row" role={fresh ? "status" : undefined}>
        <Word icon={Check} tone="positive">
          {say("place_kept")}
        </Word>
        <Button kind="quiet" onClick={onChange}>
          {say("place_change")}
        </Button>
      </div>
    </>
  );
}

function Ask({ told, onTell, busy, failed }) {
  const { say } = useDesk();
  const id = useId();
  const [text, setText] = useState(told.today || told.usual);
  const [empty, setEmpty] = useState(false);
  const send = (event) => {
    event.preventDefault();
    setEmpty(!text.trim());
    if (text.trim()) onTell(text.trim());
  };
  const wrong = empty ? "place_missing" : failed ? "place_failed" : "";
  return (
    <form className="tr-column" onSubmit={send} noValidate>
      <p className="tr-small tr-soft" id={`${id}-why`}>
        {say("place_why")}
      </p>
      <div className="tr-field">
        <label htmlFor={id}>{say(told.usual && !told.today ? "place_usual" : "place_label")}</label>
        <input
          id={id}
          className="tr-in tr-line"
          value={text}
          maxLength={400}
          autoComplete="street-address"
          aria-describedby={wrong ? `${id}-why ${id}-wrong` : `${id}-why`}
          aria-invalid={empty}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {wrong && (
        <p className="tr-word tr-danger" id={`${id}-wrong`} role="alert">
          <TriangleAlert aria-hidden="true" className="tr-i" strokeWidth={1.75} />
          <span>{say(wrong)}</span>
        </p>
      )}
      <div>
        <button type="submit" className="tr-btn tr-calm" disabled={busy}>
          {say("place_tell")}
        </button>
      </div>
    </form>
  );
}
