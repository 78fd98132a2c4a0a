// The words of the page in the reader's language. Keys are flat; parameters stand as {name}.

export const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
export const locale = language === "zh" ? "zh-CN" : "en-GB";

const words = await fetch(`/words/${language}.json`).then((reply) => (reply.ok ? reply.json() : {})).catch(() => ({}));

export const has = (key) => Object.hasOwn(words, key);

/** The words of a key; a key without words shows itself, which tests look for. */
export function t(key, parameters = {}) {
  const text = has(key) ? words[key] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(parameters, name) ? String(parameters[name]) : whole));
}

/** The words for a fault of the server, or plain general ones. */
export function faultWords(fault) {
  const key = `fault.${fault?.code}`;
  return has(key) ? t(key, fault.parameters) : t("fault.general");
}
