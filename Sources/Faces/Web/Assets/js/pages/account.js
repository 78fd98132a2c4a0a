// The account: what was used and what remains, what holds service back, the ways to everything else, how pages look.
import { appeals } from "../account/appeal.js";
import { get, leaveIfSignedOut, patch, remove } from "../api.js";
import { $, $$, h } from "../dom.js";
import { busy } from "../form.js";
import { money, pricePerMinute, setServiceNow } from "../format.js";
import { showHolds } from "../phone/holds.js";
import { remember, setCookie, setLargeType, setTheme, shortcutsOn, theme, largeType } from "../settings.js";
import { faultWords, language, t } from "../words.js";

const warnFrom = 80;

function showMoney({ account, prices, holds, now }) {
  if (now) setServiceNow(now);
  const { creditLimit, used, reserved, available } = account;
  $("#used-line").textContent = t("account.line", { used: money(used), available: money(available) });
  const share = creditLimit > 0 ? Math.min(100, Math.round((used / creditLimit) * 100)) : 0;
  const gauge = $("#gauge");
  gauge.value = share;
  gauge.textContent = `${share}%`;
  gauge.classList.toggle("warn", share >= warnFrom);
  const facts = [
    ["account.used", money(used)], ["account.reserved", reserved > 0 ? money(reserved) : null], ["account.limit", money(creditLimit)],
    ["account.videoPrice", t("account.perMinute", { price: pricePerMinute(prices.video) })],
    ["account.audioPrice", t("account.perMinute", { price: pricePerMinute(prices.audio) })],
  ];
  $("#facts").replaceChildren(...facts.filter(([, value]) => value !== null).flatMap(([key, value]) => [h("dt", {}, t(key)), h("dd", {}, value)]));
  showHolds($("#holds"), holds);
}

async function showAccount() {
  $("#account-error").hidden = true;
  try {
    showMoney(await get("/me"));
  } catch (fault) {
    if (leaveIfSignedOut(fault)) return;
    $("#used-line").textContent = t("account.notLoaded");
    $("#account-error-text").textContent = faultWords(fault);
    $("#account-error").hidden = false;
  }
}

function connectSettings() {
  for (const choice of $$('input[name="language"]')) choice.addEventListener("change", () => {
    if (choice.value === language) return;
    setCookie("lang", choice.value);
    patch("/me", { language: choice.value }).catch(() => {}).finally(() => location.assign(location.pathname));
  });
  for (const choice of $$('input[name="theme"]')) {
    choice.checked = choice.value === theme();
    choice.addEventListener("change", () => setTheme(choice.value));
  }
  $("#large-type").checked = largeType();
  $("#large-type").addEventListener("change", (event) => setLargeType(event.target.checked));
  $("#shortcuts").checked = shortcutsOn();
  $("#shortcuts").addEventListener("change", (event) => remember("shortcuts", event.target.checked ? null : "off"));
  $("#account-retry").addEventListener("click", showAccount);
  $("#sign-out").addEventListener("click", (event) => busy(event.currentTarget, async () => {
    await remove("/sessions/current").catch(() => {});
    location.assign("/");
  }));
}

connectSettings();
appeals(showAccount);
await showAccount();
