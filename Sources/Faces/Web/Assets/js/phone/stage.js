// The stage: while there is a call it covers everything. It draws what the call is, and nothing else decides what is shown.
import { $, announce, avatar, h } from "../dom.js";
import { clock, duration, money, number as grouped, remaining } from "../format.js";
import * as media from "../media.js";
import { has, t, faultWords } from "../words.js";
import { Controls } from "./controls.js";
import { SelfView } from "./self-view.js";

const tickMilliseconds = 250;
const pictureLostMilliseconds = 2_500;
const warningShownMilliseconds = 8_000;

export class Stage {
  #stage = $("#stage");
  #remote = $("#remote");
  #sound = $("#remote-sound");
  #self = new SelfView();
  #controls;
  #call = null;
  #name = "";
  #tick = 0;
  #lastFrame = 0;
  #framesSeen = 0;
  #warningUntil = 0;
  #said = "";
  #wakeLock = null;

  constructor({ currentCall, openDevices, again, closed }) {
    this.#controls = new Controls(currentCall, openDevices);
    this.controls = this.#controls;
    $("#call-again").addEventListener("click", () => again(this.#call));
    $("#ended-close").addEventListener("click", () => closed());
    $("#stage-sound").addEventListener("click", () => this.#playRemote());
    this.#remote.addEventListener("resize", () => this.#fit());
    addEventListener("resize", () => this.#fit());
  }

  get shown() {
    return !this.#stage.hidden;
  }

  show(call, name) {
    this.#call = call;
    this.#name = name || grouped(call.peer.number);
    this.#lastFrame = 0;
    this.#framesSeen = 0;
    this.#warningUntil = 0;
    this.#stage.hidden = false;
    $("#app").inert = true;
    $("#ended").hidden = true;
    $("#controls").hidden = false;
    $("#stage-name").textContent = this.#name;
    $("#stage-face").replaceChildren(avatar(this.#name, true), h("span", {}, this.#name));
    call.addEventListener("change", () => this.#draw());
    clearInterval(this.#tick);
    this.#tick = setInterval(() => this.#draw(), tickMilliseconds);
    this.#stage.focus();
    this.#draw();
    navigator.wakeLock?.request("screen").then((lock) => (this.#wakeLock = lock)).catch(() => {});
  }

  hide() {
    clearInterval(this.#tick);
    this.#stage.hidden = true;
    this.#stage.dataset.state = "idle";
    this.#silence();
    $("#app").inert = false;
    this.#call = null;
  }

  warn(seconds) {
    this.#warningUntil = performance.now() + warningShownMilliseconds;
    const warning = $("#stage-warning");
    $("span", warning).textContent = t("stage.warning", { time: remaining(seconds) });
    warning.hidden = false;
  }

  #draw() {
    const call = this.#call;
    if (!call) return;
    if (call.over) return this.#drawEnd(call);
    this.#stage.dataset.state = call.state === "active" ? "active" : call.direction === "incoming" ? "answering" : "outgoing";
    this.#stage.dataset.kind = call.kind;
    this.#attach(call);
    this.#self.show(call.kind === "video" ? call.selfVideo : null);
    this.#drawRemote(call);
    this.#drawState(call);
    this.#drawMoney(call);
    this.#drawMessages(call);
    this.#controls.draw(call);
    return undefined;
  }

  #attach(call) {
    if (this.#sound.srcObject === call.sound || !call.sound) return;
    this.#sound.srcObject = call.sound;
    this.#remote.srcObject = call.picture;
    media.useSpeaker(this.#sound);
    this.#playRemote();
    this.#watchFrames(call);
  }

  #silence() {
    this.#sound.srcObject = null;
    this.#remote.srcObject = null;
  }

  #playRemote() {
    this.#remote.play().catch(() => {});
    this.#sound.play().then(() => ($("#stage-sound").hidden = true)).catch((error) => {
      $("#stage-sound").hidden = error.name !== "NotAllowedError";
    });
  }

  #watchFrames(call) {
    if (!this.#remote.requestVideoFrameCallback) return;
    const seen = () => {
      this.#lastFrame = performance.now();
      this.#framesSeen += 1;
      if (!call.over && this.#call === call) this.#remote.requestVideoFrameCallback(seen);
    };
    this.#remote.requestVideoFrameCallback(seen);
  }

  /** The remote picture is shown only while frames come; else the face of the name stands there and not a frozen frame. */
  #drawRemote(call) {
    const fresh = this.#framesSeen > 0 && performance.now() - this.#lastFrame < pictureLostMilliseconds;
    const picture = call.kind === "video" && call.state === "active" && (fresh || document.visibilityState === "hidden" || document.pictureInPictureElement !== null);
    this.#remote.hidden = call.state !== "active";
    this.#stage.dataset.picture = picture ? "shown" : "none";
    $("#stage-face").hidden = picture;
  }

  #drawState(call) {
    const words = this.#stateWords(call);
    $("#stage-state").textContent = words;
    const said = call.state === "active" ? t("stage.connectedWith", { name: this.#name }) : words;
    if (said !== this.#said) announce((this.#said = said));
  }

  #stateWords(call) {
    if (call.finishing) return t("stage.hangingUp");
    switch (call.state) {
      case "preparing": return t("stage.preparing");
      case "calling": return t("stage.calling");
      case "ringing": return t("stage.ringing");
      case "answering": return t("stage.answering");
      default: return clock(call.seconds());
    }
  }

  #drawMoney(call) {
    const money_ = $("#stage-money");
    money_.hidden = !(call.state === "active" && call.payer);
    if (money_.hidden) return;
    $("#stage-cost").textContent = t("stage.cost", { cost: money(call.cost()) });
    const left = call.remaining();
    $("#stage-remaining").textContent = left === null ? "" : t("stage.remaining", { time: remaining(left) });
  }

  #drawMessages(call) {
    this.#message("#stage-quality", this.#qualityWords(call));
    this.#message("#stage-problem", this.#problemWords(call));
    if (this.#warningUntil && performance.now() > this.#warningUntil) {
      this.#warningUntil = 0;
      $("#stage-warning").hidden = true;
    }
    const own = call.state === "active" && call.media === "reconnecting";
    const overlay = $("#stage-reconnecting");
    overlay.hidden = !(own || call.peerReconnecting);
    const words = own ? t("stage.reconnecting") : t("stage.peerReconnecting", { name: this.#name });
    if ($("p", overlay).textContent !== words) $("p", overlay).textContent = words;
  }

  #message(selector, words) {
    const element = $(selector);
    element.hidden = !words;
    if (words && $("span", element).textContent !== words) $("span", element).textContent = words;
  }

  #qualityWords(call) {
    if (call.state !== "active" || call.media !== "connected") return "";
    if (call.quality.self !== "good") return t(call.quality.self === "bad" ? "quality.selfBad" : "quality.selfPoor");
    if (call.quality.peer !== "good") return t("quality.peer", { name: this.#name });
    return "";
  }

  #problemWords(call) {
    for (const device of ["microphone", "camera"]) {
      const problem = call.problems[device];
      if (problem && (device === "microphone" || call.kind === "video")) return `${t(`device.${device}.${problem}`)} ${t(`device.${device}.goOn`)}`;
    }
    if (call.state === "active" && call.media === "connected" && call.kind === "video" && this.#stage.dataset.picture === "none" && call.seconds() > 4) return t("stage.noPicture", { name: this.#name });
    return "";
  }

  /** Cover while little is cut off, else the whole picture: nobody's face is cropped for the sake of a full screen. */
  #fit() {
    const { videoWidth, videoHeight } = this.#remote;
    if (!videoWidth || !videoHeight) return;
    const ratio = (videoWidth / videoHeight) / (innerWidth / innerHeight);
    this.#remote.classList.toggle("whole", ratio > 1.7 || ratio < 0.6);
  }

  #drawEnd(call) {
    if (!$("#ended").hidden) return;
    clearInterval(this.#tick);
    this.#controls.end();
    this.#wakeLock?.release().catch(() => {});
    this.#stage.dataset.state = "ended";
    this.#silence();
    for (const selector of ["#stage-warning", "#stage-quality", "#stage-problem", "#stage-reconnecting", "#stage-money", "#controls", "#self", "#stage-sound"]) $(selector).hidden = true;
    const { reason, by, seconds, cost, code, parameters } = call.end;
    const talked = call.connectedAt !== null;
    $("#ended-face").replaceChildren(avatar(this.#name, true));
    $("#ended-title").textContent = talked ? t("ended.title", { name: this.#name }) : this.#name;
    const words = reasonWords({ reason, by, code, parameters, talked, name: this.#name });
    $("#ended-reason").textContent = words;
    $("#ended-reason").dataset.reason = reason;
    $("#ended-duration-row").hidden = !talked;
    $("#ended-duration").textContent = duration(seconds ?? 0);
    const known = cost !== undefined && cost !== null && (talked || cost > 0);
    $("#ended-cost-row").hidden = !known;
    $("#ended-cost").textContent = known ? money(cost) : "";
    const heldBack = ["credit", "held"].includes(reason);
    $("#call-again").hidden = heldBack || reason === "emergencyUnavailable" || reason === "unknownNumber";
    $("#ended-account").hidden = !heldBack;
    $("#ended").hidden = false;
    $("#ended-title").focus();
    announce((this.#said = words));
  }
}

/** Why the call ended, in plain words for this side. */
export function reasonWords({ reason, by, code, parameters, talked, name }) {
  if (reason === "failed" && code && has(`fault.${code}`)) return faultWords({ code, parameters });
  const side = by === "self" || by === "peer" ? `.${by}` : "";
  for (const key of [`reason.${reason}${side}${talked ? ".talked" : ""}`, `reason.${reason}${side}`, `reason.${reason}`]) {
    if (has(key)) return t(key, { name });
  }
  return t("reason.failed");
}
