// Where the patient is today: asked from the opening of the room on, for help has to find the right door.
import { useEffect, useId, useState } from "react";
import { Check, TriangleAlert } from "lucide-react";
import { useDesk } from "./desk.js";
import { Button, Word } from "./parts.jsx";
import { useStore } from "./store.js";

export function Place() {
  const { say, place } = useDesk();
  const { told, state } = useStore(place);
  const [asking, setAsking] = useState(!["", "kept"].includes(state));
  useEffect(() => void place.look(), [place]);
  if (!told) return null;
  const known = told.today && !asking;
  return (
    <section className="tr-place" aria-label={say("place_title")}>
      <h2 className="tr-voice tr-title">{say("place_title")}</h2>
      {known ? (
        <Known place={told.today} fresh={state === "kept"} onChange={() => setAsking(true)} />
      ) : (
        <Ask keeper={place} onType={() => setAsking(true)} onKept={() => setAsking(false)} />
      )}
    </section>
  );
}

function Known({ place, fresh, onChange }) {
  const { say } = useDesk();
  return (
    <>
      <p>
        <b>
          <bdi>{place}</bdi>
        </b>
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

const WRONG = { failed: "place_failed", early: "place_early", finished: "place_finished" };

// Stays a field while somebody types, kept or not: nothing moves away under a finger.
function Ask({ keeper, onType, onKept }) {
  const { say } = useDesk();
  const { told, text, state } = useStore(keeper);
  const id = useId();
  const [label] = useState(told.usual && !told.today ? "place_usual" : "place_label");
  const [empty, setEmpty] = useState(false);
  const send = async (event) => {
    event.preventDefault();
    setEmpty(!text.trim());
    if (await keeper.say()) onKept();
  };
  const type = (event) => {
    onType();
    keeper.type(event.target.value);
  };
  const wrong = empty && !text.trim() ? "place_missing" : WRONG[state];
  return (
    <form className="tr-column" onSubmit={send} noValidate>
      <p className="tr-small tr-soft" id={`${id}-why`}>
        {say("place_why")}
      </p>
      <div className="tr-field">
        <label htmlFor={id}>{say(label)}</label>
        <input
          id={id}
          className="tr-in tr-line"
          value={text}
          maxLength={400}
          autoComplete="street-address"
          aria-describedby={wrong ? `${id}-why ${id}-wrong` : `${id}-why`}
          aria-invalid={wrong === "place_missing"}
          onChange={type}
          onBlur={() => keeper.keep()}
        />
      </div>
      {wrong && (
        <p className="tr-word tr-danger" id={`${id}-wrong`} role="alert">
          <TriangleAlert aria-hidden="true" className="tr-i" strokeWidth={1.75} />
          <span>{say(wrong)}</span>
        </p>
      )}
      <div>
        <button type="submit" className="tr-btn tr-calm">
          {say("place_tell")}
        </button>
      </div>
      <div role="status">
        {state === "kept" && (
          <Word icon={Check} tone="positive">
            {say("place_kept")}
          </Word>
        )}
      </div>
    </form>
  );
}
