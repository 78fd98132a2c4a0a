// One peer connection to the service's media server. The page always offers; the server's answer carries its addresses, so the
// offer leaves at once and nobody waits for candidates. Lines of the description stand in a fixed order: audio, then video.
// Events: "offer" (detail: sdp to be sent), "state" (connected, disconnected, failed).

const restartAfterMilliseconds = 1_200;
const restartAgainMilliseconds = 4_000;

export class Peer extends EventTarget {
  #connection;
  #audio;
  #video = null;
  #offering = false;
  #again = null;
  #restartTimer = 0;
  #closed = false;

  constructor(kind) {
    super();
    this.kind = kind;
    this.state = "new";
    this.#connection = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle", rtcpMuxPolicy: "require" });
    this.#audio = this.#connection.addTransceiver("audio", { direction: "sendrecv" });
    if (kind === "video") this.#video = this.#connection.addTransceiver("video", { direction: "sendrecv" });
    // Two streams for two elements: an element with both would keep the sound back until a first picture came, which may never come.
    this.sound = new MediaStream([this.#audio.receiver.track]);
    this.picture = this.#video ? new MediaStream([this.#video.receiver.track]) : null;
    this.#connection.addEventListener("iceconnectionstatechange", () => this.#changed());
    this.#connection.addEventListener("connectionstatechange", () => this.#changed());
  }

  get connection() {
    return this.#connection;
  }

  /** Makes the offer; it is announced by "offer". While an answer is outstanding the next offer waits for it. */
  async offer({ restart = false } = {}) {
    if (this.#closed) return;
    if (this.#offering) {
      this.#again = { restart: restart || this.#again?.restart === true };
      return;
    }
    this.#offering = true;
    const description = await this.#connection.createOffer({ iceRestart: restart });
    if (this.#closed) return;
    await this.#connection.setLocalDescription(description);
    this.dispatchEvent(new CustomEvent("offer", { detail: this.#connection.localDescription.sdp }));
  }

  async answer(sdp) {
    if (this.#closed || this.#connection.signalingState !== "have-local-offer") return;
    await this.#connection.setRemoteDescription({ type: "answer", sdp });
    this.#offered();
  }

  /** The server did not take the offer: back to the description before it. */
  async refused() {
    if (this.#closed) return;
    if (this.#connection.signalingState === "have-local-offer" && this.#connection.currentLocalDescription) {
      await this.#connection.setLocalDescription({ type: "rollback" }).catch(() => {});
    }
    this.#offered();
  }

  #offered() {
    this.#offering = false;
    const again = this.#again;
    this.#again = null;
    if (again) this.offer(again);
  }

  /** Sends a track, or nothing. Needs no new offer. */
  async send(kind, track) {
    const transceiver = kind === "audio" ? this.#audio : this.#video;
    if (!transceiver || this.#closed) return;
    await transceiver.sender.replaceTrack(track).catch(() => {});
  }

  #changed() {
    if (this.#closed) return;
    const ice = this.#connection.iceConnectionState;
    const whole = this.#connection.connectionState;
    const next = whole === "failed" || ice === "failed" ? "failed"
      : whole === "connected" && (ice === "connected" || ice === "completed") ? "connected"
        : whole === "disconnected" || ice === "disconnected" ? "disconnected" : this.state;
    if (next === this.state) return;
    this.state = next;
    this.dispatchEvent(new Event("state"));
    clearTimeout(this.#restartTimer);
    if (next === "failed") this.#restartLater(0);
    else if (next === "disconnected") this.#restartLater(restartAfterMilliseconds);
  }

  /** Finds new ways through the network, and again while none is found. */
  #restartLater(milliseconds) {
    this.#restartTimer = setTimeout(() => {
      if (this.#closed || this.state === "connected") return;
      this.offer({ restart: true });
      this.#restartLater(restartAgainMilliseconds);
    }, milliseconds);
  }

  /** The network changed under us: don't wait until the old way is given up. */
  networkChanged() {
    if (!this.#closed && this.state !== "new") this.offer({ restart: true });
  }

  /** What this side receives and sends, for the server's evidence of quality. */
  async statistics() {
    const found = { packetsLost: 0, packetsReceived: 0, jitter: 0, framesDecoded: 0, framesDropped: 0, freezeCount: 0, roundTripTime: 0 };
    const report = await this.#connection.getStats().catch(() => new Map());
    for (const entry of report.values()) {
      if (entry.type === "inbound-rtp") {
        found.packetsLost += entry.packetsLost ?? 0;
        found.packetsReceived += entry.packetsReceived ?? 0;
        found.jitter = Math.max(found.jitter, entry.jitter ?? 0);
        found.framesDecoded += entry.framesDecoded ?? 0;
        found.framesDropped += entry.framesDropped ?? 0;
        found.freezeCount += entry.freezeCount ?? 0;
      } else if (entry.type === "candidate-pair" && entry.nominated) found.roundTripTime = entry.currentRoundTripTime ?? 0;
    }
    return found;
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#restartTimer);
    this.#connection.close();
  }
}
