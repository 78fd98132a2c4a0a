// Lists that answer while one types. An older answer never overtakes a newer one.
import { $, announce } from "../dom.js";
import { faultWords } from "../words.js";
import { leave } from "./leave.js";

const patience = 90;

export function live() {
  const form = $("#filters[data-live]");
  if (!form) return;
  const input = $("[type=search]", form);
  let timer = null;
  let asked = 0;

  async function ask() {
    asked += 1;
    const mine = asked;
    const query = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...query]) if (value === "") query.delete(name);
    try {
      // The page itself, so that rows look the same whoever draws them.
      const reply = await fetch(`${location.pathname}?${query}`, { credentials: "same-origin", cache: "no-store" });
      if (reply.redirected) return leave({ status: 401 });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      if (mine !== asked || !reply.ok) return undefined;
      for (const name of ["#rows tbody", "#none", ".console-pager", ".console-head p"]) {
        const [old, fresh] = [$(name), $(name, page)];
        if (old && fresh) old.replaceWith(fresh);
      }
      announce($(".console-head p")?.textContent ?? "");
    } catch (fault) {
      if (mine === asked) announce(faultWords(fault));
    }
    return undefined;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, patience);
  });
}
