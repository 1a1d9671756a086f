// Devices, how much picture the line should carry, and one's own small picture.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useDesk } from "./desk.js";
import { canChooseSpeaker } from "./devices.js";
import { Button, Choice } from "./parts.jsx";
import { Place } from "./place.jsx";

const KIND = { camera: "videoinput", microphone: "audioinput", speaker: "audiooutput" };

function useDeviceList() {
  const [list, setList] = useState([]);
  useEffect(() => {
    const media = navigator.mediaDevices;
    const count = () => media.enumerateDevices().then(setList, () => {});
    count();
    media.addEventListener("devicechange", count);
    return () => media.removeEventListener("devicechange", count);
  }, []);
  return (kind) => list.filter((one) => one.kind === KIND[kind] && one.deviceId && one.label);
}

export function More({ call, now, own, onClose }) {
  const { say, role } = useDesk();
  const ref = useRef(null);
  const of = useDeviceList();
  const [ids, setIds] = useState(call.ids);
  useLayoutEffect(() => {
    const before = document.activeElement;
    ref.current.focus();
    return () => ref.current?.contains(document.activeElement) && before?.focus();
  }, []);
  const choose = (kind, id) => {
    setIds((all) => ({ ...all, [kind]: id }));
    call.use(kind, id);
  };
  const kinds = canChooseSpeaker() ? ["camera", "microphone", "speaker"] : ["camera", "microphone"];
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      className="tr-sheet"
      aria-label={say("more_title")}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <div className="tr-split">
        <h2 className="tr-voice tr-title">{say("more_title")}</h2>
        <Button kind="quiet" onClick={onClose}>
          {say("close")}
        </Button>
      </div>
      {role === "patient" && <Place />}
      <Quality call={call} now={now} />
      {kinds.map((kind) => (
        <Choice
          key={kind}
          label={say(`${kind}_label`)}
          value={ids[kind] || ""}
          options={of(kind)}
          fallback={say("default_device")}
          onChange={(id) => choose(kind, id)}
        />
      ))}
      {now.myCamera && (
        <Button onClick={() => own.setHidden(!own.hidden)}>{say(own.hidden ? "show_me" : "hide_me")}</Button>
      )}
    </aside>
  );
}

function Quality({ call, now }) {
  const { say } = useDesk();
  return (
    <fieldset className="tr-quality">
      <legend>{say("quality")}</legend>
      {["auto", "light", "sound"].map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="tr-quality"
            className="tr-pick"
            checked={now.quality === one}
            onChange={() => call.setQuality(one)}
          />
          <span>
            <b>{say(`quality_${one}`)}</b>
            <span className="tr-small">{say(`quality_${one}_more`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
