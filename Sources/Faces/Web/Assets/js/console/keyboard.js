// The keyboard: / finds, j and k move through lists, Enter opens. Never while somebody types.
import { $, $$ } from "../dom.js";

const typing = (target) => target.closest("input, textarea, select, dialog, [contenteditable]") !== null;
const places = () => $$("#rows tbody tr, .queue li, .console-sections tbody tr").filter((place) => $("a", place));

function move(step) {
  const all = places();
  if (all.length === 0) return;
  const at = all.findIndex((place) => place.classList.contains("here"));
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))] ?? all[0];
  for (const place of all) place.classList.toggle("here", place === next);
  $("a", next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

export function keyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      ($("#filters [type=search]") ?? $("#find"))?.focus();
    } else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
  });
}
