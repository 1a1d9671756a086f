import { useEffect, useRef, useState } from "react";
import { Icon } from "../icons/icon.jsx"; // as the files lie beside each other when they are served

// Posts JSON to one of our own addresses. Answers: {ok, next} or {ok: false, code, fields: {name: code}}.
async function post(action, body) {
  try {
    const answer = await fetch(action, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Quietroom": "1" },
      body: JSON.stringify(body),
    });
    return await answer.json();
  } catch {
    return { ok: false, code: "offline" };
  }
}

export function CredentialForm({ action, fields, extra, submit, busyWords, showWord, hideWord, optionalWord, messages, thanks, children }) {
  const form = useRef(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState({ code: "", fields: {} });
  const [done, setDone] = useState(false);
  const [ready, setReady] = useState(false); // before that, pressing the button must not leave the page
  useEffect(() => setReady(true), []);
  const say = (code) => messages[code] ?? messages.other;

  const send = async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const typed = Object.fromEntries(new FormData(form.current));
    const token = window.location.hash.slice(1);
    const answer = await post(action, { ...extra, ...(token ? { token } : {}), ...typed });
    if (answer.ok && answer.next) return window.location.assign(answer.next);
    setBusy(false);
    if (answer.ok) return setDone(true);
    const named = Object.fromEntries(Object.entries(answer.fields ?? {}).filter(([name]) => fields.some((field) => field.name === name)));
    setProblem({ code: answer.code || "other", fields: named });
    const first = fields.find((field) => named[field.name]);
    setTimeout(() => document.getElementById(first ? `c-${first.name}` : "c-problem")?.focus());
  };

  if (done) return <p role="status">{thanks}</p>;
  const general = problem.code && !Object.keys(problem.fields).length ? say(problem.code) : "";
  return (
    <form ref={form} className="stack" method="post" action={action} noValidate onSubmit={send} aria-busy={busy}>
      <div role="alert" className="empty:hidden">
        {general && <div className="notice" data-kind="danger" id="c-problem" tabIndex={-1}><Icon name="alert" /><div><p>{general}</p></div></div>}
      </div>
      {fields.map((field) => <Field key={field.name} field={field} error={problem.fields[field.name] ? say(problem.fields[field.name]) : ""} words={{ showWord, hideWord, optionalWord }} />)}
      {children}
      <div className="stack tight">
        <button type={ready ? "submit" : "button"} className="btn go wide" aria-busy={busy}>{busy ? busyWords : submit}</button>
      </div>
    </form>
  );
}

function Field({ field, error, words }) {
  const [shown, setShown] = useState(false);
  const { name, label, kind, autocomplete, hint, value, optional } = field;
  const id = `c-${name}`;
  if (kind === "hidden") return <input type="hidden" name={name} value={value} />;
  const input = (
    <input className="in" id={id} name={name} type={kind === "password" && shown ? "text" : kind} autoComplete={autocomplete || undefined} defaultValue={value} autoCapitalize={kind === "text" ? "words" : "none"} spellCheck={false} required={!optional} aria-invalid={error ? true : undefined} aria-describedby={`${id}-h ${id}-e`} />
  );
  return (
    <div className="field">
      <label htmlFor={id}>{label} {optional && <span className="maybe">{words.optionalWord}</span>}</label>
      <p className="hint empty:hidden" id={`${id}-h`}>{hint}</p>
      {kind !== "password" ? input : (
        <div className="beside">
          {input}
          <button type="button" className="btn quiet" aria-pressed={shown} aria-controls={id} onClick={() => setShown(!shown)}>{shown ? words.hideWord : words.showWord}<span className="hide"> {label}</span></button>
        </div>
      )}
      <p className={error ? "err" : "hide"} id={`${id}-e`}>{error && <><Icon name="alert" />{error}</>}</p>
    </div>
  );
}

// Whoever signs out has signed out of every tab: the others ask anew what may still be seen. A call goes on until its
// own page is left.
const SESSION = "quietroom.session";

function useEndOfSession() {
  const channel = useRef(null);
  useEffect(() => {
    const anew = () => document.querySelector("[data-therapy-room][data-state=call]") || window.location.reload();
    const back = (event) => event.persisted && anew();
    channel.current = new BroadcastChannel(SESSION); // a channel does not hear itself
    channel.current.onmessage = anew;
    window.addEventListener("pageshow", back); // a page that the browser had put aside, with what stood on it
    return () => {
      channel.current.close();
      window.removeEventListener("pageshow", back);
    };
  }, []);
  return () => channel.current.postMessage("ended");
}

export function SignOut({ action, children, className }) {
  const tellTheOthers = useEndOfSession();
  const leave = async () => {
    const answer = await post(action, {});
    tellTheOthers();
    window.location.assign(answer.next || "/");
  };
  return <button type="button" className={className} onClick={leave}>{children}</button>;
}
