// One call as this page sees it: commands out, events in, one state. It knows no element of the page; "change" tells the stage to
// draw again, "warning" that credit runs out, "ended" that all is over.
import * as media from "./media.js";
import { Peer } from "./peer.js";
import { newIdentifier } from "./settings.js";

/** Levels that a change of quality must keep before it is said, and before it is taken back. */
const qualityHoldMilliseconds = 3_000;
const qualityReleaseMilliseconds = 6_000;
const reportMilliseconds = 10_000;
const warningSeconds = [60, 10];

const now = () => performance.now();

export class Call extends EventTarget {
  #signal;
  #peer = null;
  #prepared = null;
  #tracks = { audio: null, video: null };
  #qualityTimer = { self: 0, peer: 0 };
  #qualityWanted = { self: "good", peer: "good" };
  #reportTimer = 0;
  #warned = new Set();

  constructor(signal, { call = newIdentifier(), peer, kind, direction }) {
    super();
    this.#signal = signal;
    this.call = call;
    this.peer = { number: peer?.number ?? "", name: peer?.name ?? "" };
    this.kind = kind;
    this.direction = direction;
    this.state = direction === "incoming" ? "incoming" : "preparing";
    this.connectedAt = null;
    this.payer = false;
    this.price = 0;
    this.charge = null;
    this.media = "connecting";
    this.peerReconnecting = false;
    this.quality = { self: "good", peer: "good" };
    this.muted = false;
    this.cameraOff = false;
    this.problems = {};
    this.end = null;
  }

  get sound() {
    return this.#peer?.sound ?? null;
  }

  get picture() {
    return this.#peer?.picture ?? null;
  }

  get connection() {
    return this.#peer?.connection ?? null;
  }

  get selfVideo() {
    return this.#tracks.video;
  }

  get over() {
    return this.state === "ended";
  }

  #change() {
    this.dispatchEvent(new Event("change"));
  }

  // MARK: What the person does

  /** Places the call. Where the browser still has to ask for the camera, it asks before the other side rings. */
  async dial(askFirst) {
    this.#open(this.kind);
    const acquired = this.#acquire();
    if (askFirst) await acquired;
    if (this.over) return;
    this.state = "calling";
    this.#change();
    await this.#offerWith((sdp) => ({ type: "dial", call: this.call, to: this.peer.number, kind: this.kind, sdp }));
  }

  /** Makes the connection ready while it rings, so that the first picture is there at once when the person accepts. */
  prepare() {
    this.#prepared ??= new Peer(this.kind);
  }

  async accept(kind) {
    if (this.state !== "incoming") return;
    this.state = "answering";
    // Answered without a picture: our camera stays off, theirs is still seen.
    if (kind !== this.kind) this.cameraOff = true;
    this.#open(this.kind);
    this.#acquire();
    this.#change();
    await this.#offerWith((sdp) => ({ type: "accept", call: this.call, kind, sdp }));
  }

  decline() {
    this.#command({ type: "decline", call: this.call });
    this.finish({ reason: "declined", by: "self" });
  }

  hangUp() {
    if (this.over) return;
    if (this.state === "preparing") {
      this.finish({ reason: "cancelled", by: "self", seconds: 0 });
      return;
    }
    this.#command({ type: "hangup", call: this.call });
    // The server's word brings cost and duration; when it cannot be reached the person still gets the line back.
    this.finishing = true;
    this.#releaseTracks();
    setTimeout(() => this.finish({ reason: this.connectedAt ? "hungUp" : "cancelled", by: "self", seconds: this.seconds() }), 2_000);
    this.#change();
  }

  /** After a reload: a fresh connection for a call that goes on. */
  async rejoin({ state, connectedAt, payer }, serverNow) {
    this.state = state === "connected" || state === "active" ? "active" : this.direction === "incoming" ? "answering" : "ringing";
    this.payer = payer === true;
    if (connectedAt) this.connectedAt = now() - Math.max(0, serverNow - connectedAt);
    this.media = this.state === "active" ? "reconnecting" : "connecting";
    this.#open(this.kind);
    this.#acquire();
    this.#change();
    await this.#offerWith((sdp) => ({ type: "offer", call: this.call, sdp }));
  }

  setMuted(muted) {
    this.muted = muted;
    if (this.#tracks.audio) this.#tracks.audio.enabled = !muted;
    this.#change();
  }

  /** Camera off lets go of the camera, so that its light goes out; on asks for it again. */
  async setCameraOff(off) {
    if (this.kind !== "video") return;
    this.cameraOff = off;
    if (off) this.#replace("video", null);
    else await this.#acquireOne("video");
    this.#change();
  }

  /** The next camera, or the other side's camera of a telephone. */
  async switchCamera() {
    const { cameras } = await media.devices();
    const current = this.#tracks.video?.getSettings() ?? {};
    const index = cameras.findIndex((camera) => camera.deviceId === current.deviceId);
    const facing = current.facingMode === "user" ? "environment" : current.facingMode === "environment" ? "user" : null;
    this.#tracks.video?.stop();
    if (facing) await this.#acquireOne("video", { facing });
    else if (cameras.length > 1) await this.useDevice("camera", cameras[(index + 1) % cameras.length].deviceId);
    else await this.#acquireOne("video");
  }

  async useDevice(kind, device) {
    media.choose(kind, device);
    if (kind === "speaker") return this.#change();
    this.#tracks[kind === "camera" ? "video" : "audio"]?.stop();
    return this.#acquireOne(kind === "camera" ? "video" : "audio", { device });
  }

  networkChanged() {
    if (this.#peer && !this.over) this.#peer.networkChanged();
  }

  // MARK: What the server says

  handle(event) {
    if (this.over) return;
    switch (event.type) {
      case "trying": this.#advance("calling"); break;
      case "ringing": this.#advance("ringing"); break;
      case "answer": this.#peer?.answer(event.sdp).catch(() => this.#command({ type: "hangup", call: this.call })); break;
      case "connected": this.#connected(event); break;
      case "charge": this.#charged(event); break;
      case "warning": this.#warn(event.remainingSeconds); break;
      case "limitNear": this.dispatchEvent(new CustomEvent("limitnear", { detail: event.percent })); break;
      case "peer": this.peerReconnecting = event.state === "reconnecting"; this.#change(); break;
      case "renegotiate": this.#peer?.offer(); break;
      case "quality": this.#qualityHeard(event); break;
      case "ended": this.finish(event); break;
      case "stopped": this.finish({ ...event, stopped: true }); break;
      case "error": this.#failed(event); break;
      default: break;
    }
  }

  #advance(state) {
    if (!["preparing", "calling", "ringing"].includes(this.state)) return;
    this.state = state;
    this.#change();
  }

  #connected(event) {
    this.state = "active";
    this.connectedAt ??= now();
    this.payer = event.payer === true;
    this.price = event.pricePerSecond ?? this.price;
    if (event.peer) this.peer = { number: event.peer.number ?? this.peer.number, name: event.peer.name ?? this.peer.name };
    clearInterval(this.#reportTimer);
    this.#reportTimer = setInterval(() => this.#report(), reportMilliseconds);
    this.#change();
  }

  #charged(event) {
    this.payer = true;
    this.price = event.pricePerSecond ?? this.price;
    this.charge = { used: event.used ?? 0, remaining: event.remainingSeconds ?? null, at: now() };
    this.#change();
  }

  #warn(seconds) {
    const step = warningSeconds.find((limit) => seconds > limit / 2 && seconds <= limit) ?? seconds;
    if (this.#warned.has(step)) return;
    this.#warned.add(step);
    this.dispatchEvent(new CustomEvent("warning", { detail: seconds }));
  }

  /** Quality is said only when it stays, so that the page never flickers. */
  #qualityHeard({ side = "self", level }) {
    if (this.#qualityWanted[side] === level) return;
    this.#qualityWanted[side] = level;
    clearTimeout(this.#qualityTimer[side]);
    const wait = level === "good" ? qualityReleaseMilliseconds : qualityHoldMilliseconds;
    this.#qualityTimer[side] = setTimeout(() => {
      this.quality[side] = level;
      this.#change();
    }, wait);
  }

  #failed({ code, parameters }) {
    if (this.connectedAt !== null) return;
    this.finish({ reason: "failed", by: "service", code, parameters });
  }

  // MARK: Numbers for the stage

  seconds() {
    return this.connectedAt === null ? 0 : (now() - this.connectedAt) / 1000;
  }

  /** The cost so far in micro-yuan, running on between the server's words. */
  cost() {
    if (!this.charge) return Math.floor(this.seconds() * this.price);
    return Math.floor(this.charge.used + ((now() - this.charge.at) / 1000) * this.price);
  }

  remaining() {
    if (this.charge?.remaining === null || this.charge?.remaining === undefined) return null;
    return Math.max(0, this.charge.remaining - (now() - this.charge.at) / 1000);
  }

  finish(end) {
    if (this.over) return;
    this.state = "ended";
    this.end = { seconds: this.seconds(), ...end };
    clearInterval(this.#reportTimer);
    clearTimeout(this.#qualityTimer.self);
    clearTimeout(this.#qualityTimer.peer);
    this.#discardPrepared();
    this.#peer?.close();
    this.#releaseTracks();
    this.#change();
    this.dispatchEvent(new Event("ended"));
  }

  // MARK: Connection and devices

  #open(kind) {
    this.#peer = this.#prepared ?? new Peer(kind);
    this.#prepared = null;
    this.#peer.addEventListener("state", () => {
      this.media = this.#peer.state === "connected" ? "connected" : "reconnecting";
      this.#change();
    });
  }

  #discardPrepared() {
    this.#prepared?.close();
    this.#prepared = null;
  }

  /** The first offer travels in `first`'s command, all later ones as `offer`. */
  async #offerWith(first) {
    let command = first;
    this.#peer.addEventListener("offer", ({ detail: sdp }) => {
      const message = command(sdp);
      const renegotiation = message.type === "offer";
      command = (again) => ({ type: "offer", call: this.call, sdp: again });
      this.#signal.send(message).catch((refusal) => (renegotiation ? this.#peer.refused() : this.#failed(refusal)));
    });
    await this.#peer.offer();
  }

  #command(message) {
    this.#signal.send(message).catch(() => {});
  }

  async #acquire() {
    const got = await media.acquire({ audio: true, video: this.kind === "video" && !this.cameraOff });
    if (this.over || this.finishing) {
      got.audio?.stop();
      got.video?.stop();
      return;
    }
    this.problems = got.problems;
    if (got.audio) this.#replace("audio", got.audio);
    if (got.video && this.kind === "video") this.#replace("video", got.video);
    else got.video?.stop();
    this.#change();
  }

  async #acquireOne(kind, wanted) {
    const name = kind === "audio" ? "microphone" : "camera";
    try {
      const track = await media.acquireTrack(kind, wanted);
      if (this.over) return track.stop();
      delete this.problems[name];
      if (kind === "video") this.cameraOff = false;
      this.#replace(kind, track);
    } catch (error) {
      this.problems = { ...this.problems, [name]: media.problemOf(error) };
      this.#replace(kind, null);
    }
    return this.#change();
  }

  #replace(kind, track) {
    this.#tracks[kind]?.stop();
    this.#tracks[kind] = track;
    if (track && kind === "audio") track.enabled = !this.muted;
    track?.addEventListener("ended", () => {
      if (this.#tracks[kind] !== track || this.over) return;
      this.problems = { ...this.problems, [kind === "audio" ? "microphone" : "camera"]: "missing" };
      this.#replace(kind, null);
      this.#change();
    });
    this.#peer?.send(kind, track);
  }

  #releaseTracks() {
    for (const kind of ["audio", "video"]) {
      this.#tracks[kind]?.stop();
      this.#tracks[kind] = null;
    }
  }

  async #report() {
    if (this.#peer && this.media === "connected") this.#signal.tell({ type: "report", call: this.call, stats: await this.#peer.statistics() });
  }
}
