// Dialogs: `data-open="id"` opens one, `data-close` closes the one it stands in, a click beside it closes it, too.
import { $$ } from "../dom.js";

/** Connects the dialogs of a page; `opened(dialog)` hears of each that opens. */
export function dialogs(opened = () => {}) {
  for (const opener of $$("[data-open]")) opener.addEventListener("click", () => {
    const dialog = document.getElementById(opener.dataset.open);
    dialog.showModal();
    opened(dialog);
  });
  for (const closer of $$("dialog [data-close]")) closer.addEventListener("click", () => closer.closest("dialog").close());
  for (const dialog of $$("dialog.dialog")) dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}
