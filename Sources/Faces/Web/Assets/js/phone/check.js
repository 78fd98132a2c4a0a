// The device check: see yourself, watch the microphone move, hear the speaker; each thing that can be wrong in plain words.
import { $ } from "../dom.js";
import * as media from "../media.js";
import * as ring from "../ring.js";
import { t } from "../words.js";
import { fillDevices } from "./devices.js";

const heardFrom = 0.25;
const problemWords = (device, problem) => t(`device.${device}.${problem}`);

export class Check {
  #tracks = { audio: null, video: null };
  #stopMeter = () => {};
  #heard = false;
  running = false;

  constructor() {
    $("#check-start").addEventListener("click", () => this.start());
    $("#check-stop").addEventListener("click", () => this.stop());
    $("#check-tone").addEventListener("click", () => ring.play("test"));
    $("#check-notify button").addEventListener("click", () => this.#allowNotifications());
    this.#selects().forEach(([kind, select]) => select.addEventListener("change", () => this.#use(kind, select.value)));
    media.onDeviceChange(() => this.running && this.start());
    this.#showNotifications();
  }

  async start() {
    this.stop();
    this.running = true;
    $("#check-camera-state").textContent = t("check.asking");
    $("#check-microphone-state").textContent = t("check.asking");
    const got = await media.acquire({ audio: true, video: true });
    if (!this.running) {
      got.audio?.stop();
      got.video?.stop();
      return;
    }
    this.#showCamera(got.video, got.problems.camera);
    this.#showMicrophone(got.audio, got.problems.microphone);
    $("#check-stop").hidden = false;
    await fillDevices((kind) => ({ select: $(`#check-${kind}s`), field: $(`#check-${kind}s-field`) }), { camera: got.video?.getSettings().deviceId, microphone: got.audio?.getSettings().deviceId });
  }

  stop() {
    this.running = false;
    this.#stopMeter();
    this.#stopMeter = () => {};
    for (const track of Object.values(this.#tracks)) track?.stop();
    this.#tracks = { audio: null, video: null };
    $("#check-video").srcObject = null;
    $("#check-video").hidden = true;
    $("#check-stop").hidden = true;
    $("#check-level").value = 0;
    for (const device of ["camera", "microphone"]) $(`#check-${device}-state`).textContent = t("check.notYet");
  }

  #selects() {
    return ["camera", "microphone", "speaker"].map((kind) => [kind, $(`#check-${kind}s`)]);
  }

  async #use(kind, device) {
    media.choose(kind, device);
    if (kind === "speaker") await ring.useSpeaker(device);
    else await this.start();
  }

  #showCamera(track, problem) {
    this.#tracks.video = track;
    const video = $("#check-video");
    video.srcObject = track ? new MediaStream([track]) : null;
    video.hidden = !track;
    $("#check-camera-state").textContent = track ? t("check.cameraWorks") : problemWords("camera", problem ?? "failed");
  }

  /** Working means that something was heard: a permission alone proves nothing. */
  #showMicrophone(track, problem) {
    this.#tracks.audio = track;
    this.#heard = false;
    $("#check-microphone-state").textContent = track ? t("check.saySomething") : problemWords("microphone", problem ?? "failed");
    if (!track) return;
    this.#stopMeter = media.meter(track, (level) => {
      $("#check-level").value = level;
      if (level < heardFrom || this.#heard) return;
      this.#heard = true;
      $("#check-microphone-state").textContent = t("check.microphoneWorks");
    });
  }

  async #allowNotifications() {
    await globalThis.Notification?.requestPermission?.();
    this.#showNotifications();
  }

  #showNotifications() {
    const state = globalThis.Notification?.permission ?? "missing";
    $("#check-notify-state").textContent = t(`check.notify.${state}`);
    $("#check-notify button").hidden = state !== "default";
  }
}
