// Ending the service: ask for it on a day, or stay after all.
import { leaveIfSignedOut, post, remove } from "../api.js";
import { $ } from "../dom.js";
import { busy, clearErrors, showErrors, showFault, showFormError } from "../form.js";
import { faultWords, t } from "../words.js";

const form = $("#ending");
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearErrors(form);
  const errors = {};
  if (!form.elements.wished.value) errors.wished = t("contract.endingDayMissing");
  if (!form.elements.agreed.checked) errors.agreed = t("contract.endingAgreeMissing");
  if (showErrors(form, errors)) return;
  busy(event.submitter, async () => {
    try {
      await post("/me/ending", { id: form.dataset.id, wished: form.elements.wished.value });
      location.reload();
    } catch (fault) {
      if (!leaveIfSignedOut(fault)) showFault(form, fault);
    }
  });
});

const withdraw = $("#withdraw");
withdraw?.addEventListener("click", () => busy(withdraw, async () => {
  try {
    await remove("/me/ending");
    location.reload();
  } catch (fault) {
    if (!leaveIfSignedOut(fault)) showFormError(faultWords(fault));
  }
}));
