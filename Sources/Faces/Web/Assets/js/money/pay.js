// Paying: the whole sum or another amount, then to the payment provider. The form's own id makes a second click the same payment.
import { leaveIfSignedOut, post } from "../api.js";
import { typedAmount } from "../components/amount.js";
import { $ } from "../dom.js";
import { busy, clearErrors, showErrors, showFault } from "../form.js";
import { newIdentifier } from "../settings.js";
import { t } from "../words.js";

const form = $("#pay");
const isWhole = () => new FormData(form).get("part") === "all";
let asked = { id: form?.dataset.id, amount: null };

function chosen() {
  const amount = isWhole() ? Number(form.dataset.owed) : typedAmount($("#amount").value);
  // Another amount is another payment; the same one again is not.
  if (asked.amount !== null && asked.amount !== amount) asked.id = newIdentifier();
  asked = { id: asked.id, amount };
  return amount;
}

form?.addEventListener("change", () => {
  $("#some").hidden = isWhole();
});

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearErrors(form);
  const amount = chosen();
  if (showErrors(form, Number.isFinite(amount) ? {} : { amount: t("money.amountWrong") })) return;
  busy($("[type=submit]", form), async () => {
    try {
      location.assign((await post("/me/payments", asked)).next);
    } catch (fault) {
      if (!leaveIfSignedOut(fault)) showFault(form, fault, (code) => (code === "billing.amount-refused" ? "amount" : null));
    }
  });
});
