// My order on the way of joining: plan, terminal, additions, monthly limit.
import { $ } from "../dom.js";
import { creditLimit, orderForm } from "../components/order-form.js";
import { t } from "../words.js";

const form = $("#order");

function read() {
  const data = new FormData(form);
  const errors = {};
  const limit = creditLimit();
  if (!data.get("plan")) errors.plan = t("join.errorPlan");
  if (!Number.isFinite(limit)) errors.creditLimit = t("join.errorLimit");
  const order = { kind: "openLine", plan: data.get("plan"), terminal: data.get("terminal") || undefined, addOns: data.getAll("addOn"), creditLimit: limit };
  return { order, errors };
}

if (form) orderForm({ read, confirmed: () => location.assign("/join") });
