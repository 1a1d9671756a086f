// The therapist's sheet for the worst minute: opened with one press, and the opening is written down.
import { useLayoutEffect, useRef, useState } from "react";
import { TriangleAlert } from "lucide-react";
import { useDesk } from "./desk.js";
import { Button, Lines } from "./parts.jsx";
import { dial } from "./words.js";

export function Safety({ onClose }) {
  const { say, at, clinic, crisisLines } = useDesk();
  const [sheet, setSheet] = useState({});
  const ref = useRef(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const box = ref.current;
    box.focus();
    clinic.safety().then(
      ({ said }) => setSheet(said.code ? { failed: true } : said),
      () => setSheet({ failed: true }),
    );
    return () => box.contains(document.activeElement) && before?.focus();
  }, [clinic]);
  const lines = sheet.lines ?? crisisLines ?? [];
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      className="tr-sheet"
      aria-label={say("safety_title")}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <div className="tr-split">
        <h2 className="tr-voice tr-title">{say("safety_title")}</h2>
        <Button kind="quiet" onClick={onClose}>
          {say("close")}
        </Button>
      </div>
      {sheet.failed && (
        <p className="tr-word tr-danger" role="alert">
          <TriangleAlert aria-hidden="true" className="tr-i" strokeWidth={1.75} />
          <span>{say("safety_failed")}</span>
        </p>
      )}
      <dl>
        <Fact name={saidWhen(sheet.place_at, say, at)}>
          {sheet.place && (
            <b>
              <bdi>{sheet.place}</bdi>
            </b>
          )}
        </Fact>
        <Fact name={say("safety_phone")}>{sheet.phone && <a href={dial(sheet.phone)}>{sheet.phone}</a>}</Fact>
        <Fact name={say("safety_contact")}>
          {sheet.contact_name && <bdi>{sheet.contact_name}</bdi>}{" "}
          {sheet.contact_phone && <a href={dial(sheet.contact_phone)}>{sheet.contact_phone}</a>}
        </Fact>
      </dl>
      {sheet.flag && (
        <p className="tr-word tr-danger">
          <TriangleAlert aria-hidden="true" className="tr-i" strokeWidth={1.75} />
          <span>{say("safety_flag", { flag: sheet.flag })}</span>
        </p>
      )}
      <Lines lines={lines} />
      <p className="tr-small tr-soft">{say("safety_recorded")}</p>
    </aside>
  );
}

function saidWhen(instant, say, at) {
  if (!instant) return say("safety_place_usual");
  return say(at.today(instant) ? "safety_place" : "safety_place_on", at(instant));
}

function Fact({ name, children }) {
  const known = Array.isArray(children) ? children.some((one) => one && one !== " ") : children;
  if (!known) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd className="tr-num">{children}</dd>
    </div>
  );
}
