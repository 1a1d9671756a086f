// The room of one visit: waiting, the call, afterwards. It speaks with the clinic by HTTP and with nobody else.
import { useEffect, useMemo, useRef, useState } from "react";
import { Elsewhere, Ended, Gone, Left, NoClinic, NoVideo, Removed, SignedOut } from "./after.jsx";
import { Call } from "./call.js";
import { clinicFor } from "./clinic.js";
import { Desk, useDesk } from "./desk.js";
import { Devices } from "./devices.js";
import { useArrival } from "./hooks.js";
import { Place } from "./place.js";
import { Stage } from "./stage.jsx";
import { useStore } from "./store.js";
import { useVisit } from "./visit.js";
import { Lobby, Skeleton, Waiting } from "./waiting.jsx";
import { cityOf, clock, dayOf, span, speaker, unbroken } from "./words.js";
import "./room.css";
import "./waiting.css";
import "./call.css";

const visitInAddress = () => new URLSearchParams(location.search).get("visit") || "";

function screenOf(room, call) {
  if (call.phase !== "out") return "call";
  if (!room) return "loading";
  if (room.state === "finished") return "ended";
  if (["left", "elsewhere", "removed", "ended", "gone", "signed_out"].includes(call.out)) return call.out;
  if (["gone", "signed_out"].includes(room.state)) return room.state;
  if (room.state === "unavailable" || (room.video === false && room.state !== "early")) return "no_video";
  return "waiting";
}

export function TherapyRoom({ visitId, role, labels, home = "/", crisisLines = [] }) {
  const id = visitId || visitInAddress();
  const clinic = useMemo(() => clinicFor(id), [id]);
  const call = useMemo(() => new Call(clinic), [clinic]);
  const place = useMemo(() => new Place(clinic), [clinic]);
  const [devices] = useState(() => new Devices());
  const [told, setTold] = useState(false);
  const [busy, setBusy] = useState(false);
  const entering = useRef(false);
  const now = useStore(call);
  const inCall = now.phase !== "out";
  const knocking = role === "patient" && told && !inCall;
  const [visit, heard, askAgain] = useVisit(clinic, knocking, inCall);
  const { room } = visit;
  const screen = screenOf(room, now);
  const root = useArrival(screen);

  useEffect(() => () => void (call.leave(), devices.release()), [call, devices]);
  useEffect(() => {
    const flush = () => void place.keep();
    window.addEventListener("pagehide", flush);
    return () => (window.removeEventListener("pagehide", flush), flush());
  }, [place]);
  useEffect(() => {
    if (now.out && now.since) devices.takeBack({ wants: call.value.wants, ids: call.ids }); // before anything starts again
  }, [call, devices, now.out, now.since]);
  useEffect(() => {
    if (screen === "waiting") {
      devices.startIfAllowed();
      if (room.video_url) call.warm(room.video_url).catch(() => {});
    } else if (screen !== "call" && screen !== "loading") devices.release();
  }, [screen, devices]);
  useEffect(() => {
    if (room?.state === "waiting" && role === "patient") setTold(true);
    if (room?.state === "finished") setTold(false);
    if (room?.state === "finished" && inCall) call.end("ended");
    if (room?.state === "admitted" && knocking) enter();
    if (now.out === "waiting" && room?.state !== "finished") setTold(true);
  }, [room?.state, role, inCall, knocking, now.out]);

  async function enter() {
    place.keep();
    setTold(false);
    if (entering.current || inCall) return;
    entering.current = true;
    try {
      await goIn();
    } finally {
      entering.current = false;
    }
  }
  async function goIn() {
    if (devices.value.phase !== "on") await devices.start();
    call.enter(devices.handOver());
  }
  async function during(deed) {
    setBusy(true);
    try {
      return await deed();
    } catch {
      askAgain();
      return false;
    } finally {
      setBusy(false);
    }
  }
  const knock = () => {
    place.keep();
    setTold(true);
  };
  const stopWaiting = () => {
    setTold(false);
    heard({ said: { state: "open" } });
    during(clinic.leave);
  };
  const admit = () =>
    during(async () => {
      const answer = await clinic.admit();
      if (answer.said.code) return askAgain();
      heard(answer.said.state ? answer : { ...answer, said: { state: "admitted", other_waiting: false } });
      if (!inCall) enter();
    });
  const finish = () =>
    during(async () => {
      const answer = await clinic.finish();
      if (answer.said.code && answer.said.code !== "finished") return false;
      await call.end("ended");
      return true;
    });

  const desk = useMemo(
    () =>
      deskFor({
        labels,
        room: room || {},
        role,
        home: home.replace("{visit}", encodeURIComponent(id)),
        crisisLines,
        clinic,
        place,
        skew: visit.skew,
      }),
    [labels, room, role, home, id, crisisLines, clinic, place, visit.skew],
  );
  const parts = { devices, call, visit, knocking, busy, root };
  return (
    <Desk.Provider value={desk}>
      <section
        ref={root}
        className="tr"
        aria-label={desk.say("room_name")}
        data-therapy-room={role}
        data-state={stateOf(screen, room, now)}
      >
        <Screen
          {...parts}
          screen={screen}
          deeds={{ enter, admit, finish, askAgain, knock, stopWaiting }}
        />
        <p className="tr-hide" role="status">
          {desk.say(newsOf(screen, now))}
        </p>
      </section>
    </Desk.Provider>
  );
}

function Screen({ screen, deeds, devices, call, visit, knocking, busy, root }) {
  switch (screen) {
    case "call":
      return <Stage call={call} visit={visit} root={root} onAdmit={deeds.admit} busy={busy} />;
    case "left":
      return <Left onBack={deeds.enter} onFinish={deeds.finish} busy={busy} />;
    case "elsewhere":
      return <Elsewhere onBack={deeds.enter} />;
    case "removed":
      return <Removed onBack={deeds.enter} />;
    case "ended":
      return <Ended />;
    case "gone":
      return <Gone />;
    case "signed_out":
      return <SignedOut />;
    case "no_video":
      return <NoVideo />;
    case "waiting":
      return <Before {...{ deeds, devices, visit, knocking, busy }} />;
    default:
      return visit.away ? <NoClinic onAgain={deeds.askAgain} /> : <Skeleton />;
  }
}

function Before({ deeds, devices, visit, knocking, busy }) {
  if (useDesk().role === "clinician") {
    return <Lobby devices={devices} onAdmit={deeds.admit} onEnter={deeds.enter} busy={busy} />;
  }
  return (
    <Waiting
      {...{
        devices,
        knocking,
        away: visit.away,
        onKnock: deeds.knock,
        onStop: deeds.stopWaiting,
        onEnter: deeds.enter,
      }}
    />
  );
}

function deskFor({ labels, room, skew, ...rest }) {
  const zone = room.time_zone;
  const speak = speaker(labels);
  const other = room.other_name || "";
  const names = {
    other,
    short: room.other_short || other,
    self: room.self_short || room.self_name || "",
    phone: unbroken(room.phone || ""),
  };
  const say = (key, values) => speak(key, { ...names, ...values });
  const at = (instant) => ({
    time: clock(instant, zone),
    day: dayOf(instant, zone),
    zone: unbroken(room.zone_words || say("zone_of", { city: cityOf(zone) })),
  });
  at.span = (...all) => unbroken(span(...all));
  at.today = (instant) => dayOf(instant, zone) === dayOf(Date.now() + skew, zone);
  return { ...rest, room, skew, say, at };
}

const stateOf = (screen, room, call) =>
  screen === "call" ? (call.phase === "in" ? "call" : call.phase) : screen === "waiting" ? room.state : screen;

function newsOf(screen, call) {
  if (screen !== "call") return "nothing";
  if (call.phase === "joining") return "going_in";
  if (call.phase === "again") return "line_gone";
  return call.other ? "news_together" : call.met ? "other_left" : "nobody_yet";
}
