// Dialogs that do something: their fields go to the API, what is wrong comes back beside its field.
import { post, upload } from "../api.js";
import { $, $$, toast } from "../dom.js";
import { busy, clearErrors, showErrors } from "../form.js";
import { faultWords, t } from "../words.js";
import { leave } from "./leave.js";
import { show } from "./results.js";

/** Yuan as people write them, as an integer of micro-yuan; null when it is no amount. */
export function micros(text) {
  const match = /^\s*[¥￥]?\s*(\d{1,9})(?:[.．。](\d{1,6}))?\s*$/.exec(text);
  return match ? Number(match[1]) * 1_000_000 + Number((match[2] ?? "").padEnd(6, "0")) : null;
}

/** The body of the request, and what can be seen to be wrong before it is sent. */
export function read(form) {
  const body = {};
  const errors = {};
  for (const input of $$("[data-type]", form)) {
    const { name } = input;
    const value = input.value.trim();
    switch (input.dataset.type) {
      case "several":
        body[name] ??= [];
        if (input.checked) body[name].push(input.value);
        break;
      case "file":
        if (input.files.length === 0) errors[name] = t("console.fileMissing");
        break;
      case "flag": body[name] = input.checked; break;
      case "once": body[name] = input.value ||= crypto.randomUUID().replaceAll("-", ""); break;
      case "integer":
        if (value && !/^-?\d{1,15}$/.test(value)) errors[name] = t("console.notNumber");
        else if (value) body[name] = Number(value);
        break;
      case "money":
        if (value && micros(value) === null) errors[name] = t("console.notMoney");
        else if (value) body[name] = micros(value);
        break;
      default: if (value) body[name] = input.value;
    }
  }
  return { body, errors };
}

/** Shows what the server refused: beside the fields that it names, else at the top of the dialog. */
function refuse(form, fault) {
  const errors = {};
  const rest = [];
  for (const one of fault.errors ?? []) {
    if ($(`[data-field="${one.field}"]`, form)) errors[one.field] ??= one.detail;
    else rest.push(one.detail);
  }
  const shown = showErrors(form, errors);
  if (shown && rest.length === 0) return;
  const notice = $(".form-fault", form);
  $("p", notice).textContent = rest.join(" ") || (fault.detail || faultWords(fault));
  notice.hidden = false;
  if (!shown) notice.focus();
}

async function send(form) {
  clearErrors(form);
  $(".form-fault", form).hidden = true;
  const { body, errors } = read(form);
  if (!body.purpose) errors.purpose = t("console.purposeMissing");
  if (showErrors(form, errors)) return;
  try {
    const file = $("[data-type=file]", form)?.files[0];
    // A file travels as it is; what it is for stands in the address.
    const address = (name) => `/staff/${form.dataset.act}?name=${encodeURIComponent(name)}&purpose=${encodeURIComponent(body.purpose)}`;
    const answer = file ? await upload(address(file.name), file) : await post(`/staff/${form.dataset.act}`, body);
    if (show(form, answer)) return;
    sessionStorage.setItem("console.done", t("console.done"));
    if (answer.next) location.assign(answer.next);
    else location.reload();
  } catch (fault) {
    if (!leave(fault)) refuse(form, fault);
  }
}

export function acts() {
  for (const form of $$("form[data-act]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      busy($("[type=submit]", form), () => send(form)).catch(() => toast(t("fault.general"), "alert"));
    });
  }
}
