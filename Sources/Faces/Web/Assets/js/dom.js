// Small helpers to build pages. Text from outside only ever becomes a text node.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** An element with properties and children: h("p", { class: "soft" }, "words"). `on…` properties are listeners. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const svgSpace = "http://www.w3.org/2000/svg";

/** One of the icons that the page carries in icons.mustache. */
export function icon(name) {
  const svg = document.createElementNS(svgSpace, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svgSpace, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export function setIcon(button, name) {
  $("use", button)?.setAttribute("href", `#i-${name}`);
}

/** A button with an icon and always a word. */
export function button(words, iconName, onclick, properties = {}) {
  return h("button", { type: "button", class: "button", ...properties, onclick }, iconName ? icon(iconName) : null, h("span", {}, words));
}

/** The first letter of a name on one of five quiet colours; the same name always gets the same colour. */
export function avatar(name, huge = false) {
  const element = h("span", { class: huge ? "avatar huge" : "avatar", "aria-hidden": "true" });
  fillAvatar(element, name);
  return element;
}

export function fillAvatar(element, name) {
  const letters = [...(name || "?").trim()];
  let sum = 0;
  for (const letter of letters) sum = (sum + letter.codePointAt(0)) % 5;
  element.dataset.tone = String(sum);
  element.textContent = (letters[0] || "?").toUpperCase();
}

/** A notice: what happened, then why and what to do. */
export function notice(kind, iconName, first, ...more) {
  return h("div", { class: `notice ${kind}` }, icon(iconName), h("div", { class: "body" }, h("p", {}, first), ...more.filter(Boolean).map((line) => typeof line === "string" ? h("p", {}, line) : line)));
}

/** Says something once at the lower edge, and to screen readers. */
export function toast(words, iconName = "info", seconds = 6) {
  let holder = $(".toasts");
  if (!holder) {
    holder = h("div", { class: "toasts", role: "status" });
    document.body.append(holder);
  }
  const element = h("div", { class: "toast", "data-test": "toast" }, icon(iconName), h("span", {}, words));
  holder.append(element);
  setTimeout(() => element.remove(), seconds * 1000);
}

/** Announces in the page's own live region without showing a toast. */
export function announce(words) {
  const status = $("#status");
  if (status && status.textContent !== words) status.textContent = words;
}
