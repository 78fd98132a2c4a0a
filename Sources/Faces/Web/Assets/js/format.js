// Money, durations, dates and numbers as people read them.
import { language, locale, t } from "./words.js";

/** Whole micro-yuan as ¥ and two decimals, half to even: 23400000 → ¥23.40. */
export function money(micro) {
  const negative = micro < 0;
  const absolute = Math.abs(Math.trunc(micro));
  let fen = Math.floor(absolute / 10_000);
  const rest = absolute % 10_000;
  if (rest > 5_000 || (rest === 5_000 && fen % 2 === 1)) fen += 1;
  const yuan = String(Math.floor(fen / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${negative ? "-" : ""}¥${yuan}.${String(fen % 100).padStart(2, "0")}`;
}

/** A price per minute from the price per second, with more decimals only where they are needed: 3333 → ¥0.19998. */
export function pricePerMinute(microPerSecond) {
  const micro = microPerSecond * 60;
  const digits = String(micro % 1_000_000).padStart(6, "0").replace(/0+$/, "").padEnd(2, "0");
  return `¥${Math.floor(micro / 1_000_000)}.${digits}`;
}

/** 192 → 3分12秒 / 3 min 12 s. */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  if (hours > 0) return t("time.hours", { hours, minutes, seconds: rest });
  if (minutes > 0) return t("time.minutes", { minutes, seconds: rest });
  return t("time.seconds", { seconds: rest });
}

/** 192 → 3:12, for the running clock of a call. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** What remains, rounded down so that it never promises too much: 59 s stays seconds, 610 s becomes 10 minutes. */
export function remaining(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 120) return t("time.seconds", { seconds: whole });
  if (whole < 5_400) return t("time.onlyMinutes", { minutes: Math.floor(whole / 60) });
  return t("time.onlyHours", { hours: Math.floor(whole / 3600) });
}

/** A phone number in groups: 80012345 → 8001 2345, 13812345678 → 138 1234 5678. */
export function number(digits) {
  const text = String(digits ?? "");
  if (!/^\d+$/.test(text)) return text;
  if (text.length <= 4) return text;
  const head = text.length % 4;
  const groups = text.slice(head).match(/.{4}/g) ?? [];
  return (head ? [text.slice(0, head), ...groups] : groups).join(" ");
}

/** Only the digits of what somebody typed; full-width digits count too. */
export const digitsOf = (text) => text.normalize("NFKC").replace(/\D/g, "");

const asDate = (instant) => new Date(typeof instant === "number" ? instant : Date.parse(instant));

const dayFormat = new Intl.DateTimeFormat(locale, { dateStyle: language === "zh" ? "long" : "medium" });
const timeFormat = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false });

export const date = (instant) => dayFormat.format(asDate(instant));
export const time = (instant) => timeFormat.format(asDate(instant));

let clockOffset = 0;

/** The service's clock counts for "today"; a demo moves it. */
export function setServiceNow(milliseconds) {
  clockOffset = milliseconds - Date.now();
}

/** Today 14:05, yesterday 09:30, 23 Nov 2026 08:00. */
export function moment(instant, now = Date.now() + clockOffset) {
  const day = (value) => new Date(value).toDateString();
  const at = asDate(instant).getTime();
  if (day(at) === day(now)) return t("time.today", { time: time(at) });
  if (day(at) === day(now - 86_400_000)) return t("time.yesterday", { time: time(at) });
  return `${date(at)} ${time(at)}`;
}
