// Answers with a list of faults. Rules from WCAG 2.2 AA that a program can decide.
const faults = [];
const seen = (element) => {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return style.visibility !== "hidden" && style.display !== "none" && box.width > 1 && box.height > 1;
};
const all = (css) => [...document.querySelectorAll(css)].filter(seen);
const show = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 90);
const named = (element) =>
  (element.getAttribute("aria-label") || element.getAttribute("title") || element.alt ||
    (element.getAttribute("aria-labelledby") || "").split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "").join("") ||
    element.textContent || "").trim() !== "";

if (!document.documentElement.lang) faults.push("the page has no language");
if (document.title.trim() === "") faults.push("the page has no title");
if (document.querySelectorAll("h1").length !== 1)
  faults.push(`the page has ${document.querySelectorAll("h1").length} first headings`);
if (document.querySelectorAll("main").length !== 1) faults.push("the page has not one main part");

let last = 0;
for (const heading of document.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
  if (heading.closest("dialog:not([open])")) continue;
  const level = Number(heading.tagName[1]);
  if (level > last + 1) faults.push(`a heading skips a level: ${show(heading)}`);
  last = level;
}

const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i)))
  faults.push(`two elements have the id ${id}`);
for (const attribute of ["aria-describedby", "aria-labelledby", "aria-controls"])
  for (const element of document.querySelectorAll(`[${attribute}]`))
    for (const id of element.getAttribute(attribute).split(" "))
      if (!document.getElementById(id)) faults.push(`${attribute} names nothing: ${show(element)}`);

for (const element of document.querySelectorAll("img"))
  if (!element.hasAttribute("alt")) faults.push(`a picture has no words: ${show(element)}`);
for (const element of all("a[href], button, [role=button]"))
  if (!named(element)) faults.push(`nothing says what this does: ${show(element)}`);
for (const element of all("input, textarea, select")) {
  const label = element.labels?.[0];
  if (!(label && label.textContent.trim()) && !element.getAttribute("aria-label"))
    faults.push(`a field has no label: ${show(element)}`);
}

// Targets: 24 px by the rule; on a touch screen 44 px by our own, links inside of text excepted.
const touch = innerWidth < 600;
for (const element of all("button, input:not([type=hidden]), select, textarea, nav a")) {
  const box = element.getBoundingClientRect();
  const least = touch ? 44 : 24;
  if (["checkbox", "radio"].includes(element.type)) continue;
  if (box.height < least - 0.5 || box.width < 24)
    faults.push(`too small to hit, ${box.width.toFixed(0)}x${box.height.toFixed(0)}: ${show(element)}`);
}

// Contrast of text against the nearest opaque ground. Canvas turns any colour syntax into numbers.
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const rgba = (colour) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return { rgb: [r, g, b], a: a / 255 };
};
const over = (top, below) => top.rgb.map((c, i) => c * top.a + below[i] * (1 - top.a));
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (element) => {
  const layers = [];
  for (let up = element; up; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.backgroundImage !== "none") return null; // a picture: for eyes to judge
    const colour = rgba(style.backgroundColor);
    if (colour.a > 0) layers.push(colour);
    if (colour.a === 1) break;
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return layers.reverse().reduce((below, top) => over(top, below), dark ? [0, 0, 0] : [255, 255, 255]);
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const looked = new Set();
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.textContent.trim() || looked.has(element) || !seen(element)) continue;
  if (element.closest("script, style, noscript, svg, [aria-hidden=true], :disabled, [aria-disabled=true]"))
    continue;
  looked.add(element);
  const below = ground(element);
  if (!below) continue;
  const style = getComputedStyle(element);
  const [a, b] = [luminance(over(rgba(style.color), below)), luminance(below)];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (large ? 3 : 4.5) - 0.01)
    faults.push(`contrast ${ratio.toFixed(2)}: ${show(element)}`);
}
return faults;
