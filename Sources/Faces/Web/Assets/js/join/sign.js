// Read and sign. The signature is made in this browser over the document's fingerprint and a challenge that counts once.
import { leaveIfSignedOut, post } from "../api.js";
import { dialogs } from "../components/dialog.js";
import { available, ownKey, publicJWK, sign } from "../components/signing-key.js";
import { $, $$ } from "../dom.js";
import { busy, clearErrors, showErrors, showFault } from "../form.js";
import { faultWords, t } from "../words.js";

const form = $("#sign");
let challenge = null;

const method = () => new FormData(form).get("method");

function showPaper(language) {
  for (const one of $$("[data-paper]")) {
    one.setAttribute("aria-pressed", String(one.dataset.paper === language));
    $(`#paper-${one.dataset.paper}`).hidden = one.dataset.paper !== language;
  }
}

async function begin() {
  clearErrors(form);
  const errors = {};
  if (!$("#licence").checked) errors.licence = t("join.errorLicence");
  if (!$("#read").checked) errors.read = t("join.errorRead");
  if (showErrors(form, errors)) return;
  try {
    await post("/me/licence", { software: form.dataset.software, version: form.dataset.version });
    challenge = await post("/me/signing", { method: method(), documentHash: form.dataset.hash });
    openConfirmation();
  } catch (fault) {
    if (!leaveIfSignedOut(fault)) showFault(form, fault);
  }
}

function openConfirmation() {
  $("#confirm-hash").textContent = form.dataset.hash.slice(0, 16);
  $("#confirm-error").hidden = true;
  $("#code-field").hidden = method() !== "code";
  $("#code-shown").textContent = challenge.code ?? "";
  if (challenge.sentTo) $("#code-hint").textContent = t("join.codeSent", { phone: challenge.sentTo });
  $("#code").value = "";
  $("#confirm-signing").showModal();
}

async function proof() {
  if (method() === "code") return { code: $("#code").value.normalize("NFKC").replace(/\D/g, "") };
  const pair = await ownKey(challenge.owner);
  return { publicKey: await publicJWK(pair), signature: await sign(pair, challenge.message) };
}

async function confirm() {
  const dialog = $("#confirm-form");
  clearErrors(dialog);
  if (method() === "code" && !/\d{4,}/.test($("#code").value.normalize("NFKC"))) return void showErrors(dialog, { code: t("join.errorCode") });
  try {
    await post("/me/signature", { nonce: challenge.nonce, ...(await proof()) });
    location.assign("/join");
  } catch (fault) {
    if (leaveIfSignedOut(fault)) return undefined;
    $("#confirm-error").textContent = fault.code ? faultWords(fault) : t("join.errorKey");
    $("#confirm-error").hidden = false;
  }
  return undefined;
}

dialogs();
for (const one of $$("[data-paper]")) one.addEventListener("click", () => showPaper(one.dataset.paper));
if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy($("[type=submit]", form), begin);
  });
  $("#confirm-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy($("[type=submit]", event.currentTarget), confirm);
  });
  if (!available()) {
    const key = $('input[value="key"]', form);
    key.disabled = true;
    $('input[value="code"]', form).checked = true;
  }
}
