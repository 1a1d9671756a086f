// Camera and microphone before the call: what was asked for, what came, why not. Kept in memory only.
import { Store } from "./store.js";

export const KINDS = ["camera", "microphone"];
const DEVICE = { camera: "videoinput", microphone: "audioinput", speaker: "audiooutput" };
const WHY = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

export const canShare = () => Boolean(navigator.mediaDevices?.getDisplayMedia);
export const canChooseSpeaker = () => "setSinkId" in HTMLMediaElement.prototype;

const only = (id) => (id ? { deviceId: { exact: id } } : {});

export const cameraWish = (id) => ({
  width: { ideal: 960 },
  height: { ideal: 540 },
  frameRate: { ideal: 24 },
  ...(id ? only(id) : { facingMode: "user" }),
});
export const microphoneWish = (id) => ({
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  ...only(id),
});
const WISH = { camera: cameraWish, microphone: microphoneWish };
const MEDIA = { camera: "video", microphone: "audio" };

async function permission(kind) {
  try {
    return (await navigator.permissions.query({ name: kind })).state;
  } catch {
    return "unknown"; // some browsers do not tell
  }
}

const START = {
  phase: "idle", // idle | asking | on
  camera: null,
  microphone: null,
  wants: { camera: true, microphone: true },
  failed: { camera: null, microphone: null },
  ids: { camera: "", microphone: "", speaker: "" },
  list: { camera: [], microphone: [], speaker: [] },
};

export class Devices extends Store {
  constructor() {
    super(START);
    navigator.mediaDevices?.addEventListener?.("devicechange", () => this.count());
  }

  // Starts without a question where the browser has been told yes before.
  async startIfAllowed() {
    const states = await Promise.all(KINDS.map(permission));
    if (states.every((state) => state === "granted")) await this.start();
    else if (states.includes("denied") && states.every((state) => state !== "prompt")) await this.start();
  }

  async start() {
    const wanted = KINDS.filter((kind) => this.value.wants[kind] && !live(this.value[kind]));
    if (!wanted.length) return this.put({ phase: "on" });
    this.put({ phase: "asking" });
    const errors = await this.open(wanted);
    const failed = { ...this.value.failed };
    wanted.forEach((kind) => (failed[kind] = errors[kind] ?? null));
    this.put({ phase: "on", failed });
    await this.count();
  }

  // Both at once, so that the browser asks once; one by one only to learn which of them fails.
  async open(kinds) {
    if (!navigator.mediaDevices?.getUserMedia) return Object.fromEntries(kinds.map((kind) => [kind, "browser"]));
    const asked = Object.fromEntries(kinds.map((kind) => [MEDIA[kind], WISH[kind](this.value.ids[kind])]));
    try {
      const stream = await navigator.mediaDevices.getUserMedia(asked);
      this.keep(stream);
      return {};
    } catch (error) {
      const why = WHY[error.name] || "other";
      if (kinds.length === 1) return { [kinds[0]]: why };
      return this.openApart(kinds, why);
    }
  }

  async openApart(kinds, why) {
    const errors = {};
    for (const kind of kinds) {
      const refused = why === "denied" && (await permission(kind)) !== "granted";
      Object.assign(errors, refused ? { [kind]: "denied" } : await this.open([kind]));
    }
    return errors;
  }

  keep(stream) {
    const patch = {};
    for (const track of stream.getTracks()) {
      const kind = track.kind === "video" ? "camera" : "microphone";
      this.value[kind]?.stop();
      track.addEventListener("ended", () => this.value[kind] === track && this.put({ [kind]: null }));
      patch[kind] = track;
      patch.ids = { ...(patch.ids || this.value.ids), [kind]: track.getSettings().deviceId || "" };
    }
    this.put(patch);
  }

  async turn(kind, on) {
    this.put({ wants: { ...this.value.wants, [kind]: on } });
    if (on) return this.start();
    this.value[kind]?.stop();
    this.put({ [kind]: null, failed: { ...this.value.failed, [kind]: null } });
  }

  async choose(kind, id) {
    this.put({ ids: { ...this.value.ids, [kind]: id } });
    if (kind === "speaker" || !this.value.wants[kind]) return;
    this.value[kind]?.stop();
    this.put({ [kind]: null });
    await this.start();
  }

  async count() {
    const all = (await navigator.mediaDevices?.enumerateDevices?.().catch(() => [])) || [];
    const of = (kind) => all.filter((one) => one.kind === DEVICE[kind] && one.deviceId && one.label);
    this.put({ list: { camera: of("camera"), microphone: of("microphone"), speaker: of("speaker") } });
  }

  // The call takes the tracks as they are; nothing is opened a second time.
  handOver() {
    const { camera, microphone, failed, ids } = this.value;
    const wants = Object.fromEntries(KINDS.map((kind) => [kind, this.value.wants[kind] && !failed[kind]]));
    this.put({ camera: null, microphone: null, phase: "idle" });
    return { camera: live(camera), microphone: live(microphone), wants, ids };
  }

  // What was turned off or chosen during the call stays so when one comes back.
  takeBack({ wants, ids }) {
    this.put({ wants: { ...wants }, ids: { ...this.value.ids, ...ids } });
  }

  release() {
    KINDS.forEach((kind) => this.value[kind]?.stop());
    this.put({ camera: null, microphone: null, phase: "idle" });
  }
}

const live = (track) => (track?.readyState === "live" ? track : null);
