// The agreement: a link to a clause opens its wording; printing shows all of it.
import { $, $$ } from "../dom.js";

function openAsked() {
  const asked = /^#clause-\d+$/.test(location.hash) ? $(location.hash) : null;
  if (asked) $("details", asked).open = true;
}

window.addEventListener("hashchange", openAsked);
window.addEventListener("beforeprint", () => $$("details").forEach((one) => { one.open = true; }));
openAsked();
