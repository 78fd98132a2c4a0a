// What some acts bring back for the eyes only: personal data for a minute, a picture of evidence.
import { token } from "../api.js";
import { $, $$, announce, h, toast } from "../dom.js";
import { t } from "../words.js";

const seconds = 60;

/** Puts revealed data in the place of the masked; after a minute the page hides them again. */
function reveal(values) {
  const hidden = [];
  for (const [name, value] of Object.entries(values)) {
    for (const place of $$(`[data-fact="${name}"]`)) {
      hidden.push([place, [...place.childNodes]]);
      place.replaceChildren(h("span", { class: "revealed", "data-test": `revealed-${name}` }, value));
    }
  }
  toast(t("console.revealed", { seconds }), "info");
  setTimeout(() => {
    for (const [place, nodes] of hidden) place.replaceChildren(...nodes);
    announce(t("console.hiddenAgain"));
  }, seconds * 1000);
}

/** A picture is shown in the page; anything else is saved, because it must never run here. */
async function view({ address, purpose, name }) {
  const reply = await fetch(`/api/v1/staff/${address}`, {
    method: "POST", credentials: "same-origin", cache: "no-store", body: JSON.stringify({ purpose }),
    headers: { "X-Jianmian-CSRF": token(), "Content-Type": "application/json" },
  });
  if (!reply.ok) {
    const problem = await reply.json().catch(() => ({}));
    toast(problem.detail ?? t("fault.general"), "alert");
    return;
  }
  const bytes = await reply.blob();
  const place = URL.createObjectURL(bytes);
  if (!bytes.type.startsWith("image/")) {
    const link = h("a", { href: place, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    toast(t("console.evidence.saved", { name }), "check");
    return;
  }
  const viewer = h("dialog", { class: "dialog viewer", "aria-label": name, "data-test": "viewer" }, h("div", { class: "content" },
    h("img", { class: "evidence", src: place, alt: name }), h("div", { class: "row" }, h("button", { type: "button", class: "button", onclick: () => viewer.close() }, t("console.close")))));
  viewer.addEventListener("close", () => {
    URL.revokeObjectURL(place);
    viewer.remove();
  });
  document.body.append(viewer);
  viewer.showModal();
}

/** Whether the answer was something to look at, so that the page stays. */
export function show(form, answer) {
  const dialog = form.closest("dialog");
  if (answer.revealed) {
    dialog.close();
    reveal(answer.revealed);
    return true;
  }
  if (answer.evidence) {
    dialog.close();
    view({ name: form.dataset.name, ...answer.evidence, purpose: $("[name=purpose]", form).value });
    return true;
  }
  return false;
}
