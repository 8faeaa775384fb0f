"use strict";
const root = document.documentElement;

function show(language) {
  root.dataset.shown = language;
  root.lang = language;
  for (const option of document.querySelectorAll("option[data-de]")) option.textContent = option.dataset[language];
  count();
}

const form = document.getElementById("filter");
const cases = [...document.querySelectorAll("details.case")];
const words = new Map();

function fits(item) {
  for (const field of form.querySelectorAll("[data-filter]")) {
    const wanted = field.value.trim();
    const name = field.dataset.filter;
    if (!wanted) continue;
    if (name === "words") {
      if (!words.has(item)) words.set(item, item.textContent.toLowerCase());
      if (!wanted.toLowerCase().split(/\s+/).every((word) => words.get(item).includes(word))) return false;
    } else if (name === "missed") {
      if (!item.dataset.missed.split(" ").includes(wanted)) return false;
    } else if (item.dataset[name] !== wanted) return false;
  }
  return true;
}

function count() {
  if (!form) return;
  const output = document.getElementById("count");
  output.textContent = `${cases.filter((item) => !item.hidden).length} ${output.dataset[root.dataset.shown]}`;
}

function filter() {
  for (const item of cases) item.hidden = !fits(item);
  count();
}

const toggle = document.getElementById("switch");
toggle.hidden = false;
toggle.addEventListener("click", () => show(root.dataset.shown === "de" ? "en" : "de"));
if (form) {
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
}
show("de");
