// Sign in: number and password, or one tap on a demo customer.
import { post } from "../api.js";
import { $, $$, fillAvatar } from "../dom.js";
import { busy, clearErrors, showErrors, showFormError, showPasswordButton } from "../form.js";
import { digitsOf } from "../format.js";
import { faultWords, t } from "../words.js";

const form = $("#sign-in");
const query = new URLSearchParams(location.search);

/** Only a path of this site, so that a link can never send the reader elsewhere. */
function next() {
  const wanted = query.get("next") ?? "";
  return /^\/[a-z0-9][a-z0-9./_-]*$/i.test(wanted) ? wanted : "/phone";
}

async function signIn(number, password) {
  clearErrors(form);
  try {
    await post("/sessions", { number, password });
    location.assign(next());
  } catch (fault) {
    showFormError(faultWords(fault));
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const data = new FormData(form);
  const number = digitsOf(String(data.get("number") ?? ""));
  const password = String(data.get("password") ?? "");
  clearErrors(form);
  const errors = {};
  if (number.length < 3) errors.number = t("signIn.errorNumber");
  if (!password) errors.password = t("signIn.errorPassword");
  if (!showErrors(form, errors)) busy($("[type=submit]", form), () => signIn(number, password));
});

for (const account of $$(".demo-account")) {
  fillAvatar($(".avatar", account), $(".avatar", account).dataset.name);
  account.addEventListener("click", () => busy(account, () => signIn(account.dataset.number, account.dataset.password)));
}
if (query.has("ended")) showFormError(t("signIn.ended"));
showPasswordButton();
