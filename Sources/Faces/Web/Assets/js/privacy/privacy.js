// My data: give and withdraw consent, authorise somebody.
import { leaveIfSignedOut, post, put, remove } from "../api.js";
import { $, $$ } from "../dom.js";
import { busy, clearErrors, showErrors, showFault, showFormError } from "../form.js";
import { faultWords, t } from "../words.js";

/** Runs the work of a button, then shows the page as the server now sees it. */
function run(button, work, failed = (fault) => showFormError(faultWords(fault))) {
  return busy(button, async () => {
    try {
      await work();
      location.reload();
    } catch (fault) {
      if (!leaveIfSignedOut(fault)) failed(fault);
    }
  });
}

for (const button of $$("[data-consent]")) {
  const path = `/me/consents/${button.dataset.consent}`;
  button.addEventListener("click", () => run(button, () => (button.getAttribute("aria-pressed") === "true" ? remove(path) : put(path, { version: Number(button.dataset.version) }))));
}

for (const button of $$("[data-authorisation]")) {
  button.addEventListener("click", () => run(button, () => remove(`/me/authorisations/${button.dataset.authorisation}`)));
}

const erase = $("#erase-now");
if (erase) erase.addEventListener("click", () => run(erase, () => post("/me/erasure", {})));

const authorise = $("#authorise");
authorise.addEventListener("submit", (event) => {
  event.preventDefault();
  clearErrors(authorise);
  const [recipient, purpose] = ["recipient", "purpose"].map((name) => authorise.elements[name].value.trim());
  const fields = $$("[name=fields]:checked", authorise).map((box) => box.value);
  const errors = {};
  if (!recipient) errors.recipient = t("privacy.recipientMissing");
  if (!purpose) errors.purpose = t("privacy.purposeMissing");
  if (fields.length === 0) errors.fields = t("privacy.fieldsMissing");
  if (showErrors(authorise, errors)) return;
  run(event.submitter, () => post("/me/authorisations", { id: authorise.dataset.id, recipient, purpose, fields }), (fault) => showFault(authorise, fault));
});
