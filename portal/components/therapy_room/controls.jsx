// The row under the picture. A word says what a press does; switched off, it says the state and turns pale.
import { Ellipsis, LogOut, Mic, MicOff, MonitorUp, MonitorX, Shield, Video, VideoOff } from "lucide-react";
import { useDesk } from "./desk.js";
import { canShare } from "./devices.js";

export function Controls({ call, now, panel, onPanel, safety }) {
  const { say } = useDesk();
  const { wants } = now;
  const inside = now.phase === "in";
  return (
    <div className="tr-ctl" role="toolbar" aria-label={say("controls")} onKeyDown={walk}>
      <Control
        icon={wants.microphone ? Mic : MicOff}
        word={say(wants.microphone ? "mute" : "muted")}
        name={say(wants.microphone ? "mute_name" : "muted_name")}
        look={wants.microphone ? "" : "off"}
        onClick={() => call.turn("microphone", !wants.microphone)}
      />
      <Control
        icon={wants.camera ? Video : VideoOff}
        word={say(wants.camera ? "camera_stop" : "camera_stopped")}
        name={say(wants.camera ? "camera_stop_name" : "camera_stopped_name")}
        look={wants.camera ? "" : "off"}
        onClick={() => call.turn("camera", !wants.camera)}
      />
      {canShare() && (
        <Control
          icon={now.sharing ? MonitorX : MonitorUp}
          word={say(now.sharing ? "share_stop" : "share")}
          look={now.sharing ? "held" : ""}
          disabled={!inside}
          onClick={() => call.share(!now.sharing)}
        />
      )}
      {safety && (
        <Control
          icon={Shield}
          word={say("safety")}
          look={panel === "safety" ? "held" : ""}
          aria-expanded={panel === "safety"}
          onClick={() => onPanel("safety")}
        />
      )}
      <Control
        icon={Ellipsis}
        word={say("more")}
        look={panel === "more" ? "held" : ""}
        aria-expanded={panel === "more"}
        onClick={() => onPanel("more")}
      />
      <Control icon={LogOut} word={say("leave")} look="out" onClick={() => call.leave()} />
    </div>
  );
}

function Control({ icon: Icon, word, name, look, ...rest }) {
  return (
    <button type="button" className={`tr-control ${look && `tr-is-${look}`}`} aria-label={name} {...rest}>
      <Icon aria-hidden="true" className="tr-i" strokeWidth={1.75} />
      <span>{word}</span>
    </button>
  );
}

// Arrow keys walk along the row, as in every toolbar.
function walk(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = [...event.currentTarget.querySelectorAll("button:not([disabled])")];
  const at = all.indexOf(document.activeElement);
  all[(at + step + all.length) % all.length]?.focus();
  event.preventDefault();
}
