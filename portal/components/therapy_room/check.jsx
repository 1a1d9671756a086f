// The device check: own picture, how loud one is, which devices, and what helps when one of them does not come.
import { useEffect, useState } from "react";
import { Mic, MicOff, Video as Camera, VideoOff, Volume2 } from "lucide-react";
import { useDesk } from "./desk.js";
import { canChooseSpeaker } from "./devices.js";
import { playSample, useLevel } from "./hooks.js";
import { Button, Choice, Video } from "./parts.jsx";
import { useStore } from "./store.js";

export function Look({ devices }) {
  const { say } = useDesk();
  const state = useStore(devices);
  const { camera, microphone, wants, failed, phase } = state;
  return (
    <div className="tr-look">
      <div className="tr-preview" data-preview={camera ? "on" : "off"}>
        {camera ? (
          <>
            <Video track={camera} label={say("own_picture")} className="tr-mirror" />
            <p className="tr-chip tr-low">{say("only_you")}</p>
          </>
        ) : (
          <Curtain devices={devices} phase={phase} />
        )}
      </div>
      {phase !== "idle" && (
        <div className="tr-pair">
          <Toggle devices={devices} kind="camera" on={wants.camera && !failed.camera} icons={[Camera, VideoOff]} />
          <Toggle
            devices={devices}
            kind="microphone"
            on={wants.microphone && !failed.microphone}
            icons={[Mic, MicOff]}
          />
        </div>
      )}
      {microphone && <Level track={microphone} />}
    </div>
  );
}

function Curtain({ devices, phase }) {
  const { say } = useDesk();
  if (phase === "idle") {
    return (
      <div className="tr-curtain">
        <Button icon={Camera} onClick={() => devices.start()}>
          {say("try_devices")}
        </Button>
        <p className="tr-small">{say("try_hint")}</p>
      </div>
    );
  }
  return (
    <div className="tr-curtain">
      <VideoOff aria-hidden="true" strokeWidth={1.5} className="tr-big" />
      <p className="tr-small">{say(phase === "asking" ? "asking" : "no_picture")}</p>
    </div>
  );
}

function Toggle({ devices, kind, on, icons }) {
  const { say } = useDesk();
  return (
    <Button icon={icons[on ? 0 : 1]} aria-pressed={on} onClick={() => devices.turn(kind, !on)}>
      {say(`${kind}_${on ? "on" : "off"}`)}
    </Button>
  );
}

const BARS = 8;
const HEARD = 0.35;

function Level({ track }) {
  const { say } = useDesk();
  const level = useLevel(track);
  const [heard, setHeard] = useState(false);
  useEffect(() => setHeard(false), [track]);
  useEffect(() => {
    if (level > HEARD) setHeard(true);
  }, [level]);
  const lit = Math.round((level ?? 0) * BARS);
  return (
    <p className="tr-hear">
      <span className="tr-level" aria-hidden="true">
        {Array.from({ length: BARS }, (_, i) => (
          <i key={i} className={i < lit ? "tr-on" : ""} />
        ))}
      </span>
      <span role="status">{say(heard ? "level_good" : "level_quiet")}</span>
    </p>
  );
}

export function Choices({ devices }) {
  const { say } = useDesk();
  const { ids, list, phase } = useStore(devices);
  if (phase === "idle") return null;
  const field = (kind) => (
    <Choice
      key={kind}
      label={say(`${kind}_label`)}
      value={ids[kind]}
      options={list[kind]}
      fallback={say("default_device")}
      onChange={(id) => devices.choose(kind, id)}
    />
  );
  return (
    <div className="tr-choices">
      {field("camera")}
      {field("microphone")}
      {canChooseSpeaker() && field("speaker")}
      <Button kind="quiet" icon={Volume2} onClick={() => playSample(ids.speaker)}>
        {say("play_sample")}
      </Button>
    </div>
  );
}

// One block of help, for the worst that happened; the visit works with sound alone, and it says so.
export function Help({ devices, soundOnly }) {
  const { say } = useDesk();
  const { failed, wants } = useStore(devices);
  const camera = wants.camera && failed.camera;
  const microphone = wants.microphone && failed.microphone;
  const why = microphone || camera;
  if (!why) return null;
  const which = camera && microphone ? "both" : camera ? "camera" : "microphone";
  return (
    <section className="tr-help" aria-label={say(`${why}_${which}`)} role="alert">
      <h2 className="tr-voice tr-title">{say(`${why}_${which}`)}</h2>
      <p>{say(`${why}_lead`)}</p>
      {why === "denied" && (
        <ol className="tr-steps">
          <li>{say("denied_step_1")}</li>
          <li>{say("denied_step_2")}</li>
          <li>{say("denied_step_3")}</li>
        </ol>
      )}
      <div className="tr-row">
        <Button onClick={() => devices.start()}>{say("look_again")}</Button>
        {soundOnly && camera && !microphone && (
          <Button kind="quiet" onClick={soundOnly}>
            {say("sound_only")}
          </Button>
        )}
      </div>
    </section>
  );
}
