// A new order of somebody who has a line already.
import { $ } from "../dom.js";
import { offerNumbers } from "../components/numbers.js";
import { creditLimit, orderForm } from "../components/order-form.js";
import { t } from "../words.js";

const form = $("#order");

function read() {
  const data = new FormData(form);
  const kind = form.dataset.kind;
  const order = { kind };
  const errors = {};
  const choose = (name, words) => {
    order[name] = data.get(name) || undefined;
    if (!order[name]) errors[name] = t(words);
  };
  if (kind === "changePlan") {
    choose("plan", "join.errorPlan");
    order.when = data.get("when");
  } else if (kind === "addTerminal") choose("terminal", "orders.errorChoose");
  else if (kind === "addAddOn") choose("addOn", "orders.errorChoose");
  else if (kind === "changeNumber") choose("number", "register.errorNumber");
  else {
    order.creditLimit = creditLimit();
    if (!Number.isFinite(order.creditLimit)) errors.creditLimit = t("join.errorLimit");
  }
  return { order, errors };
}

orderForm({ read, confirmed: (order) => location.assign(`/orders/${order.number}`) });
if (form.dataset.kind === "changeNumber") await offerNumbers();
