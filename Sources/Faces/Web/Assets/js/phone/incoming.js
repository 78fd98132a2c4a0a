// An incoming call: the largest thing on the screen, heard, seen and, where allowed, shown by the system.
import { $, avatar, announce } from "../dom.js";
import { number as grouped } from "../format.js";
import * as ring from "../ring.js";
import { t } from "../words.js";

const titleMilliseconds = 1_000;

export class Incoming {
  #dialog = $("#incoming");
  #call = null;
  #titleTimer = 0;
  #title = document.title;
  #notification = null;
  #accept;
  #decline;

  constructor(accept, decline) {
    this.#accept = accept;
    this.#decline = decline;
    $("#accept-video").addEventListener("click", () => this.answer("video"));
    $("#accept-audio").addEventListener("click", () => this.answer("audio"));
    $("#decline").addEventListener("click", () => this.decline());
    $("#silence").addEventListener("click", () => this.silence());
    // Escape must not send somebody away by accident.
    this.#dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.#dialog.addEventListener("close", () => this.#call && this.#dialog.showModal());
  }

  get call() {
    return this.#call;
  }

  show(call, name) {
    this.#call = call;
    const video = call.kind === "video";
    const shown = name || grouped(call.peer.number);
    $("#incoming-kind").textContent = t(video ? "incoming.video" : "incoming.audio");
    $("#incoming-name").textContent = shown;
    $("#incoming-number").textContent = name ? grouped(call.peer.number) : "";
    $("#incoming-face").replaceChildren(avatar(shown, true));
    $("#accept-video").hidden = !video;
    $("#accept-audio-words").textContent = t(video ? "incoming.acceptAudio" : "incoming.accept");
    $("#accept-audio").classList.toggle("primary", !video);
    $("#silence").hidden = false;
    for (const dialog of document.querySelectorAll("dialog[open]")) if (dialog !== this.#dialog) dialog.close();
    if (!this.#dialog.open) this.#dialog.showModal();
    $(video ? "#accept-video" : "#accept-audio").focus();
    announce(t("incoming.said", { kind: t(video ? "incoming.video" : "incoming.audio"), name: shown }));
    ring.play("incoming");
    this.#flashTitle(shown);
    this.#notify(shown, video);
  }

  hide() {
    if (!this.#call) return;
    this.#call = null;
    this.#dialog.close();
    ring.silence();
    clearInterval(this.#titleTimer);
    document.title = this.#title;
    this.#notification?.close();
    this.#notification = null;
  }

  answer(kind) {
    const call = this.#call;
    if (!call) return;
    this.hide();
    this.#accept(call, call.kind === "audio" ? "audio" : kind);
  }

  decline() {
    const call = this.#call;
    if (!call) return;
    this.hide();
    this.#decline(call);
  }

  /** The ringing goes on for the eye, and everybody in the room has peace. */
  silence() {
    ring.silence();
    $("#silence").hidden = true;
    announce(t("incoming.silenced"));
  }

  #flashTitle(name) {
    let on = false;
    const turn = () => {
      on = !on;
      document.title = on ? t("incoming.title", { name }) : this.#title;
    };
    turn();
    this.#titleTimer = setInterval(turn, titleMilliseconds);
  }

  #notify(name, video) {
    if (document.visibilityState === "visible" || globalThis.Notification?.permission !== "granted") return;
    try {
      this.#notification = new Notification(name, { body: t(video ? "incoming.video" : "incoming.audio"), tag: "incoming", requireInteraction: true, icon: "/assets/img/mark.svg" });
      this.#notification.addEventListener("click", () => {
        globalThis.focus();
        this.#notification?.close();
      });
    } catch {
      // Some telephones allow notices only from a service worker; sound and title remain.
    }
  }
}
