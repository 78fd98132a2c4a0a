// The credit limit: choose another one; the gauge follows.
import { leaveIfSignedOut, put } from "../api.js";
import { typedAmount } from "../components/amount.js";
import { $, toast } from "../dom.js";
import { busy, clearErrors, showErrors, showFault } from "../form.js";
import { money } from "../format.js";
import { t } from "../words.js";

const form = $("#limit");

function chosen() {
  const value = new FormData(form).get("creditLimit");
  return value === "own" ? typedAmount($("#ownLimit").value) : Number(value);
}

function showOwn() {
  $("#own-limit").hidden = new FormData(form).get("creditLimit") !== "own";
}

/** The form begins with the limit as it is. */
function begin() {
  const fits = $(`[name="creditLimit"][value="${form.dataset.now}"]`, form);
  (fits ?? $('[name="creditLimit"][value="own"]', form)).checked = true;
  if (!fits) $("#ownLimit").value = money(Number(form.dataset.now)).replace(/[¥,]/g, "");
  showOwn();
}

begin();
form.addEventListener("change", showOwn);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearErrors(form);
  const limit = chosen();
  if (showErrors(form, Number.isFinite(limit) ? {} : { creditLimit: t("join.errorLimit") })) return;
  busy($("[type=submit]", form), async () => {
    try {
      await put("/me/credit-limit", { limit });
      sessionStorage.setItem("limit-chosen", money(limit));
      location.reload();
    } catch (fault) {
      if (!leaveIfSignedOut(fault)) showFault(form, fault, (code) => (code === "charging.credit-limit-out-of-range" ? "creditLimit" : null));
    }
  });
});

const scope = $("#scope");

scope.addEventListener("submit", (event) => {
  event.preventDefault();
  clearErrors(scope);
  busy($("[type=submit]", scope), async () => {
    try {
      await put("/me/credit-hold-scope", { scope: new FormData(scope).get("scope") });
      toast(t("money.limit.scopeSaved"), "check");
    } catch (fault) {
      if (!leaveIfSignedOut(fault)) showFault(scope, fault, () => null);
    }
  });
});

const saved = sessionStorage.getItem("limit-chosen");
if (saved) {
  sessionStorage.removeItem("limit-chosen");
  toast(t("money.limit.saved", { limit: saved }), "check");
}
