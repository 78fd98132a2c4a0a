// A handful of free numbers to choose from.
import { get } from "../api.js";
import { $, h } from "../dom.js";
import { busy } from "../form.js";
import { number as grouped } from "../format.js";
import { faultWords, t } from "../words.js";

const shownAtOnce = 6;

export async function showNumbers() {
  const list = $("#numbers");
  list.setAttribute("aria-busy", "true");
  try {
    const { numbers } = await get("/numbers");
    const free = [...numbers].sort(() => Math.random() - 0.5).slice(0, shownAtOnce).sort();
    list.replaceChildren(...free.map((digits, index) => h("label", { class: "choice" },
      h("input", { type: "radio", name: "number", value: digits, checked: index === 0 }),
      h("span", { class: "figures nobreak" }, grouped(digits)))));
    if (free.length === 0) $("#number-error").textContent = t("register.noNumbers");
  } catch (fault) {
    list.replaceChildren();
    $("#number-error").textContent = faultWords(fault);
  } finally {
    list.setAttribute("aria-busy", "false");
  }
}

/** Shows numbers now, and others when asked. */
export async function offerNumbers() {
  $("#more-numbers").addEventListener("click", (event) => busy(event.currentTarget, showNumbers));
  await showNumbers();
}
