// One person's side of a call: comes in, stays in, comes back when the line or the server was lost, leaves.
import { Away } from "./clinic.js";
import { cameraWish, microphoneWish } from "./devices.js";
import { carry, localTracks, newRoom } from "./kit.js";
import { NOBODY, seen } from "./others.js";
import { afterwards, pause, refusals } from "./reasons.js";
import { Store } from "./store.js";

const WATCHED = [
  "participantConnected",
  "participantDisconnected",
  "trackSubscribed",
  "trackUnsubscribed",
  "trackMuted",
  "trackUnmuted",
  "trackStreamStateChanged",
  "localTrackPublished",
  "localTrackUnpublished",
  "activeSpeakersChanged",
  "connectionQualityChanged",
  "audioPlaybackChanged",
  "reconnected",
];

const START = {
  phase: "out", // out | joining | in | again
  line: "fine", // fine | shaky: the kit itself is repairing it
  out: "", // why we are out: left, elsewhere, removed, ended, waiting, gone, signed_out
  trouble: 0, // since when there is no line, 0 with one
  refused: "", // what the clinic said instead of giving a seat
  since: 0, // since when we have been inside
  quality: "auto", // auto | light | sound
  met: false, // whether the other was here before
  mishap: "", // a device that did not start during the call
  wants: { camera: true, microphone: true },
  ...NOBODY,
};

export class Call extends Store {
  constructor(clinic) {
    super(START);
    this.clinic = clinic;
    this.room = null;
    this.tracks = {};
    this.ids = {};
    this.run = 0; // each coming in is a run of its own; an older one ends when it notices
    this.asked = false;
    this.wake = () => {};
    this.onReturn = () => document.visibilityState === "visible" && this.returned();
    this.onHide = () => this.park();
  }

  async enter({ camera, microphone, wants, ids }) {
    this.ids = ids;
    this.asked = false;
    const { quality, met } = this.value;
    this.put({ ...START, wants, quality, met, phase: "joining", trouble: Date.now() });
    this.listenToPage(true);
    const run = ++this.run;
    const seat = this.clinic.seat();
    seat.catch(() => {}); // looked at by the loop
    this.found = { camera, microphone };
    await this.keepComing(run, seat);
  }

  openKit() {
    this.opening ??= newRoom().then(
      (room) => (this.room = this.watch(room)),
      (error) => {
        this.opening = undefined;
        throw error;
      },
    );
    return this.opening;
  }

  // While somebody still looks at their own picture: the way to the server is found and its door greeted.
  async warm(url) {
    await this.openKit();
    await this.room.prepareConnection(url);
  }

  // Once for the room, and each time for the tracks that the device check hands over.
  async prepare() {
    await this.openKit();
    const { camera, microphone, speaker } = this.ids;
    const wishes = { camera: cameraWish(camera), microphone: microphoneWish(microphone) };
    if (!this.found) return;
    this.tracks = await localTracks(this.found, wishes);
    this.found = null;
    if (speaker) await this.room.switchActiveDevice("audiooutput", speaker).catch(() => {});
  }

  // Tries until we are in or the clinic says why not. The first seat was asked for at the press of the button.
  async keepComing(run, firstSeat) {
    for (let attempt = 0; run === this.run; attempt++) {
      if (attempt || !firstSeat) await this.rest(pause(attempt));
      if (run !== this.run) return;
      try {
        await this.prepare();
        const seat = await (attempt ? this.clinic.seat() : firstSeat || this.clinic.seat());
        if (run !== this.run) return;
        if (refusals[seat.code]) return this.end(refusals[seat.code]);
        this.put({ refused: seat.code || "" });
        if (seat.token) return await this.connect(run, seat);
      } catch (error) {
        this.put({ refused: error instanceof Away ? "away" : "unreachable" });
      }
    }
  }

  async connect(run, seat) {
    await this.room.connect(seat.url, seat.token, { maxRetries: 0, subscriberAllowPause: true });
    if (run !== this.run) return this.hangUp();
    if (this.room.state !== "connected") throw new Away("lost at once");
    this.put({ phase: "in", line: "fine", trouble: 0, refused: "", out: "", since: this.value.since || Date.now() });
    this.look();
    await this.publish();
    this.look();
  }

  async publish() {
    const me = this.room.localParticipant;
    const one = async (kind) => {
      const track = this.tracks[kind];
      if (track?.mediaStreamTrack.readyState === "live") await me.publishTrack(track);
      else if (this.value.wants[kind]) await this.open(kind);
    };
    const done = await Promise.allSettled([one("microphone"), one("camera")]);
    const failed = ["microphone", "camera"].filter((_, i) => done[i].status === "rejected");
    const off = Object.fromEntries(failed.map((kind) => [kind, false]));
    if (failed.length) this.put({ mishap: failed[0], wants: { ...this.value.wants, ...off } });
    this.applyQuality();
  }

  async open(kind) {
    const me = this.room.localParticipant;
    const id = this.ids[kind] ? { deviceId: { ideal: this.ids[kind] } } : {};
    const pub = await (kind === "camera" ? me.setCameraEnabled(true, id) : me.setMicrophoneEnabled(true, id));
    this.tracks[kind] = pub?.track;
  }

  watch(room) {
    WATCHED.forEach((event) => room.on(event, () => this.look()));
    const shaky = () =>
      this.value.phase === "in" && this.put({ line: "shaky", trouble: this.value.trouble || Date.now() });
    room.on("reconnecting", shaky);
    room.on("signalReconnecting", shaky);
    room.on("reconnected", () => this.put({ line: "fine", trouble: 0 }));
    room.on("trackSubscribed", () => this.value.quality !== "auto" && this.applyQuality());
    room.on("disconnected", (reason) => this.dropped(reason));
    return room;
  }

  async dropped(reason) {
    if (this.value.phase !== "in") return; // a failed try: the loop goes on by itself
    const next = afterwards(reason, this.asked);
    if (next === "again") return this.again();
    if (next !== "ask") return this.end(next);
    const said = await this.clinic.room().then(
      (answer) => answer.said,
      () => ({}),
    );
    this.end(said.state === "finished" || said.code === "finished" ? "ended" : "removed");
  }

  again() {
    this.put({ ...NOBODY, phase: "again", line: "fine", trouble: Date.now(), myCamera: this.tracks.camera ?? null });
    this.keepComing(++this.run, null);
  }

  // The page goes away, perhaps to come back as it was.
  park() {
    if (this.value.phase === "out") return;
    this.run++;
    this.parked = true;
    this.put({ ...NOBODY, phase: "again", trouble: Date.now() });
    this.hangUp();
  }

  // A laptop that wakes up or a line that is back does not wait for the next try.
  returned() {
    if (this.parked) {
      this.parked = false;
      return this.again();
    }
    this.wake();
    const mic = this.tracks.microphone;
    if (this.value.phase === "in" && this.value.wants.microphone && mic?.mediaStreamTrack.readyState === "ended") {
      mic.restartTrack().catch(() => this.put({ mishap: "microphone" }));
    }
  }

  rest(milliseconds) {
    return new Promise((go) => {
      const timer = setTimeout(go, milliseconds);
      this.wake = () => (clearTimeout(timer), go());
    });
  }

  look() {
    if (!this.room || this.value.phase !== "in") return;
    const now = seen(this.room, this.value.quality);
    this.put({ ...now, met: this.value.met || Boolean(now.other) });
  }

  async turn(kind, on) {
    this.put({ mishap: "", wants: { ...this.value.wants, [kind]: on } });
    try {
      await (this.value.phase === "in" ? this.turnInside(kind, on) : this.turnAside(kind, on));
    } catch {
      this.put({ mishap: kind, wants: { ...this.value.wants, [kind]: false } });
    }
    this.look();
  }

  turnInside(kind, on) {
    if (on) return this.open(kind);
    const me = this.room.localParticipant;
    return kind === "camera" ? me.setCameraEnabled(false) : me.setMicrophoneEnabled(false);
  }

  // Without a line the track remembers, and is published that way when the line is back.
  turnAside(kind, on) {
    const track = this.tracks[kind];
    return on ? track?.unmute() : track?.mute();
  }

  async use(kind, id) {
    this.ids = { ...this.ids, [kind]: id };
    const device = { camera: "videoinput", microphone: "audioinput", speaker: "audiooutput" }[kind];
    await this.room.switchActiveDevice(device, id).catch(() => this.put({ mishap: kind }));
    this.look();
  }

  async share(on) {
    const me = this.room.localParticipant;
    const shown = me.getTrackPublication("screen_share")?.track;
    try {
      await me.setScreenShareEnabled(on, { audio: true, selfBrowserSurface: "exclude", contentHint: "detail" });
    } catch (error) {
      if (error.name !== "NotAllowedError") this.put({ mishap: "screen" });
    }
    if (!on) shown?.stop();
    this.look();
  }

  // "light" asks for and sends the small picture, "sound" none; the other side is not asked to change.
  async setQuality(quality) {
    const before = this.value.quality;
    this.put({ quality });
    await this.applyQuality();
    if (quality === "sound" && this.value.wants.camera) await this.turn("camera", false);
    if (before === "sound" && quality !== "sound") await this.turn("camera", true);
  }

  async applyQuality() {
    await carry(this.room, this.value.quality);
    this.look();
  }

  startSound() {
    return this.room?.startAudio().then(
      () => this.look(),
      () => {},
    );
  }

  async leave() {
    if (this.value.phase === "out") return;
    this.asked = true;
    await this.end("left");
  }

  async end(out) {
    this.run++;
    this.wake();
    this.listenToPage(false);
    this.put({ ...NOBODY, phase: "out", out, trouble: 0 });
    await this.hangUp();
    Object.values(this.found ?? {}).forEach((track) => track?.stop());
    this.found = null;
    Object.values(this.tracks).forEach((track) => track?.stop());
    this.tracks = {};
  }

  async hangUp() {
    await this.room?.disconnect(false).catch(() => {});
  }

  listenToPage(on) {
    const change = on ? "addEventListener" : "removeEventListener";
    document[change]("visibilitychange", this.onReturn);
    window[change]("online", this.onReturn);
    window[change]("pageshow", this.onReturn);
    window[change]("pagehide", this.onHide);
  }
}
