// A new version: accept it, object to it, talk about it. Ids come with the page, so that a second click repeats nothing.
import { leaveIfSignedOut, post } from "../api.js";
import { dialogs } from "../components/dialog.js";
import { $ } from "../dom.js";
import { busy, clearErrors, showErrors, showFault, showFormError } from "../form.js";
import { faultWords, t } from "../words.js";

const path = `/me/agreement/changes/${$("main").dataset.version}`;

dialogs();

/** Runs the form's work, then shows the page as the server now sees it. */
function connect(form, work) {
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    busy(event.submitter ?? $("[type=submit]", form), async () => {
      try {
        if (await work(form) === false) return;
        location.reload();
      } catch (fault) {
        if (leaveIfSignedOut(fault)) return;
        form.closest("dialog")?.close();
        showFault(form, fault);
      }
    });
  });
}

/** The words of a field; false when there are none, with the error beside it. */
function words(form, name) {
  const text = form.elements[name].value.trim();
  if (text) return text;
  showErrors(form, { [name]: t(`contract.${name}Missing`) });
  return null;
}

connect($("#accept-form"), () => post(`${path}/acceptance`, {}));
connect($("#object-form"), (form) => {
  const reason = words(form, "reason");
  return reason === null ? false : post(`${path}/objection`, { id: form.dataset.id, reason });
});
connect($("#reply"), (form) => {
  const text = words(form, "text");
  return text === null ? false : post(`${path}/objection/messages`, { id: form.dataset.id, text });
});

const settle = $("#settle");
settle?.addEventListener("click", () => busy(settle, async () => {
  try {
    await post(`${path}/objection/settlement`, { outcome: settle.dataset.outcome });
    location.reload();
  } catch (fault) {
    if (!leaveIfSignedOut(fault)) showFormError(faultWords(fault));
  }
}));
