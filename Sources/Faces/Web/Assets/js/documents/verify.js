// Checks a document: its hash is computed here, so that the file stays with its owner; the page of its answer comes from the server.
import { Fault, token } from "../api.js";
import { $ } from "../dom.js";
import { clearErrors, showErrors, showFormError } from "../form.js";
import { faultWords, t } from "../words.js";

const most = 32 * 1024 * 1024;
const drop = $("#drop");
const state = $("#file-state");

const hexOf = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The fingerprint that a PDF of ours names as its own identifier: /ID [(64 digits) …]. */
function claimOf(buffer) {
  const tail = new TextDecoder("latin1").decode(buffer.slice(Math.max(0, buffer.byteLength - 65_536)));
  return tail.match(/\/ID\s*\[\s*\(([0-9a-f]{64})\)/)?.[1] ?? null;
}

/** Without a secure page there is no hash in the browser: then the server computes it and forgets the file. */
async function hashAtServer(file) {
  const headers = { Accept: "application/json", "Content-Type": "application/pdf", "X-Jianmian-CSRF": token() };
  const reply = await fetch("/api/v1/verify", { method: "POST", headers, body: file }).catch(() => {
    throw new Fault("network");
  });
  const json = await reply.json().catch(() => ({}));
  if (!reply.ok) throw Fault.of(reply.status, json);
  return json.hash;
}

async function check(file) {
  if (!file) return;
  clearErrors(document);
  if (file.size === 0) return showFormError(t("form.fileEmpty"));
  if (file.size > most) return showFormError(t("documents.tooLarge"));
  state.textContent = t("documents.computing", { name: file.name });
  try {
    const buffer = await file.arrayBuffer();
    const hash = window.crypto?.subtle ? hexOf(await crypto.subtle.digest("SHA-256", buffer)) : await hashAtServer(file);
    const claim = claimOf(buffer);
    location.assign(`/verify?file=${hash}${claim ? `&claims=${claim}` : ""}`);
  } catch (fault) {
    state.textContent = "";
    showFormError(faultWords(fault));
  }
  return undefined;
}

$("#file").addEventListener("change", (event) => check(event.target.files[0]));
for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  check(event.dataTransfer.files[0]);
});

const form = $("#by-print");
form.addEventListener("submit", (event) => {
  clearErrors(form);
  const digits = $("#fingerprint").value.replace(/[\s:-]/g, "").toLowerCase();
  if (/^[0-9a-f]{64}$/.test(digits)) return;
  event.preventDefault();
  showErrors(form, { fingerprint: t("documents.errorFingerprint", { count: digits.length }) });
});

// An answer is what the reader came for.
$("#result .verified")?.focus();
