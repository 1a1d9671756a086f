// Before the call. The patient checks camera and sound and says so; the therapist sees who waits and lets them in.
import { Bell, Clock, DoorOpen } from "lucide-react";
import { Choices, Help, Look } from "./check.jsx";
import { useClinicTime, useDesk } from "./desk.js";
import { Button, Door, Face, Heading, Lit, WithPhone, Word } from "./parts.jsx";
import { Place } from "./place.jsx";
import { Wall } from "./wall.jsx";

function Frame({ children, devices, actions, beside, foot, soundOnly }) {
  return (
    <>
      <Wall />
      <div className="tr-page tr-wait">
        <div className="tr-words">{children}</div>
        <div className="tr-act">
          {actions}
          <Help devices={devices} soundOnly={soundOnly} />
          {beside}
        </div>
        <div className="tr-devices">
          <Look devices={devices} />
          <Choices devices={devices} />
        </div>
        {foot && <p className="tr-foot tr-soft">{foot}</p>}
      </div>
    </>
  );
}

function Go({ children, ...rest }) {
  return (
    <div className="tr-door">
      <Button kind="go tr-tall" icon={DoorOpen} {...rest}>
        {children}
      </Button>
    </div>
  );
}

function VisitTime() {
  const { say, room, at } = useDesk();
  const now = useClinicTime(10000);
  if (!room.starts_at) return null;
  const left = Date.parse(room.starts_at) - now;
  const [past, ahead] = at.today(room.starts_at) ? ["visit_at", "visit_at_in"] : ["visit_on", "visit_on_in"];
  const key = left > 30000 ? ahead : past;
  return <p className="tr-soft">{say(key, { ...at(room.starts_at), span: at.span(left) })}</p>;
}

export function Waiting({ devices, knocking, away, onKnock, onStop, onEnter }) {
  const { say, room } = useDesk();
  const admitted = room.state === "admitted";
  const early = room.state === "early";
  const lead = early ? "early_lead" : admitted ? "admitted_lead" : knocking ? "waiting_lead" : "open_lead";
  const soundOnly = async () => {
    await devices.turn("camera", false);
    if (admitted) onEnter();
    else if (!early && !knocking) onKnock();
  };
  return (
    <Frame
      devices={devices}
      soundOnly={early || knocking ? () => devices.turn("camera", false) : soundOnly}
      foot={room.phone && (room.message || <WithPhone name="if_it_fails" />)}
      beside={!early && <Place />}
      actions={<PatientAct {...{ early, admitted, knocking, away, onKnock, onStop, onEnter }} />}
    >
      <Heading>{say(room.self_name ? "right_place_name" : "right_place")}</Heading>
      {!room.consent_gone_at && <p className="tr-lead">{say(lead)}</p>}
      <VisitTime />
    </Frame>
  );
}

function PatientAct({ early, admitted, knocking, away, onKnock, onStop, onEnter }) {
  const { say, room } = useDesk();
  if (room.consent_gone_at) return <Unsigned />;
  if (early) return <Opens />;
  if (admitted) {
    return <Go onClick={onEnter}>{say("go_back_in")}</Go>;
  }
  if (!knocking) {
    return (
      <Go icon={Bell} onClick={onKnock}>
        {say("i_am_here")}
      </Go>
    );
  }
  return (
    <Lit role="status" data-live={live(room, away)}>
      <div className="tr-from">
        <Face />
        <p className="tr-voice tr-title">{say(live(room, away))}</p>
      </div>
      <p className="tr-small">{say(away ? "waiting_away_how" : "waiting_how")}</p>
      <Button kind="quiet" onClick={onStop}>
        {say("stop_waiting")}
      </Button>
    </Lit>
  );
}

// Only what is true just now, and of nobody else.
function live(room, away) {
  if (away) return "waiting_away";
  if (room.other_waiting) return "waiting_there";
  return room.other_busy ? "waiting_busy" : "waiting_known";
}

// The patient's consent to video is taken back: nobody is let in until they sign again, and both may go on by phone.
function Unsigned() {
  const { say, room, role, at } = useDesk();
  const staff = role === "clinician";
  return (
    <Lit data-unsigned="">
      <p className="tr-voice tr-title">{say(staff ? "unsigned_staff" : "unsigned", at(room.consent_gone_at))}</p>
      <p>
        {!staff && room.phone ? (
          <WithPhone name="unsigned_more_phone" />
        ) : (
          say(staff ? "unsigned_staff_more" : "unsigned_more")
        )}
      </p>
      {!staff && (
        <Door kind="go" href={room.visit_page}>
          {say("sign_again")}
        </Door>
      )}
    </Lit>
  );
}

function Opens() {
  const { say, room, at } = useDesk();
  const now = useClinicTime(1000);
  const left = Date.parse(room.opens_at) - now;
  return (
    <Lit>
      <Word icon={Clock}>
        <b>{say(at.today(room.opens_at) ? "opens_at" : "opens_on", at(room.opens_at))}</b>
      </Word>
      <p>{left > 0 ? say("opens_in", { span: at.span(left) }) : say("opens_now")}</p>
    </Lit>
  );
}

export function Lobby({ devices, onAdmit, onEnter, busy }) {
  const { say, room } = useDesk();
  const soundOnly = () => devices.turn("camera", false);
  const admitted = room.state === "admitted";
  const early = room.state === "early";
  return (
    <Frame
      devices={devices}
      soundOnly={soundOnly}
      actions={
        room.consent_gone_at ? (
          <Unsigned />
        ) : early ? (
          <Opens />
        ) : room.other_waiting ? (
          <Knock onAdmit={onAdmit} busy={busy} />
        ) : (
          <Go onClick={onEnter} disabled={busy}>
            {say(admitted ? "go_back_in" : "go_in_first")}
          </Go>
        )
      }
    >
      <Heading>{say("lobby_title")}</Heading>
      {!room.consent_gone_at && <p className="tr-lead">{say(lobbyLead(room))}</p>}
      <VisitTime />
    </Frame>
  );
}

function lobbyLead(room) {
  if (room.state === "early") return "lobby_early";
  if (room.state === "admitted") return "lobby_admitted";
  return room.other_waiting ? "lobby_waiting" : "lobby_empty";
}

// The same words in the lobby and over a call that waits for its second person.
export function Knock({ onAdmit, busy }) {
  const { say, room, at } = useDesk();
  const now = useClinicTime(10000);
  const since = room.waiting_since;
  const values = since && { ...at(since), span: at.span(now - Date.parse(since)) };
  return (
    <Lit role="status" data-knock="">
      <p className="tr-voice tr-title">{say("knock")}</p>
      {values && <p className="tr-small">{say("knock_since", values)}</p>}
      <Button kind="go" icon={DoorOpen} onClick={onAdmit} disabled={busy}>
        {say("let_in")}
      </Button>
    </Lit>
  );
}

export function Skeleton() {
  const { say } = useDesk();
  return (
    <div className="tr-page tr-skeleton" aria-busy="true">
      <Heading hidden>{say("opening")}</Heading>
      <i className="tr-bone tr-bone-1" />
      <i className="tr-bone tr-bone-2" />
      <i className="tr-bone tr-bone-3" />
      <p className="tr-late tr-soft">{say("opening")}</p>
    </div>
  );
}
