// While a clause or the terms are being written: how they differ from the version in force, and what the regulations say.
import { post } from "../api.js";
import { $, $$, h, notice } from "../dom.js";
import { t } from "../words.js";
import { read } from "./acts.js";

const patience = 400;

/** The address of the preview for a dialog that edits a version; null for every other dialog. */
function address(form) {
  const match = /^versions\/([^/]+)\/(?:clauses|passages)\/([^/]+)$/.exec(form.dataset.act) ?? /^versions\/([^/]+)\/(terms)$/.exec(form.dataset.act);
  return match ? `/staff/versions/${match[1]}/preview/${match[2]}` : null;
}

const shown = (runs) => h("p", { class: "passage-text" }, ...runs.map((run) => (run.kind === "same" ? run.text : h(run.kind === "added" ? "ins" : "del", { class: run.kind }, run.text))));

function draw(place, answer) {
  const changed = [...answer.zh, ...answer.en].some((run) => run.kind !== "same");
  place.replaceChildren(
    ...answer.findings.map((one) => notice(one.kind === "refused" ? "bad" : "warn", "alert", one.words, one.article)),
    changed ? h("div", { class: "passage" }, h("h3", {}, t("console.versions.difference")), shown(answer.zh), shown(answer.en)) : "");
}

export function preview() {
  for (const form of $$("form[data-act]")) {
    const path = address(form);
    if (!path) continue;
    const place = h("div", { class: "stack tight", "aria-live": "polite", "data-test": "preview" });
    form.insertBefore(place, $("[data-field=purpose]", form));
    let timer = null;
    let asked = 0;
    form.addEventListener("input", (event) => {
      if (event.target.name === "purpose") return;
      clearTimeout(timer);
      timer = setTimeout(async () => {
        asked += 1;
        const mine = asked;
        const { body, errors } = read(form);
        if (Object.keys(errors).length > 0) return;
        delete body.purpose;
        delete body.revision;
        const answer = await post(path, body).catch(() => null);
        if (answer && mine === asked) draw(place, answer);
      }, patience);
    });
  }
}
