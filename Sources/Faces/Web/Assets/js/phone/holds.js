// A hold: what is held back, why, and what lifts it.
import { h, notice } from "../dom.js";
import { date } from "../format.js";
import { has, t } from "../words.js";

/** The words of a hold: the ones of its kind, and what the server says where there are none. */
function holdNotice(hold) {
  const words = (part) => (has(`hold.${hold.kind}.${part}`) ? t(`hold.${hold.kind}.${part}`) : hold[part]);
  const since = h("p", { class: "small soft" }, t(hold.clause ? "hold.sinceClause" : "hold.since", { date: date(hold.since), clause: hold.clause ?? "" }));
  const element = notice("warn", "alert", words("reason"), words("remedy"), since);
  element.dataset.test = "hold";
  return element;
}

/** Shows the holds, leaving alone what the server has written already. */
export function showHolds(holder, holds) {
  const fresh = holds.map(holdNotice);
  const text = (elements) => [...elements].map((element) => element.textContent).join("\n");
  if (text(fresh) !== text(holder.children)) holder.replaceChildren(...fresh);
}
