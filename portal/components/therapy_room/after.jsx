// Outside the call: left, ended, elsewhere, not there; each says what happened and what can be done.
import { useState } from "react";
import { useDesk } from "./desk.js";
import { Button, Dialog, Door, Heading, Lines, Lit, WithPhone } from "./parts.jsx";
import { Wall } from "./wall.jsx";
import { dial } from "./words.js";

function Page({ title, lead, children }) {
  return (
    <>
      <Wall />
      <div className="tr-page tr-after">
        <Heading>{title}</Heading>
        {lead && <p className="tr-lead">{lead}</p>}
        {children}
      </div>
    </>
  );
}

function IfItFails() {
  const { role, room } = useDesk();
  if (role !== "patient" || !room.phone) return null;
  return (
    <p className="tr-soft">
      <WithPhone name="if_it_fails" />
    </p>
  );
}

export function Left({ onBack, onFinish, busy }) {
  const { say, role, room, home } = useDesk();
  const [asking, setAsking] = useState(false);
  const staff = role === "clinician";
  return (
    <Page title={say("left_title")} lead={say(staff ? "left_lead_staff" : "left_lead")}>
      <div className="tr-row">
        <Button kind="go tr-tall" onClick={onBack} disabled={busy}>
          {say("come_back")}
        </Button>
        {staff && room.state === "admitted" && <Button onClick={() => setAsking(true)}>{say("finish")}</Button>}
        <Door href={home} kind="quiet">
          {say(staff ? "to_visit" : "to_home")}
        </Door>
      </div>
      <IfItFails />
      {asking && <Finish onFinish={onFinish} onClose={() => setAsking(false)} />}
    </Page>
  );
}

function Finish({ onFinish, onClose }) {
  const { say } = useDesk();
  const [state, setState] = useState("");
  const finish = async () => {
    setState("busy");
    setState((await onFinish()) ? "" : "failed");
  };
  return (
    <Dialog title={say("finish_title")} onClose={onClose}>
      <p>{say("finish_lead")}</p>
      {state === "failed" && (
        <p className="tr-danger" role="alert">
          {say("finish_failed")}
        </p>
      )}
      <div className="tr-column">
        <Button kind="stop" onClick={finish} disabled={state === "busy"}>
          {say("finish_yes")}
        </Button>
        <Button onClick={onClose} data-first="">
          {say("finish_no")}
        </Button>
      </div>
    </Dialog>
  );
}

export function Ended() {
  const { say, role, room, home } = useDesk();
  const staff = role === "clinician";
  const phoned = !staff && room.by_phone;
  const title = staff ? "ended_title_staff" : phoned ? "ended_title_phone" : "ended_title";
  const lead = staff ? "ended_lead_staff" : phoned ? "ended_lead_phone" : "ended_lead";
  return (
    <Page title={say(title)} lead={say(lead)}>
      {!staff && room.phone && (
        <p>
          <WithPhone name={phoned ? "ended_phone" : "ended_ask"} />
        </p>
      )}
      <div className="tr-row">
        <Door href={home} kind="go tr-tall">
          {say(staff ? "to_note" : "to_home")}
        </Door>
      </div>
    </Page>
  );
}

export function Elsewhere({ onBack }) {
  const { say } = useDesk();
  return (
    <Page title={say("elsewhere_title")} lead={say("elsewhere_lead")}>
      <Button kind="go tr-tall" onClick={onBack}>
        {say("use_this_device")}
      </Button>
    </Page>
  );
}

export function Removed({ onBack }) {
  const { say } = useDesk();
  return (
    <Page title={say("removed_title")} lead={say("removed_lead")}>
      <Button kind="go tr-tall" onClick={onBack}>
        {say("come_back")}
      </Button>
    </Page>
  );
}

export function NoVideo() {
  const { say, role, room, home } = useDesk();
  const staff = role === "clinician";
  return (
    <Page title={say("no_video_title")} lead={room.message || say(staff ? "no_video_lead_staff" : "no_video_lead")}>
      {staff && (
        <Door href={home} kind="go tr-tall">
          {say("to_visit")}
        </Door>
      )}
      {!staff && room.phone && (
        <Lit>
          <p>{say("no_video_phone")}</p>
          <a className="tr-number" href={dial(room.phone)}>
            {room.phone}
          </a>
        </Lit>
      )}
      <p className="tr-soft">{say("no_video_more")}</p>
    </Page>
  );
}

export function Gone() {
  const { say, home } = useDesk();
  return (
    <Page title={say("gone_title")} lead={say("gone_lead")}>
      <Door href={home} kind="go tr-tall">
        {say("to_home")}
      </Door>
    </Page>
  );
}

export function SignedOut() {
  const { say } = useDesk();
  const next = encodeURIComponent(location.pathname + location.search);
  return (
    <Page title={say("signed_out_title")} lead={say("signed_out_lead")}>
      <Door href={`/sign-in/?next=${next}`} kind="go tr-tall">
        {say("sign_in")}
      </Door>
    </Page>
  );
}

export function NoClinic({ onAgain }) {
  const { say, role, crisisLines } = useDesk();
  return (
    <Page title={say("no_clinic_title")} lead={say("no_clinic_lead")}>
      <Button kind="go tr-tall" onClick={onAgain}>
        {say("try_now")}
      </Button>
      {role === "patient" && crisisLines.length > 0 && <Lines lines={crisisLines} />}
    </Page>
  );
}
