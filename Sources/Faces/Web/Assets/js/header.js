// The header of every page: how many notices wait to be read.
import { get } from "./api.js";
import { $ } from "./dom.js";

const badge = $("[data-unread]");

async function count() {
  try {
    const { unread } = await get("/me/notices?limit=1");
    badge.hidden = unread === 0;
    badge.textContent = unread > 99 ? "99+" : String(unread);
  } catch {
    // Without an answer the badge stays as it is; the page itself says what is wrong.
  }
}

if (badge) {
  count();
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && count());
}
