// Signing in as staff: name and password, then the code of the authenticator; at the first time the authenticator is set up.
import { get, post } from "../api.js";
import { $, $$, h, toast } from "../dom.js";
import { busy, clearErrors, showErrors, showFault, showFormError } from "../form.js";
import { t } from "../words.js";

const query = new URLSearchParams(location.search);
const steps = ["step-password", "step-enrol", "step-code", "step-codes"];
let enrolling = false;

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
      await post("/staff/session/code", { code });
      location.assign(next());
      return;
    }
    const { recoveryCodes } = await post("/staff/session/enrolment/confirmation", { code });
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
$("#codes-done").addEventListener("click", () => location.assign(next()));
if (query.has("ended")) showFormError(t("console.signedOut"));
