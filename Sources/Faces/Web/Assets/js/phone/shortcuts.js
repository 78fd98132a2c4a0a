// Keyboard shortcuts. Single keys can be switched off (WCAG 2.1.4) and never act while something is being typed.
import { $ } from "../dom.js";
import { remember, shortcutsOn } from "../settings.js";

const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;

/** `actions` by key; `available()` says which group is in force: "incoming", "call" or "phone". */
export function shortcuts(groups, available) {
  const toggle = $("#shortcuts-on");
  toggle.checked = shortcutsOn();
  toggle.addEventListener("change", () => remember("shortcuts", toggle.checked ? null : "off"));
  $("#show-shortcuts").addEventListener("click", () => $("#shortcuts-dialog").showModal());
  addEventListener("keydown", (event) => {
    if (!shortcutsOn() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const group = available();
    if (group !== "incoming" && document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = groups[group]?.[event.shiftKey && /^[a-z]$/.test(key) ? `shift+${key}` : key] ?? (key === "?" ? groups.phone["?"] : undefined);
    if (!action) return;
    event.preventDefault();
    action(key);
  });
}
