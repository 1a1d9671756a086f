// What one field knows of its words: what stands in it, what the clinic holds, and what is on its way there.
const PAUSE = 800, LONGEST = 2500, SILENCE = 4000, LONGEST_SILENCE = 30000, LATE = 4000;
const MOST_SENT = 12;

// Which page this is, and the how manieth word from it: an older save that comes late is told from a newer one.
const PAGE = Math.random().toString(36).slice(2, 12).padEnd(10, "0");
let turn = 0;

export class Kept {
  constructor({ onShow, onLate, deliver }) {
    Object.assign(this, { onShow, onLate, deliver });
    this.owner = ""; // whose words these are; empty until the clinic has told
    this.text = "";
    this.known = ""; // what the clinic holds, as far as it was told
    this.base = 0; // the revision in which this page has seen those words
    this.sent = []; // what was sent and not answered, oldest first
    this.gap = false; // the clinic was away, or its memory of this page
    this.timers = {};
  }

  get unsaved() {
    return this.owner !== "" && this.text !== this.known;
  }

  // The clinic tells what it holds. It never takes the place of words that it has not got yet.
  told(owner, words, seen) {
    if (!owner) return void (this.gap = true);
    if (owner !== this.owner) return this.begin(owner, words ?? "", seen);
    if (words === undefined || words === null) return;
    const gap = this.gap;
    this.gap = false;
    const own = this.sent.lastIndexOf(words);
    if (own >= 0 || words === this.text || !this.unsaved) this.base = seen ?? 0;
    if (!this.unsaved && words !== this.text) this.onShow((this.text = words));
    this.known = words;
    if (own >= 0) this.sent = this.sent.slice(own + 1);
    if (!this.unsaved) return this.rest();
    if (own >= 0) this.expect();
    if (gap) this.again();
  }

  begin(owner, words, seen) {
    this.flush();
    this.rest();
    Object.assign(this, { owner, text: words, known: words, base: seen ?? 0, gap: false });
    this.onShow(words);
  }

  type(text) {
    this.text = text;
    if (!this.timers.late) this.expect();
    this.set("pause", PAUSE, () => this.flush());
    if (!this.timers.longest) this.set("longest", LONGEST, () => this.flush());
  }

  // Sends what is not on its way yet.
  flush() {
    this.clear("pause", "longest");
    if (this.unsaved && this.sent[this.sent.length - 1] !== this.text) this.send(SILENCE);
  }

  // Sends once more what nobody has answered.
  again() {
    if (this.unsaved) this.send(SILENCE);
  }

  send(patience) {
    if (this.sent[this.sent.length - 1] !== this.text) this.sent = [...this.sent, this.text].slice(-MOST_SENT);
    this.deliver(this.parcel());
    this.set("silence", patience, () => this.unsaved && this.repeat(Math.min(2 * patience, LONGEST_SILENCE)));
  }

  // Nothing is piled up for a clinic that is known to be away: it is sent when it is back.
  repeat(patience) {
    if (this.away) this.gap = true;
    else this.send(patience);
  }

  reach(away) {
    const back = this.away && !away;
    this.away = away;
    if (back) this.again();
  }

  parcel() {
    return { owner: this.owner, text: this.text, base: this.base, stamp: `${PAGE}.${++turn}` };
  }

  // From now on it is late in four seconds, unless the clinic answers.
  expect() {
    this.onLate(false);
    this.set("late", LATE, () => this.onLate(this.unsaved));
  }

  rest() {
    this.sent = [];
    this.clear("pause", "longest", "silence", "late");
    this.onLate(false);
  }

  set(name, after, deed) {
    this.clear(name);
    this.timers[name] = setTimeout(() => {
      this.timers[name] = 0;
      deed();
    }, after);
  }

  clear(...names) {
    for (const name of names) {
      clearTimeout(this.timers[name]);
      this.timers[name] = 0;
    }
  }
}
