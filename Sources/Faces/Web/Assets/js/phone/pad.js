// The number pad: digits by touch or keyboard, the name they belong to, and plain words at once for emergency numbers.
import { $, button, h } from "../dom.js";
import { digitsOf, number as grouped } from "../format.js";
import { t } from "../words.js";

const longest = 15;

export class Pad {
  #input = $("#dial");
  #nameOf;
  #emergency = [];

  /** `call(digits, kind)` places a call; `nameOf(digits)` finds a contact's name. */
  constructor(call, nameOf) {
    this.#nameOf = nameOf;
    const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => this.#key(digit));
    const clear = button(t("phone.clear"), "close", () => this.set(""), { class: "button key side", "data-test": "pad-clear" });
    const back = button(t("phone.backspace"), "backspace", () => this.set(this.digits.slice(0, -1)), { class: "button key side", "data-test": "pad-back" });
    $("#keys").append(...keys, clear, this.#key("0"), back);
    this.#input.addEventListener("input", () => this.set(this.#input.value));
    this.#input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && this.digits) call(this.digits, "video");
    });
    for (const kind of ["video", "audio"]) {
      $(`#call-${kind}`).addEventListener("click", () => {
        if (this.digits) call(this.digits, kind);
        else this.#askForNumber();
      });
    }
  }

  get digits() {
    return digitsOf(this.#input.value);
  }

  set emergencyNumbers(numbers) {
    this.#emergency = numbers ?? [];
    this.set(this.#input.value);
  }

  isEmergency(digits) {
    return this.#emergency.includes(digits);
  }

  type(digit) {
    this.set(this.digits + digit);
  }

  set(text) {
    const digits = digitsOf(text).slice(0, longest);
    this.#input.value = grouped(digits);
    const who = digits ? this.#nameOf(digits) : "";
    $("#dial-who").textContent = who ?? "";
    $("#dial-emergency").hidden = !this.isEmergency(digits);
    $("#dial-emergency-text").textContent = this.isEmergency(digits) ? t("phone.emergency", { number: digits }) : "";
  }

  #askForNumber() {
    $("#dial-who").textContent = t("phone.numberFirst");
    this.#input.focus();
  }

  #key(digit) {
    return h("button", { type: "button", class: "button key", "data-test": `pad-${digit}`, onclick: () => this.type(digit) }, digit);
  }
}
