// All that the pages do beyond reading; without it every page still says all it has to say.
"use strict";
document.documentElement.classList.add("js");
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// On a phone the row of pages is longer than the screen: the one that is open is brought into it.
for (const here of all(".nav [aria-current]")) {
  const nav = here.parentElement;
  nav.scrollLeft = Math.max(0, here.offsetLeft - nav.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2);
}

// Copy buttons show only where they can work.
for (const button of all("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    const before = button.textContent;
    button.textContent = "✓";
    setTimeout(() => { button.textContent = before; }, 1200);
  });
}

// Empty fields stay out of the URL.
for (const form of all("form.filters, form.search")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && field.type !== "checkbox" && !field.value) field.disabled = true;
  });
}
addEventListener("pageshow", () => { for (const field of all(".filters :disabled, .search :disabled")) field.disabled = false; });

// A document's text: hovering lights up what belongs together, clicking goes through what overlaps.
const text = document.getElementById("text");
if (text) {
  const panel = document.getElementById("now");
  for (const hint of all("[data-hint]")) hint.hidden = false;
  const marks = all("mark", text).map((mark) => ({
    mark,
    uses: mark.dataset.uses.split(" ").map((use) => ({ number: use.split(":", 1)[0], name: use.slice(use.indexOf(":") + 1) })),
  }));
  const byMark = new Map(marks.map((item) => [item.mark, item]));
  let last = null;
  let turn = 0;
  const light = (name) => { for (const { mark, uses } of marks) mark.classList.toggle("lit", uses.some((use) => use.name === name)); };
  const choose = (name, scroll) => {
    for (const { mark, uses } of marks) {
      mark.classList.remove("chosen");
      mark.classList.toggle("now", uses.some((use) => use.name === name));
    }
    for (const link of all(".mark-link")) link.classList.toggle("chosen", link.dataset.mark === name);
    const link = all(".mark-link").find((it) => it.dataset.mark === name);
    const card = link && link.closest(".claim");
    for (const it of all(".claim")) it.classList.toggle("active", it === card);
    if (card && scroll) card.scrollIntoView({ block: "nearest" });
    const url = new URL(location.href);
    url.searchParams.set("mark", name);
    url.hash = encodeURIComponent(name);
    history.replaceState(null, "", url);
    return link;
  };
  text.addEventListener("mouseover", (event) => {
    const item = byMark.get(event.target.closest("mark"));
    light(item ? item.uses[0].name : null);
  });
  text.addEventListener("mouseout", () => light(null));
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark) return;
    const { uses } = byMark.get(mark);
    turn = mark === last ? (turn + 1) % uses.length : 0;
    last = mark;
    const link = choose(uses[turn].name, true);
    panel.hidden = false;
    const row = link && link.closest("div");
    const card = link && link.closest(".claim");
    panel.textContent = "";
    const line = document.createElement("p");
    line.textContent = `${turn + 1}/${uses.length} · ${row ? row.querySelector("dt").textContent : uses[turn].name}`;
    const what = document.createElement("p");
    what.className = "strong";
    what.textContent = card ? card.querySelector("h2").textContent.trim().replace(/\s+/g, " ") : "";
    panel.append(line, what);
  });
  for (const link of all(".mark-link")) {
    link.addEventListener("mouseenter", () => light(link.dataset.mark));
    link.addEventListener("mouseleave", () => light(null));
  }
}

// The review queue by keyboard.
const items = all("[data-item]");
const keys = document.getElementById("keys");
if (keys) {
  let at = -1;
  const go = (next) => {
    if (!items.length) return;
    at = Math.max(0, Math.min(items.length - 1, next));
    items[at].focus();
    items[at].scrollIntoView({ block: "nearest" });
  };
  for (const button of all("[data-help]")) {
    button.hidden = false;
    button.addEventListener("click", () => keys.showModal());
  }
  for (const [n, item] of items.entries()) item.addEventListener("focusin", () => { at = n; });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (keys.open) return;
    if (event.key === "?") { keys.showModal(); event.preventDefault(); return; }
    if (event.key === "j") { go(at + 1); event.preventDefault(); return; }
    if (event.key === "k") { go(at - 1); event.preventDefault(); return; }
    if (event.key === "u") { const undo = document.querySelector("#history [data-undo]"); if (undo) undo.click(); return; }
    const button = at >= 0 && items[at].querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    const focus = button.dataset.focus && document.getElementById(button.dataset.focus);
    const why = items[at].querySelector('[name="why"]');
    if (focus && document.activeElement !== focus && !why.value) { focus.focus(); focus.select(); return; }
    if (!button.formNoValidate && why && !why.value) { why.focus(); return; }
    button.click();
  });
}
