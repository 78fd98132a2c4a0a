// Forms: errors stand beside their fields, the first wrong field gets the focus.
import { $, $$ } from "./dom.js";
import { t } from "./words.js";

export function clearErrors(form) {
  for (const field of $$(".field.wrong", form)) field.classList.remove("wrong");
  for (const error of $$(".error", form)) error.textContent = "";
  for (const input of $$("[aria-invalid]", form)) input.removeAttribute("aria-invalid");
  const whole = $("#form-error");
  if (whole) whole.hidden = true;
}

/** Shows `errors` ({ field: words }) and takes the reader to the first. */
export function showErrors(form, errors) {
  let first = null;
  for (const [name, words] of Object.entries(errors)) {
    const field = $(`[data-field="${name}"]`, form);
    if (!field) continue;
    field.classList.add("wrong");
    $(".error", field).textContent = words;
    const input = $("input", field);
    input?.setAttribute("aria-invalid", "true");
    first ??= input;
  }
  first?.focus();
  return first !== null;
}

export function showFormError(words) {
  const whole = $("#form-error");
  $("#form-error-text").textContent = words;
  whole.hidden = false;
  whole.focus();
}

/** The button that shows what is being typed, so that nobody has to type a password twice. */
export function showPasswordButton() {
  const input = $("#password");
  const show = $("#show-password");
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
