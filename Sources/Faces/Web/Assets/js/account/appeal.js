// Against a hold one may appeal: what is wrong about it, in one's own words.
import { leaveIfSignedOut, post } from "../api.js";
import { dialogs } from "../components/dialog.js";
import { $, toast } from "../dom.js";
import { busy, clearErrors, showErrors } from "../form.js";
import { newIdentifier } from "../settings.js";
import { faultWords, t } from "../words.js";

let hold = null;
let identifier = "";

/** Opens the form for a hold. */
export function appeal(id) {
  hold = id;
  identifier = newIdentifier();
  clearErrors($("#appeal-form"));
  $("#appeal-error").hidden = true;
  $("#appeal").showModal();
}

async function send(done) {
  const form = $("#appeal-form");
  clearErrors(form);
  const text = $("#appeal-text").value.trim();
  if (showErrors(form, text ? {} : { text: t("appeal.errorText") })) return;
  try {
    await post("/me/appeals", { id: identifier, hold, text });
    $("#appeal").close();
    toast(t("appeal.sent"), "check");
    done();
  } catch (fault) {
    if (leaveIfSignedOut(fault)) return;
    $("#appeal-error").textContent = faultWords(fault);
    $("#appeal-error").hidden = false;
  }
}

/** Connects the form; buttons marked `data-appeal` open it, also those that come later. */
export function appeals(done = () => location.reload()) {
  dialogs();
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-appeal]");
    if (opener) appeal(opener.dataset.appeal);
  });
  $("#appeal-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy($("[type=submit]", event.currentTarget), () => send(done));
  });
}
