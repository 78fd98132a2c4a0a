// The demonstration of a payment provider: what happens is chosen; the provider's signed event goes its way and the customer comes back.
import { post } from "../api.js";
import { $, $$ } from "../dom.js";
import { busy, showFormError } from "../form.js";
import { faultWords } from "../words.js";

const outcomes = $("#outcomes");

for (const button of $$("[data-outcome]", outcomes ?? document)) {
  button.addEventListener("click", () => busy(button, async () => {
    try {
      location.assign((await post(`/demo/payments/${outcomes.dataset.intent}`, { outcome: button.dataset.outcome })).next);
    } catch (fault) {
      showFormError(faultWords(fault));
    }
  }));
}
