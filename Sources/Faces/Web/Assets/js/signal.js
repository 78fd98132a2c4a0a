// The signalling socket: says hello, resumes after a cut without losing or repeating an event, and repeats what was never answered.
// Everything that the server says arrives as "event" (detail: the message) or "welcome"; "offline", "signedOut" and "replaced" tell the
// state of the line.

const subprotocol = "jianmian.v1";
const backoffSeconds = [0.3, 1, 2, 4, 8];
const acknowledgeAfterMilliseconds = 500;
const answerWithinMilliseconds = 30_000;
const welcomeWithinMilliseconds = 8_000;
const unansweredLimit = 64;

/** Why the server closed the socket for good (docs/api/signalling.md). */
const closedFor = { 4001: "signedOut", 4002: "replaced" };

/** A refusal of the server. */
export class Refusal extends Error {
  constructor(code, message, parameters = {}) {
    super(message || code);
    this.code = code;
    this.parameters = parameters;
  }
}

export class Signal extends EventTarget {
  #device;
  #name;
  #stillSignedIn;
  #socket = null;
  #session = null;
  #seen = 0;
  #attempt = 0;
  #retryTimer = 0;
  #welcomeTimer = 0;
  #acknowledgeTimer = 0;
  #nextId = 1;
  #unanswered = new Map();
  #stopped = false;

  /** `stillSignedIn` answers whether the sign-in session lives; it is asked when a socket never opens. */
  constructor(device, name, stillSignedIn) {
    super();
    this.#device = device;
    this.#name = name;
    this.#stillSignedIn = stillSignedIn;
    this.online = false;
    addEventListener("online", () => this.#connectNow());
    addEventListener("offline", () => this.#drop());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && !this.online) this.#connectNow();
    });
  }

  start() {
    this.#stopped = false;
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#retryTimer);
    this.#drop();
  }

  /** Sends a command; resolves when the server took it, rejects with a Refusal. While the line is down it waits and is sent again. */
  send(message) {
    if (this.#unanswered.size >= unansweredLimit) return Promise.reject(new Refusal("signal.too-many", ""));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(id, (waiting) => waiting.reject(new Refusal("signal.no-answer", ""))), answerWithinMilliseconds);
      this.#unanswered.set(id, { message: { ...message, id }, resolve, reject, timer });
      if (this.online) this.#write({ ...message, id });
    });
  }

  /** For what needs no answer and is worthless later. */
  tell(message) {
    if (this.online) this.#write(message);
  }

  #settle(id, action) {
    const waiting = this.#unanswered.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#unanswered.delete(id);
    action(waiting);
  }

  #write(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #connectNow() {
    if (this.#stopped || this.online || this.#socket) return;
    clearTimeout(this.#retryTimer);
    this.#attempt = 0;
    this.#connect();
  }

  #connect() {
    const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/signal`;
    const socket = new WebSocket(address, subprotocol);
    this.#socket = socket;
    let opened = false;
    this.#welcomeTimer = setTimeout(() => socket.close(), welcomeWithinMilliseconds);
    socket.addEventListener("open", () => {
      opened = true;
      const resume = this.#session ? { resume: { session: this.#session, seq: this.#seen } } : {};
      socket.send(JSON.stringify({ type: "hello", device: this.#device, deviceName: this.#name, ...resume }));
    });
    socket.addEventListener("message", (message) => this.#receive(socket, message.data));
    socket.addEventListener("close", ({ code }) => this.#closed(socket, opened, closedFor[code]));
  }

  #drop() {
    const socket = this.#socket;
    if (!socket) return;
    socket.close();
    // A network that is gone never finishes the closing handshake: let go of the socket at once.
    this.#closed(socket, true);
  }

  #closed(socket, opened, forGood) {
    if (this.#socket !== socket) return;
    clearTimeout(this.#welcomeTimer);
    this.#socket = null;
    if (this.online) {
      this.online = false;
      this.dispatchEvent(new Event("offline"));
    }
    if (forGood) {
      this.#stopped = true;
      this.dispatchEvent(new Event(forGood));
    }
    if (this.#stopped) return;
    const seconds = backoffSeconds[Math.min(this.#attempt, backoffSeconds.length - 1)];
    this.#attempt += 1;
    this.#retryTimer = setTimeout(() => this.#retry(opened), seconds * (750 + Math.random() * 500));
  }

  async #retry(opened) {
    if (!opened && (await this.#stillSignedIn()) === false) {
      this.#stopped = true;
      this.dispatchEvent(new Event("signedOut"));
    } else if (!this.#socket && !this.#stopped) this.#connect();
  }

  #receive(socket, data) {
    if (this.#socket !== socket) return;
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    if (message.type === "ok") return this.#settle(message.re, (waiting) => waiting.resolve(message));
    if (message.type === "error" && message.re !== undefined) {
      this.#settle(message.re, (waiting) => waiting.reject(new Refusal(message.code, message.message, message.parameters)));
      if (message.seq === undefined) return undefined;
    }
    if (message.type === "welcome") return this.#welcomed(message);
    if (typeof message.seq === "number") {
      if (message.seq <= this.#seen) return undefined;
      this.#seen = message.seq;
      this.#acknowledgeSoon();
    }
    return this.dispatchEvent(new CustomEvent("event", { detail: message }));
  }

  #welcomed(message) {
    clearTimeout(this.#welcomeTimer);
    this.#attempt = 0;
    if (!message.resumed) this.#seen = 0;
    this.#session = message.session;
    this.online = true;
    this.dispatchEvent(new CustomEvent("welcome", { detail: message }));
    for (const { message: command } of this.#unanswered.values()) this.#write(command);
  }

  #acknowledgeSoon() {
    if (this.#acknowledgeTimer) return;
    this.#acknowledgeTimer = setTimeout(() => {
      this.#acknowledgeTimer = 0;
      this.tell({ type: "ack", seq: this.#seen });
    }, acknowledgeAfterMilliseconds);
  }
}
