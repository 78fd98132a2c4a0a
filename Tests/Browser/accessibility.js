// Names what a machine can find wrong with a page by WCAG 2.2 AA, one line each: names of controls, labels, contrast, targets,
// headings, language, duplicate identifiers. Runs as the body of a function; returns the list.
const faults = [];
const describe = (element) => {
  const hook = element.dataset?.test ? `[data-test=${element.dataset.test}]` : "";
  const words = (element.textContent ?? "").trim().slice(0, 30);
  return `<${element.tagName.toLowerCase()}${element.id ? ` id=${element.id}` : ""}>${hook} "${words}"`;
};
const say = (rule, element, detail = "") => faults.push(`${rule}: ${describe(element)} ${detail}`.trim());
const shown = (element) => {
  if (element.closest("[hidden], [inert]")) return false;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return box.width > 0 && box.height > 0 && style.visibility === "visible" && Number(style.opacity) > 0;
};
// Behind an open modal dialog nothing can be reached, so only the dialog counts.
const modal = [...document.querySelectorAll("dialog:modal")].pop() ?? null;
const root = modal ?? document;
const offScreenForReaders = (element) => element.closest(".visually-hidden, .skip") !== null;

// Names and labels
const nameOf = (element) => {
  const by = element.getAttribute("aria-labelledby");
  if (by) return by.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
  if (element.getAttribute("aria-label")) return element.getAttribute("aria-label").trim();
  if (element.labels?.length) return [...element.labels].map((label) => label.textContent).join(" ").trim();
  return (element.textContent || element.getAttribute("title") || element.getAttribute("alt") || "").trim();
};
const controls = [...root.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']")].filter(shown);
for (const control of controls) if (!nameOf(control)) say("no name", control);
for (const control of root.querySelectorAll("video, progress, meter, dialog[open], [role=group], nav")) {
  if (control.matches("progress, meter, dialog[open], [role=group], nav") && shown(control) && !nameOf(control)) say("no name", control);
}
for (const image of document.querySelectorAll("img")) if (!image.hasAttribute("alt")) say("no alternative text", image);
for (const field of document.querySelectorAll("[aria-describedby], [aria-labelledby], [aria-controls]")) {
  for (const attribute of ["aria-describedby", "aria-labelledby", "aria-controls"]) {
    for (const id of (field.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean)) if (!document.getElementById(id)) say(`${attribute} names nothing (${id})`, field);
  }
}

// Targets: 24 px at least (2.5.8), our own rule for customers is 44 px for buttons.
for (const control of controls) {
  if (offScreenForReaders(control)) continue;
  const box = (control.closest("label") ?? control).getBoundingClientRect();
  const inText = control.tagName === "A" && getComputedStyle(control).display === "inline";
  if (!inText && (box.width < 24 || box.height < 24)) say("target smaller than 24 px", control, `${Math.round(box.width)}×${Math.round(box.height)}`);
  else if (control.matches("button, .button") && (box.width < 44 || box.height < 44)) say("button smaller than 44 px", control, `${Math.round(box.width)}×${Math.round(box.height)}`);
}

// Contrast (1.4.3): text against the first opaque ground behind it.
const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const colour = (text) => {
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = text;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
  return { red, green, blue, alpha: alpha / 255 };
};
const over = (top, below) => ({
  red: top.red * top.alpha + below.red * (1 - top.alpha), green: top.green * top.alpha + below.green * (1 - top.alpha),
  blue: top.blue * top.alpha + below.blue * (1 - top.alpha), alpha: 1,
});
const luminance = ({ red, green, blue }) => {
  const [r, g, b] = [red, green, blue].map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const groundOf = (element) => {
  const layers = [];
  for (let at = element; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.backgroundImage !== "none" || at.querySelector(":scope > video")) return null;
    const layer = colour(style.backgroundColor);
    if (layer.alpha > 0) layers.push(layer);
    if (layer.alpha === 1) break;
  }
  return layers.reverse().reduce((below, top) => over(top, below), colour("Canvas"));
};
const texts = document.createTreeWalker(modal ?? document.body, NodeFilter.SHOW_TEXT);
const seen = new Set();
for (let node = texts.nextNode(); node; node = texts.nextNode()) {
  const element = node.parentElement;
  if (!node.data.trim() || seen.has(element) || element.closest("svg, script, style, option, :disabled, [aria-disabled=true]")) continue;
  seen.add(element);
  if (!shown(element) || offScreenForReaders(element)) continue;
  const ground = groundOf(element);
  if (!ground) continue;
  const style = getComputedStyle(element);
  const [a, b] = [luminance(over(colour(style.color), ground)), luminance(ground)];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (large ? 3 : 4.5) - 0.005) say("contrast", element, ratio.toFixed(2));
}

// Structure
if (!document.documentElement.lang) faults.push("the page has no language");
if (!document.title.trim()) faults.push("the page has no title");
if (document.querySelectorAll("main").length !== 1) faults.push("the page needs exactly one main");
if (!modal && [...document.querySelectorAll("h1")].filter(shown).length !== 1) faults.push("the page needs exactly one visible h1");
const identifiers = [...document.querySelectorAll("[id]")].map((element) => element.id);
for (const id of new Set(identifiers.filter((id, index) => identifiers.indexOf(id) !== index))) faults.push(`duplicate id: ${id}`);
let level = modal ? 1 : 0;
for (const heading of [...root.querySelectorAll("h1, h2, h3, h4")].filter(shown)) {
  const own = Number(heading.tagName[1]);
  if (own > level + 1) say("heading level skipped", heading);
  level = own;
}
const missing = document.body.innerText.match(/⟦[^⟧]*⟧|\{\w+\}/);
if (missing) faults.push(`words are missing: ${missing[0]}`);
return faults;
