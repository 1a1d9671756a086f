// Where the patient is today, as it is typed: kept by itself, whatever is pressed next, and tried again until it is.
import { Store } from "./store.js";

const PAUSE = 1500; // without a key
const AGAIN = 4000; // after the clinic did not answer

export class Place extends Store {
  // told: {today, usual}; state: typing | busy | kept | early | finished | failed
  constructor(clinic) {
    super({ told: null, text: "", state: "" });
    this.clinic = clinic;
    this.timer = 0;
  }

  async look() {
    if (this.value.told || this.looking) return;
    this.looking = true;
    const told = await this.clinic.place().catch(() => ({ code: "away" }));
    this.looking = false;
    const { today = "", usual = "" } = told;
    this.put({ told: { today, usual }, text: this.value.text || today || usual });
  }

  type(text) {
    this.put({ text, state: "typing" });
    this.later(PAUSE);
  }

  // What is only offered (the usual address) is not said; what was typed is.
  async keep() {
    const { state } = this.value;
    if (["typing", "failed", "early"].includes(state)) await this.say();
  }

  say() {
    clearTimeout(this.timer);
    const place = this.value.text.trim();
    if (!place) return Promise.resolve(false);
    if (this.sending?.place !== place) {
      const done = this.send(place).finally(() => this.sending?.done === done && (this.sending = null));
      this.sending = { place, done };
    }
    return this.sending.done;
  }

  async send(place) {
    if (this.value.state !== "failed") this.put({ state: "busy" });
    const said = await this.clinic.sayPlace(place).catch(() => ({ code: "failed" }));
    if (this.value.text.trim() !== place) return this.later(PAUSE); // somebody types on meanwhile
    if (!said.code) this.put({ told: { usual: "", ...this.value.told, today: place }, state: "kept" });
    else this.put({ state: ["early", "finished"].includes(said.code) ? said.code : "failed" });
    if (said.code === "failed") this.later(AGAIN);
    return !said.code;
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), milliseconds);
    return false;
  }
}
