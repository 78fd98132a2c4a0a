// A hold: what is held back, why, what lifts it, and the way to object.
import { button, h, notice } from "../dom.js";
import { date } from "../format.js";
import { has, t } from "../words.js";

/** The words of a hold: the ones of its kind, and what the server says where there are none. */
function holdNotice(hold) {
  const words = (part) => (has(`hold.${hold.kind}.${part}`) ? t(`hold.${hold.kind}.${part}`) : hold[part]);
  const since = h("p", { class: "small soft" }, t(hold.clause ? "hold.sinceClause" : "hold.since", { date: date(hold.since), clause: hold.clause ?? "" }));
  const appealed = hold.appeal ? h("p", { class: "small", "data-test": "appeal-line" }, t(`appeal.state.${hold.appeal}`) + (hold.answer ? ` ${hold.answer}` : "")) : null;
  const open = hold.mayAppeal ? h("div", {}, button(t("appeal.open"), null, () => {}, { "data-appeal": hold.id, "data-test": "appeal" })) : null;
  const element = notice("warn", "alert", words("reason"), words("remedy"), since, appealed, open);
  element.dataset.test = "hold";
  return element;
}

/** Shows the holds, leaving alone what the server has written already. */
export function showHolds(holder, holds) {
  const fresh = holds.map(holdNotice);
  const text = (elements) => [...elements].map((element) => element.textContent.replace(/\s+/g, "")).join();
  if (text(fresh) !== text(holder.children)) holder.replaceChildren(...fresh);
}
