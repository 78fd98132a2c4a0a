// An objection: how much, and why, in one's own words. The form's own id makes a second click the same objection.
import { leaveIfSignedOut, post } from "../api.js";
import { typedAmount } from "../components/amount.js";
import { $ } from "../dom.js";
import { busy, clearErrors, showErrors, showFault } from "../form.js";
import { t } from "../words.js";

const form = $("#object");
const fields = { "billing.nothing-to-dispute": "amount", "billing.text-refused": "text" };

function read() {
  const { id, invoice, subject, line, call } = form.dataset;
  const asked = { id, invoice, subject, text: $("#text").value.trim() };
  if (subject === "line") asked.line = Number(line);
  if (subject === "call") asked.call = call;
  const errors = {};
  if (new FormData(form).get("part") === "some") {
    asked.amount = typedAmount($("#amount").value);
    if (!Number.isFinite(asked.amount)) errors.amount = t("money.amountWrong");
  }
  if (!asked.text) errors.text = t("money.object.textMissing");
  return { asked, errors };
}

form?.addEventListener("change", () => {
  $("#some").hidden = new FormData(form).get("part") !== "some";
});

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearErrors(form);
  const { asked, errors } = read();
  if (showErrors(form, errors)) return;
  busy($("[type=submit]", form), async () => {
    try {
      const raised = await post("/me/disputes", asked);
      location.assign(`/money/disputes/${raised.id}`);
    } catch (fault) {
      if (!leaveIfSignedOut(fault)) showFault(form, fault, (code) => fields[code] ?? null);
    }
  });
});
