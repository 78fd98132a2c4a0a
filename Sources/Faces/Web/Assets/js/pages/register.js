// Register: a name, a number from the free list, a password, a monthly limit.
import { get, post } from "../api.js";
import { $, h } from "../dom.js";
import { busy, clearErrors, showErrors, showFormError, showPasswordButton } from "../form.js";
import { number as grouped } from "../format.js";
import { faultWords, t } from "../words.js";

const form = $("#register");
const shownAtOnce = 6;

/** Which field a refusal of the server belongs to, by its code. */
const fieldOf = [[/number/, "number"], [/password/, "password"], [/name/, "name"], [/limit/, "creditLimit"]];

async function showNumbers() {
  const list = $("#numbers");
  list.setAttribute("aria-busy", "true");
  try {
    const { numbers } = await get("/numbers");
    const free = [...numbers].sort(() => Math.random() - 0.5).slice(0, shownAtOnce).sort();
    list.replaceChildren(...free.map((digits, index) => h("label", { class: "choice" },
      h("input", { type: "radio", name: "number", value: digits, checked: index === 0 }),
      h("span", { class: "figures nobreak" }, grouped(digits)))));
    if (free.length === 0) showErrors(form, { number: t("register.noNumbers") });
  } catch (fault) {
    list.replaceChildren();
    $("#number-error").textContent = faultWords(fault);
  } finally {
    list.setAttribute("aria-busy", "false");
  }
}

function check(values) {
  const errors = {};
  if (!values.name) errors.name = t("register.errorName");
  if (!values.number) errors.number = t("register.errorNumber");
  if ([...values.password].length < 8) errors.password = t("register.errorPassword");
  return errors;
}

async function submit() {
  clearErrors(form);
  const data = new FormData(form);
  const values = {
    name: String(data.get("name") ?? "").trim(), number: data.get("number"), password: String(data.get("password") ?? ""),
    creditLimit: Number(data.get("creditLimit")),
  };
  if (showErrors(form, check(values))) return;
  try {
    await post("/register", values);
    location.assign("/phone");
  } catch (fault) {
    const field = fieldOf.find(([pattern]) => pattern.test(fault.code))?.[1];
    if (field && fault.status < 500 && fault.status !== 0) showErrors(form, { [field]: faultWords(fault) });
    else showFormError(faultWords(fault));
    if (field === "number") await showNumbers();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  busy($("[type=submit]", form), submit);
});
$("#more-numbers").addEventListener("click", (event) => busy(event.currentTarget, showNumbers));
showPasswordButton();
await showNumbers();
