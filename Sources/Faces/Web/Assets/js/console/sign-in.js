// Signing in as staff: name and password, then the code of the authenticator; at the first time the authenticator is set up and a password
// that somebody else gave is changed.
import { get, post } from "../api.js";
import { $, $$, h, toast } from "../dom.js";
import { busy, clearErrors, showErrors, showFault, showFormError } from "../form.js";
import { t } from "../words.js";

const query = new URLSearchParams(location.search);
const steps = ["step-password", "step-enrol", "step-code", "step-codes", "step-own"];
let enrolling = false;
// What follows when the codes are written down.
let following = "full";

/** Only a path of the console, so that a link can never send the reader elsewhere. */
const next = () => (/^\/console(\/[A-Za-z0-9/_-]*)?$/.test(query.get("next") ?? "") ? query.get("next") : "/console");

function showSteps(...names) {
  for (const name of steps) document.getElementById(name).hidden = !names.includes(name);
  $("#form-error").hidden = true;
}

/** In the demo the authenticator lies on the table: its code is filled in. */
async function demoCode(name) {
  const answer = await get(`/demo/staff-code?name=${encodeURIComponent(name)}`).catch(() => null);
  if (answer) $("#code").value = answer.code;
}

async function enrol() {
  enrolling = true;
  const answer = await post("/staff/session/enrolment", {});
  $("#enrol-secret").textContent = answer.secret.replace(/(.{4})/g, "$1 ").trim();
  const picture = $("#enrol-qr");
  picture.hidden = !answer.qr;
  if (answer.qr) picture.src = `data:image/svg+xml;base64,${btoa(unescape(encodeURIComponent(answer.qr)))}`;
  $("#enrol-link").href = answer.uri;
  showSteps("step-enrol", "step-code");
  $("#code-words").hidden = true;
  $("#step-enrol h1").focus();
}

async function signIn(name, password) {
  const form = $("#password-form");
  clearErrors(form);
  const errors = {};
  if (!name) errors.name = t("console.signIn.errorName");
  if (!password) errors.password = t("console.signIn.errorPassword");
  if (showErrors(form, errors)) return;
  try {
    const { step } = await post("/staff/session", { name, password });
    if (step === "enrol") await enrol();
    else {
      showSteps("step-code");
      if ($(".demo-staff")) await demoCode(name);
      $("#code").focus();
    }
  } catch (fault) {
    showFault(form, fault);
  }
}

/** Goes where the reader wanted to go, or first to the choice of a password. */
function goOn(step) {
  if (step !== "password") {
    location.assign(next());
    return;
  }
  showSteps("step-own");
  $("#step-own h1").focus();
}

async function sendOwn() {
  const form = $("#own-form");
  clearErrors(form);
  const password = $("#new").value;
  if (!password) {
    showErrors(form, { new: t("console.own.error") });
    return;
  }
  try {
    await post("/staff/session/password", { old: $("#password").value, new: password });
    location.assign(next());
  } catch (fault) {
    showFault(form, fault, (code) => (code.startsWith("access.password-") ? "new" : null));
  }
}

async function sendCode() {
  const form = $("#code-form");
  clearErrors(form);
  const code = $("#code").value.trim();
  if (!code) {
    showErrors(form, { code: t("console.code.error") });
    return;
  }
  try {
    if (!enrolling) {
      const { step } = await post("/staff/session/code", { code });
      goOn(step);
      return;
    }
    const { recoveryCodes, step } = await post("/staff/session/enrolment/confirmation", { code });
    following = step;
    $("#enrol-codes").replaceChildren(...recoveryCodes.map((one) => h("li", {}, one)));
    showSteps("step-codes");
    $("#step-codes h1").focus();
  } catch (fault) {
    showFault(form, fault);
    $("#code").select();
  }
}

$("#password-form").addEventListener("submit", (event) => {
  event.preventDefault();
  busy($("[type=submit]", event.target), () => signIn($("#name").value.trim(), $("#password").value));
});
$("#code-form").addEventListener("submit", (event) => {
  event.preventDefault();
  busy($("[type=submit]", event.target), sendCode);
});
for (const one of $$(".demo-staff")) one.addEventListener("click", () => busy(one, () => signIn(one.dataset.name, one.dataset.password)));
$("#codes-copy").addEventListener("click", async () => {
  await navigator.clipboard?.writeText($$("#enrol-codes li").map((one) => one.textContent).join("\n")).catch(() => {});
  toast(t("console.enrol.copied"), "check");
});
$("#codes-done").addEventListener("click", () => goOn(following));
$("#own-form").addEventListener("submit", (event) => {
  event.preventDefault();
  busy($("[type=submit]", event.target), sendOwn);
});
if (query.has("ended")) showFormError(t("console.signedOut"));
