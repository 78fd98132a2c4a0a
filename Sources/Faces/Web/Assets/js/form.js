// Forms: errors stand beside their fields and, in longer forms, together above them; the first wrong field gets the focus.
import { $, $$, h } from "./dom.js";
import { faultWords, t } from "./words.js";

const controls = "input:not([type=hidden]), select, textarea";

export function clearErrors(form) {
  for (const field of $$(".field.wrong", form)) field.classList.remove("wrong");
  for (const error of $$(".error", form)) error.textContent = "";
  for (const input of $$("[aria-invalid]", form)) input.removeAttribute("aria-invalid");
  const summary = $(".error-summary", form);
  if (summary) summary.hidden = true;
  const whole = $("#form-error");
  if (whole) whole.hidden = true;
}

/** Shows `errors` ({ field: words }) and takes the reader to the first; a form with an `.error-summary` lists them there, too. */
export function showErrors(form, errors) {
  const shown = [];
  for (const [name, words] of Object.entries(errors)) {
    const field = $(`[data-field="${name}"]`, form);
    if (!field) continue;
    field.classList.add("wrong");
    $(".error", field).textContent = words;
    const input = $(controls, field);
    input?.setAttribute("aria-invalid", "true");
    shown.push({ field, input, words });
  }
  if (shown.length === 0) return false;
  const top = shown.reduce((first, one) => (first.field.compareDocumentPosition(one.field) & Node.DOCUMENT_POSITION_PRECEDING ? one : first));
  const summary = $(".error-summary", form);
  if (summary && shown.length > 1) showSummary(summary, shown);
  else top.input?.focus();
  return true;
}

function showSummary(summary, shown) {
  const line = ({ field, input, words }) => h("li", {}, h("a", {
    href: `#${input?.id ?? ""}`, onclick: (event) => {
      event.preventDefault();
      input?.focus();
      field.scrollIntoView({ block: "center" });
    },
  }, words));
  summary.replaceChildren(h("h2", {}, t("form.summary", { count: shown.length })), h("ul", {}, ...shown.map(line)));
  summary.hidden = false;
  summary.tabIndex = -1;
  summary.focus();
}

export function showFormError(words) {
  const whole = $("#form-error");
  $("#form-error-text").textContent = words;
  whole.hidden = false;
  whole.focus();
}

/** Shows what the server refused: field by field where it says so, else above the form. `fieldOf(code)` names a field for a code. */
export function showFault(form, fault, fieldOf = () => null) {
  const errors = {};
  for (const one of fault.errors ?? []) errors[one.field] ??= one.detail || faultWords(one);
  const field = fieldOf(fault.code) ?? (fault.code === "web.field" ? fault.parameters?.field : null);
  if (field && Object.keys(errors).length === 0) errors[field] = faultWords(fault);
  if (!showErrors(form, errors)) showFormError(Object.keys(errors).length > 0 ? Object.values(errors).join(" ") : faultWords(fault));
}

/** The button that shows what is being typed, so that nobody has to type a password twice. */
export function showPasswordButton(input = $("#password"), show = $("#show-password")) {
  show?.addEventListener("click", () => {
    const visible = input.type === "password";
    input.type = visible ? "text" : "password";
    show.setAttribute("aria-pressed", String(visible));
    show.textContent = t(visible ? "form.hide" : "form.show");
  });
}

/** Runs the work of a button once at a time and shows that it is running. */
export async function busy(button, work) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  button.setAttribute("aria-disabled", "true");
  try {
    await work();
  } finally {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
}
