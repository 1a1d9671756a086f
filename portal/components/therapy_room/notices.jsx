// What is said about the line, and about the clinic, while people talk: never over a face, never in the way.
import { CloudOff, MonitorUp, TriangleAlert, Volume2 } from "lucide-react";
import { useDesk } from "./desk.js";
import { useSettled } from "./hooks.js";
import { Button } from "./parts.jsx";
import { rungOf } from "./rung.js";
import { Knock } from "./waiting.jsx";

export function Bars({ call, now, visit, onAdmit, busy }) {
  const { say, room, role } = useDesk();
  const knock = role === "clinician" && room.other_waiting && room.state !== "admitted";
  return (
    <div className="tr-bars">
      {visit.away && (
        <Bar icon={CloudOff} tone="caution" name="clinic-away">
          <b>{say("clinic_away")}</b> <span className="tr-extra">{say("clinic_away_more")}</span>
        </Bar>
      )}
      {knock && <Knock onAdmit={onAdmit} busy={busy} />}
      {now.silenced && (
        <Bar
          icon={Volume2}
          name="silenced"
          act={<Button onClick={() => call.startSound()}>{say("sound_on")}</Button>}
        >
          {say("silenced")}
        </Bar>
      )}
      {now.mishap && (
        <Bar icon={TriangleAlert} tone="caution" name="mishap">
          {say(`mishap_${now.mishap}`)}
        </Bar>
      )}
      {now.sharing && (
        <Bar
          icon={MonitorUp}
          name="sharing"
          act={<Button onClick={() => call.share(false)}>{say("share_stop")}</Button>}
        >
          {say("they_see_screen")}
        </Bar>
      )}
    </div>
  );
}

function Bar({ icon: Icon, tone = "", name, act, children }) {
  return (
    <div className={`tr-bar ${tone && `tr-bar-${tone}`}`} role="status" data-bar={name}>
      <Icon aria-hidden="true" className="tr-i" strokeWidth={1.75} />
      <p>{children}</p>
      {act}
    </div>
  );
}

export function Rung({ now, flow }) {
  const { say } = useDesk();
  const rung = useSettled(rungOf({ ...now, still: flow === "still" }), 2000);
  return (
    <div className="tr-rung" role="status" data-rung={rung || "none"} hidden={!rung}>
      {rung && (
        <>
          <p>
            <b>{say(`rung_${rung}`)}</b>
          </p>
          <p>{say(`rung_${rung}_more`)}</p>
        </>
      )}
    </div>
  );
}
