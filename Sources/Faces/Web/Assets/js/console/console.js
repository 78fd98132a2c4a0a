// What every page of the console has: the menu, the keyboard, dialogs that act, lists that answer while one types.
import { dialogs } from "../components/dialog.js";
import { $, $$, toast } from "../dom.js";
import { t } from "../words.js";
import { acts } from "./acts.js";
import { keyboard } from "./keyboard.js";
import { live } from "./live.js";
import { preview } from "./preview.js";
import { progress } from "./progress.js";
import { remove } from "../api.js";

const menu = $("#menu");
menu?.addEventListener("click", () => {
  const open = $("#side").classList.toggle("open");
  menu.setAttribute("aria-expanded", String(open));
});

$("#staff-sign-out")?.addEventListener("click", async () => {
  await remove("/staff/session").catch(() => {});
  location.assign("/console/sign-in");
});

// A filter acts as soon as it is chosen.
for (const select of $$("#filters select, #filters [type=date]")) select.addEventListener("change", () => select.form.requestSubmit());
// Empty fields do not belong into the address.
$("#filters")?.addEventListener("submit", (event) => {
  for (const input of $$("input, select", event.target)) input.disabled = input.value === "";
  setTimeout(() => $$("input, select", event.target).forEach((input) => { input.disabled = false; }), 0);
});

dialogs((dialog) => $("input:not([type=hidden]), select, textarea", dialog)?.focus());
acts();
keyboard();
live();
preview();
progress();

const done = sessionStorage.getItem("console.done");
if (done) {
  sessionStorage.removeItem("console.done");
  toast(done, "check");
} else if (new URLSearchParams(location.search).has("ended")) {
  toast(t("console.signedOut"));
}
