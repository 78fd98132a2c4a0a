// One's own picture: small, mirrored, movable by dragging, and by a tap or Enter to the next corner for those who cannot drag.
import { $, announce } from "../dom.js";
import { remember, remembered } from "../settings.js";
import { t } from "../words.js";

const corners = ["top-left", "top-right", "bottom-right", "bottom-left"];
const dragFromPixels = 8;

export class SelfView {
  #view = $("#self");
  #video = $("#self-video");
  #drag = null;
  #dragged = false;

  constructor() {
    this.#place(remembered("corner") ?? "bottom-right");
    this.#view.addEventListener("pointerdown", (event) => this.#start(event));
    this.#view.addEventListener("pointermove", (event) => this.#move(event));
    this.#view.addEventListener("pointerup", (event) => this.#drop(event));
    this.#view.addEventListener("pointercancel", (event) => this.#drop(event));
    this.#view.addEventListener("click", () => this.#next());
  }

  /** Shows the track, or hides the view when there is none. A camera that looks away from the person is not mirrored. */
  show(track) {
    this.#view.hidden = !track;
    const shown = this.#video.srcObject?.getVideoTracks()[0] ?? null;
    if (shown === track) return;
    this.#video.srcObject = track ? new MediaStream([track]) : null;
    this.#video.classList.toggle("mirrored", track?.getSettings().facingMode !== "environment");
  }

  #place(corner) {
    this.#view.dataset.corner = corners.includes(corner) ? corner : "bottom-right";
    remember("corner", this.#view.dataset.corner);
  }

  /** While it rings the own picture fills the stage and stays where it is. */
  get #movable() {
    return $("#stage").dataset.state === "active";
  }

  #next() {
    if (this.#dragged || !this.#movable) return;
    this.#place(corners[(corners.indexOf(this.#view.dataset.corner) + 1) % corners.length]);
    announce(t(`stage.corner.${this.#view.dataset.corner}`));
  }

  #start(event) {
    this.#dragged = false;
    if (!this.#movable) return;
    this.#drag = { x: event.clientX, y: event.clientY };
    this.#view.setPointerCapture(event.pointerId);
  }

  #move(event) {
    if (!this.#drag) return;
    const [x, y] = [event.clientX - this.#drag.x, event.clientY - this.#drag.y];
    if (!this.#dragged && Math.hypot(x, y) < dragFromPixels) return;
    this.#dragged = true;
    this.#view.classList.add("dragging");
    this.#view.style.translate = `${x}px ${y}px`;
  }

  #drop(event) {
    if (!this.#drag) return;
    this.#drag = null;
    this.#view.style.translate = "";
    this.#view.classList.remove("dragging");
    if (!this.#dragged) return;
    const vertical = event.clientY < innerHeight / 2 ? "top" : "bottom";
    const horizontal = event.clientX < innerWidth / 2 ? "left" : "right";
    this.#place(`${vertical}-${horizontal}`);
  }
}
