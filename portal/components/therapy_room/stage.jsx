// The call: the other fills the room, one's own picture stays small, words lie on a veil.
import { useCallback, useState } from "react";
import { Clock, MicOff, Volume2 } from "lucide-react";
import { Controls } from "./controls.jsx";
import { useClinicTime, useDesk } from "./desk.js";
import { useAlone, useAwake } from "./hooks.js";
import { More } from "./more.jsx";
import { Bars, Rung } from "./notices.jsx";
import { Face, Heading, Sounds, Video } from "./parts.jsx";
import { Safety } from "./safety.jsx";
import { Lost } from "./lost.jsx";
import { useStore } from "./store.js";
import { NightWindow } from "./wall.jsx";

const CORNERS = ["se", "sw", "nw", "ne"];

export function Stage({ call, visit, root, onAdmit, busy }) {
  const { say, role } = useDesk();
  const now = useStore(call);
  const [panel, setPanel] = useState("");
  const [corner, setCorner] = useState(0);
  const [hidden, setHidden] = useState(false);
  const [flow, setFlow] = useState("none");
  useAwake(true);
  useAlone(root, true);
  const close = useCallback(() => setPanel(""), []);
  const toggle = (name) => setPanel((open) => (open === name ? "" : name));
  const picture = now.screen || now.camera;
  return (
    <div
      className="tr-stage"
      data-room=""
      data-line={now.phase === "in" ? now.line : now.phase}
      data-remote-video={pictureState(now, picture, flow)}
      data-remote-audio={!now.other ? "none" : now.muted ? "muted" : "on"}
      data-sheet={panel ? "open" : "closed"}
    >
      <Bars call={call} now={now} visit={visit} onAdmit={onAdmit} busy={busy} />
      <div className="tr-picture">
        <Heading hidden>{say("call_title")}</Heading>
        <Remote now={now} picture={picture} onFlow={setFlow} />
        <Veil now={now} />
        <Rung now={now} flow={flow} />
        <Lost call={call} now={now} />
        {now.myCamera && !hidden && (
          <Self
            track={now.myCamera}
            corner={CORNERS[corner]}
            onMove={() => setCorner((corner + 1) % CORNERS.length)}
          />
        )}
        {now.screen && now.camera && <Video track={now.camera} label={say("other_picture")} className="tr-aside" />}
      </div>
      <Sounds tracks={now.sounds} />
      {panel === "more" && <More call={call} now={now} own={{ hidden, setHidden }} onClose={close} />}
      {panel === "safety" && <Safety onClose={close} />}
      <Controls call={call} now={now} panel={panel} onPanel={toggle} safety={role === "clinician"} />
    </div>
  );
}

function pictureState(now, picture, flow) {
  if (now.phase !== "in" || !now.other) return "none";
  if (now.line !== "fine") return "still";
  if (now.paused) return "paused";
  if (!picture) return "off";
  return { none: "starting", flowing: "playing", still: "still" }[flow];
}

function Remote({ now, picture, onFlow }) {
  const { say } = useDesk();
  if (picture) {
    const label = say(now.screen ? "other_screen" : "other_picture");
    return (
      <Video
        key={picture.sid}
        track={picture}
        label={label}
        className={now.screen ? "tr-whole" : "tr-fill"}
        onFlow={onFlow}
      />
    );
  }
  return (
    <div className="tr-night">
      <NightWindow />
      <div className="tr-middle">
        <Face className="tr-still" />
        <NightWords now={now} />
      </div>
    </div>
  );
}

function NightWords({ now }) {
  const { say } = useDesk();
  if (now.phase !== "in")
    return <p className="tr-lead">{say(now.phase === "joining" ? "going_in" : "coming_back")}</p>;
  if (!now.other) return <p className="tr-lead">{say(now.met ? "other_left" : "nobody_yet")}</p>;
  if (now.speaking) {
    return (
      <p className="tr-word">
        <Volume2 aria-hidden="true" className="tr-i" strokeWidth={1.75} />
        {say("other_speaks")}
      </p>
    );
  }
  if (now.quality === "sound") return <p>{say("by_sound")}</p>;
  return <p>{say(now.paused ? "other_paused" : "other_no_camera")}</p>;
}

function Veil({ now }) {
  const { say, room, at } = useDesk();
  const time = useClinicTime(5000);
  const begun = Date.parse(room.admitted_at) || now.since || time;
  const values = { span: at.span(time - begun, "short"), ...(room.ends_at ? at(room.ends_at) : {}) };
  return (
    <div className="tr-veil">
      <p className="tr-chip">
        <b>{room.other_name}</b>
        {now.other && now.muted && (
          <>
            <MicOff aria-hidden="true" className="tr-i" strokeWidth={1.75} />
            <span>{say("other_muted")}</span>
          </>
        )}
      </p>
      <p className="tr-chip tr-num">
        <Clock aria-hidden="true" className="tr-i" strokeWidth={1.75} />
        <span>{say(room.ends_at ? "clock" : "clock_open", values)}</span>
      </p>
    </div>
  );
}

function Self({ track, corner, onMove }) {
  const { say } = useDesk();
  return (
    <button
      type="button"
      className="tr-self"
      data-corner={corner}
      onClick={onMove}
      aria-label={say("move_me")}
      title={say("move_me")}
    >
      <Video track={track} className="tr-mirror" label={say("own_picture")} />
    </button>
  );
}
