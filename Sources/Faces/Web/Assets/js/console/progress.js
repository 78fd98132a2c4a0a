// Long works: their bar moves while the page is open, and they go on when it is closed.
import { get } from "../api.js";
import { $, $$ } from "../dom.js";

const pause = 1000;

export function progress() {
  for (const place of $$("[data-progress]")) {
    const address = place.dataset.progress;
    if (!address) continue;
    const bar = $("progress", place);
    const tick = async () => {
      const answer = await get(`/staff/${address}`).catch(() => null);
      if (answer) {
        bar.max = Math.max(1, answer.total);
        bar.value = answer.done;
        $("p", place).textContent = answer.words;
        if (answer.isDone) return;
      }
      setTimeout(tick, pause);
    };
    setTimeout(tick, pause);
  }
}
