// An order: choose, see the total while choosing, read it once more, confirm. The preview is the server's; nothing is final before "confirm".
import { leaveIfSignedOut, post } from "../api.js";
import { $, $$, announce, h } from "../dom.js";
import { busy, clearErrors, showErrors, showFault } from "../form.js";
import { money } from "../format.js";
import { t } from "../words.js";

const form = $("#order");
const perYuan = 1_000_000;

/** The own amount in micro-yuan; NaN when it is no amount of whole fen. */
function ownLimit() {
  const text = $("#ownLimit").value.normalize("NFKC").trim();
  return /^\d{1,7}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) * (perYuan / 100) : Number.NaN;
}

export function creditLimit() {
  const chosen = new FormData(form).get("creditLimit");
  return chosen === "own" ? ownLimit() : Number(chosen);
}

/** What is chosen, line by line, and what it comes to now and each month. */
function showTotal() {
  const list = $("#total-lines");
  if (!list) return;
  const chosen = $$("input[data-one-off]:checked", form).filter((input) => input.value);
  const sums = { oneOff: 0, monthly: 0 };
  for (const { dataset } of chosen) {
    sums.oneOff += Number(dataset.oneOff);
    sums.monthly += Number(dataset.monthly);
  }
  const line = (name, amount, sum) => h("li", { class: sum ? "sum" : null }, h("span", {}, name), h("span", {}, amount));
  list.replaceChildren(line(t("order.now"), money(sums.oneOff), false), line(t("order.eachMonth"), money(sums.monthly), true));
}

function showPreview(preview) {
  const line = ({ name, amount, sum }) => h("li", { class: sum ? "sum" : null }, h("span", {}, name), h("span", {}, amount));
  $("#preview-lines").replaceChildren(...preview.lines.map(line));
  $("#preview-facts").replaceChildren(...preview.facts.flatMap(({ name, value }) => [h("dt", {}, name), h("dd", {}, value)]));
  form.hidden = true;
  $("#preview").hidden = false;
  $("#preview").focus();
  announce(t("order.previewTitle"));
}

function correct() {
  $("#preview").hidden = true;
  form.hidden = false;
  $("input", form)?.focus();
}

/** `read()` makes the order from the form: { order, errors }; `confirmed(order)` goes on afterwards. */
export function orderForm({ read, confirmed }) {
  let asked = null;
  const refused = (fault) => {
    if (leaveIfSignedOut(fault)) return;
    correct();
    showFault(form, fault);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy($("[type=submit]", form), async () => {
      clearErrors(form);
      const { order, errors } = read();
      if (showErrors(form, errors)) return;
      asked = { id: form.dataset.id, ...order };
      try {
        const preview = await post("/me/orders/preview", asked);
        asked.seen = preview.seen;
        showPreview(preview);
      } catch (fault) {
        refused(fault);
      }
    });
  });
  $("#correct").addEventListener("click", correct);
  $("#confirm").addEventListener("click", (event) => busy(event.currentTarget, async () => {
    try {
      confirmed(await post("/me/orders", asked));
    } catch (fault) {
      refused(fault);
    }
  }));
  form.addEventListener("change", () => {
    if ($("#own-limit")) $("#own-limit").hidden = new FormData(form).get("creditLimit") !== "own";
    showTotal();
  });
  if (!$("input[name=plan]:checked", form)) $("input[name=plan]", form)?.click();
  for (const name of ["terminal", "addOn"]) if (form.dataset.kind && !$(`input[name=${name}]:checked`, form)) $(`input[name=${name}]`, form)?.click();
  showTotal();
}

