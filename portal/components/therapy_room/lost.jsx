// The line is gone: at first only that we are coming back, then the phone and what happens next.
import { Phone } from "lucide-react";
import { useDesk } from "./desk.js";
import { useNow } from "./hooks.js";
import { Button, Lit, Word } from "./parts.jsx";
import { dial } from "./words.js";

const SHORT = 4000;
const LONG = 12000;

export function Lost({ call, now }) {
  const time = useNow(1000);
  const away = now.trouble ? time - now.trouble : 0;
  const stuck = now.phase !== "in" && (away > LONG || now.refused === "unavailable");
  if (stuck) return <ByPhone call={call} joining={now.phase === "joining"} />;
  if (now.phase === "joining" || away < (now.phase === "again" ? 0 : SHORT / 2)) return null;
  return now.trouble ? <Coming /> : null;
}

function Coming() {
  const { say } = useDesk();
  return (
    <div className="tr-rung" role="status" data-rung="coming-back">
      <p>
        <b>{say("line_gone")}</b>
      </p>
      <p>{say("line_gone_more")}</p>
    </div>
  );
}

function ByPhone({ call, joining }) {
  const { say, room } = useDesk();
  return (
    <div className="tr-lost" role="status" data-rung="phone">
      <Lit>
        <Word icon={Phone}>
          <b>{say(joining ? "video_down" : "line_lost")}</b>
        </Word>
        <p className="tr-voice tr-title">{say(room.phone ? "by_phone" : "by_phone_unknown")}</p>
        {room.phone && (
          <a className="tr-number" href={dial(room.phone)}>
            {room.phone}
          </a>
        )}
        {room.message && <p>{room.message}</p>}
      </Lit>
      <p className="tr-small tr-soft">{say("line_lost_more")}</p>
      <Button onClick={() => call.wake()}>{say("try_now")}</Button>
    </div>
  );
}
