// Register: person or organisation, a name, a number from the free list, a password. The rest follows on the way of joining.
import { post } from "../api.js";
import { offerNumbers, showNumbers } from "../components/numbers.js";
import { $ } from "../dom.js";
import { busy, clearErrors, showErrors, showFault, showPasswordButton } from "../form.js";
import { t } from "../words.js";

const form = $("#register");

/** Which field a refusal of the server belongs to, by its code. */
const fields = [[/number/, "number"], [/password/, "password"], [/name/, "name"]];
const fieldOf = (code) => fields.find(([pattern]) => pattern.test(code))?.[1] ?? null;

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
    kind: data.get("kind"), name: String(data.get("name") ?? "").trim(), number: data.get("number"), password: String(data.get("password") ?? ""),
  };
  if (showErrors(form, check(values))) return;
  try {
    await post("/register", values);
    location.assign("/join");
  } catch (fault) {
    showFault(form, fault, fault.status < 500 && fault.status !== 0 ? fieldOf : () => null);
    if (fieldOf(fault.code) === "number") await showNumbers();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  busy($("[type=submit]", form), submit);
});
showPasswordButton();
await offerNumbers();
