// Reporting misuse, from the call or from the history.
import { leaveIfSignedOut, post } from "../api.js";
import { $, toast } from "../dom.js";
import { busy, clearErrors, showErrors } from "../form.js";
import { number as grouped } from "../format.js";
import { newIdentifier } from "../settings.js";
import { faultWords, t } from "../words.js";

let about = null;

/** Opens the form: `{ call, number, name }`. A report keeps its id until it is sent, so that pressing twice reports once. */
export function report(subject) {
  about = { ...subject, id: newIdentifier() };
  const form = $("#report-form");
  form.reset();
  clearErrors(form);
  $("#report-error").hidden = true;
  $("#report-who").textContent = subject.name ? t("abuse.whoNamed", { name: subject.name, number: grouped(subject.number) }) : t("abuse.who", { number: grouped(subject.number) });
  $("#report").showModal();
}

async function send() {
  const form = $("#report-form");
  clearErrors(form);
  const data = new FormData(form);
  const text = String(data.get("text") ?? "").trim();
  const errors = {};
  if (!data.get("category")) errors.category = t("abuse.errorCategory");
  if (!text) errors.text = t("abuse.errorText");
  if (showErrors(form, errors)) return;
  try {
    await post("/abuse-reports", { id: about.id, call: about.call || undefined, number: about.number, category: data.get("category"), text });
    $("#report").close();
    toast(t("abuse.sent"), "check", 10);
  } catch (fault) {
    if (leaveIfSignedOut(fault)) return;
    $("#report-error").textContent = faultWords(fault);
    $("#report-error").hidden = false;
  }
}

export function reports() {
  $("#report-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy($("[type=submit]", event.currentTarget), send);
  });
}
