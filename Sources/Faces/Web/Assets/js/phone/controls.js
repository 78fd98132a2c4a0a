// The buttons of a call: they step back after three seconds and come back on any touch or key.
import { $, setIcon } from "../dom.js";
import { t } from "../words.js";
import { remembered } from "../settings.js";
import * as media from "../media.js";

const hideAfterMilliseconds = 3_000;

export class Controls {
  #stage = $("#stage");
  #remote = $("#remote");
  #timer = 0;
  #mayHide = false;
  #counted = undefined;
  #call = () => null;

  constructor(currentCall, openDevices) {
    this.#call = currentCall;
    $("#hang-up").addEventListener("click", () => this.#call()?.hangUp());
    $("#mute").addEventListener("click", () => this.toggleMute());
    $("#camera").addEventListener("click", () => this.toggleCamera());
    $("#switch-camera").addEventListener("click", () => this.#call()?.switchCamera());
    $("#pip").addEventListener("click", () => this.togglePictureInPicture());
    $("#full").addEventListener("click", () => this.toggleFullScreen());
    $("#devices").addEventListener("click", openDevices);
    $("#more").addEventListener("click", () => this.#openMore($("#more").getAttribute("aria-expanded") !== "true"));
    for (const event of ["pointermove", "pointerdown", "keydown", "focusin"]) addEventListener(event, () => this.wake(), { passive: true });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || $("#more").getAttribute("aria-expanded") !== "true") return;
      this.#openMore(false);
      $("#more").focus();
    });
    document.addEventListener("fullscreenchange", () => this.#showFullScreen());
    $("#pip").hidden = !document.pictureInPictureEnabled;
    $("#full").hidden = !document.fullscreenEnabled;
    media.onDeviceChange(() => this.#countCameras());
  }

  toggleMute() {
    const call = this.#call();
    if (call) call.setMuted(!call.muted);
  }

  toggleCamera() {
    const call = this.#call();
    if (call) call.setCameraOff(!call.cameraOff && call.selfVideo !== null);
  }

  async togglePictureInPicture() {
    try {
      if (document.pictureInPictureElement) await document.exitPictureInPicture();
      else await this.#remote.requestPictureInPicture();
    } catch {
      // There is no picture yet; the button stays.
    }
  }

  async toggleFullScreen() {
    if (document.fullscreenElement) await document.exitFullscreen().catch(() => {});
    else await document.documentElement.requestFullscreen().catch(() => {});
  }

  draw(call) {
    const video = call.kind === "video";
    const off = call.selfVideo === null;
    this.#label("mute", call.muted, call.muted ? "mic-off" : "mic", call.muted ? "stage.unmute" : "stage.mute");
    this.#label("camera", off, off ? "video-off" : "video", off ? "stage.cameraOn" : "stage.cameraOff");
    for (const name of ["camera", "pip"]) $(`#${name}`).hidden = !video || (name === "pip" && !document.pictureInPictureEnabled);
    if (this.#counted !== call.selfVideo) {
      this.#counted = call.selfVideo;
      this.#countCameras();
    }
    const mayHide = video && call.state === "active" && call.media === "connected";
    if (mayHide !== this.#mayHide) {
      this.#mayHide = mayHide;
      this.wake();
    }
  }

  end() {
    this.#mayHide = false;
    this.#counted = undefined;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#openMore(false);
    if (document.pictureInPictureElement) document.exitPictureInPicture().catch(() => {});
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }

  wake() {
    if (this.#stage.hidden) return;
    this.#stage.dataset.controls = "shown";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#sleep(), hideAfterMilliseconds);
  }

  #sleep() {
    this.#timer = 0;
    const open = $("#more").getAttribute("aria-expanded") === "true" || document.querySelector("dialog[open]");
    if (!this.#mayHide || open || remembered("controls") === "stay") return this.#mayHide && open ? this.wake() : undefined;
    this.#stage.dataset.controls = "hidden";
    return undefined;
  }

  #openMore(open) {
    $("#more").setAttribute("aria-expanded", String(open));
    $("#more-controls").classList.toggle("open", open);
  }

  #label(id, pressed, iconName, key) {
    const control = $(`#${id}`);
    control.setAttribute("aria-pressed", String(pressed));
    control.classList.toggle("off", pressed);
    setIcon(control, iconName);
    control.querySelector("span").textContent = t(key);
  }

  async #countCameras() {
    const { cameras } = await media.devices();
    const call = this.#call();
    $("#switch-camera").hidden = !call || call.kind !== "video" || cameras.length < 2;
  }

  #showFullScreen() {
    const full = document.fullscreenElement !== null;
    $("#full").setAttribute("aria-pressed", String(full));
    $("#full span").textContent = t(full ? "stage.smallScreen" : "stage.fullScreen");
  }
}
