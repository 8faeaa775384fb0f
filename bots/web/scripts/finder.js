// The finders: as soon as something is entered or chosen, the result beside the form is renewed. The service makes it, the
// same as without JavaScript; here it is only put in its place.

import { t, useTexts } from "./texts.js";

const PAUSE_MS = 600;
const byId = (id) => document.getElementById(id);
const { texts, language } = JSON.parse(byId("page-data").textContent);
useTexts(texts, language);

const form = byId("finder");
const results = byId("results");
let asked = null;
let pause = 0;

form.addEventListener("submit", (event) => {
  const { submitter } = event;
  if (submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  renew(submitter);
});
form.addEventListener("input", ({ target }) => {
  clearTimeout(pause);
  if (byId("description").value.trim() && (hasResult() || target.id !== "description")) pause = setTimeout(renew, PAUSE_MS);
});
document.addEventListener("change", ({ target }) => {
  if (target.form === form && !form.contains(target)) renew();
});
let opener = null;
results.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const target = link && byId(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  openAround(target);
  if ("value" in link.dataset) begin(target, link.dataset.value);
  opener = link;
  const goal = target.closest(".citation__details")?.querySelector("summary") ?? target;
  goal.focus({ preventScroll: true });
  (target.closest(".citation") ?? target).scrollIntoView({ block: "nearest" });
});
// Escape closes a quotation and leads back to where it was opened.
results.addEventListener("keydown", (event) => {
  const details = event.key === "Escape" && event.target.closest(".citation__details[open]");
  if (!details) return;
  details.open = false;
  if (opener?.isConnected) opener.focus();
});

/** What was understood is put into its empty field, to be corrected there. */
function begin(field, value) {
  if (field.localName !== "input" || field.value) return;
  field.value = field.inputMode === "numeric" ? value.replace(/\D/g, "") : value;
}

const hasResult = () => Boolean(byId("verdict"));

/** Ask the service with what is entered, and show what it says; a later request makes an earlier one void. */
async function renew(submitter = null) {
  clearTimeout(pause);
  asked?.abort();
  const { signal } = asked = new AbortController();
  const body = new URLSearchParams(new FormData(form, submitter));
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body, signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!page.getElementById("results")) throw new Error("the service answered with something else");
    show(page, submitter);
  } catch (error) {
    if (error.name === "AbortError") return;
    say(t("The service cannot be reached just now. What you entered is still here; please try again."));
  }
  results.removeAttribute("aria-busy");
}

function show(page, submitter) {
  const open = [...results.querySelectorAll("details[open] > [id]")].map(({ id }) => id);
  const focused = results.contains(document.activeElement) ? document.activeElement.id : null;
  takeOver(page, submitter);
  results.replaceChildren(...page.getElementById("results").childNodes);
  for (const id of open) openAround(byId(id));
  if (focused !== null) (byId(focused) ?? byId("verdict") ?? results).focus({ preventScroll: true });
  const verdict = byId("verdict");
  verdict?.setAttribute("tabindex", "-1");
  if (submitter && verdict && matchMedia("(max-width: 63.99rem)").matches) verdict.scrollIntoView({ block: "start" });
  say([...form.querySelectorAll(".kern-error:not([hidden])"), verdict].map((node) => node?.textContent.trim()).filter(Boolean).join(" "));
}

/** What an answer changed in the form, and what is wrong in it; the field that is being typed in stays as it is. */
function takeOver(page, submitter) {
  const renewed = page.getElementById("finder");
  for (const hidden of form.querySelectorAll("input[type=hidden]")) hidden.remove();
  form.append(...renewed.querySelectorAll("input[type=hidden]"));
  for (const field of renewed.querySelectorAll("input[id], select[id], textarea[id]")) {
    const own = byId(field.id);
    if (!own || (own === document.activeElement && !submitter)) continue;
    own.value = field.value;
    own.checked = field.checked;
  }
  for (const field of renewed.querySelectorAll("[aria-describedby]")) {
    byId(field.id).toggleAttribute("aria-invalid", false);
    if (field.hasAttribute("aria-invalid")) byId(field.id).setAttribute("aria-invalid", "true");
  }
  for (const problem of renewed.querySelectorAll(".kern-error")) byId(problem.id).replaceWith(problem);
  if (page.querySelector(".finder__more[open]")) form.querySelector(".finder__more").open = true;
}

function openAround(node) {
  for (let details = node?.closest("details"); details; details = details.parentElement.closest("details")) details.open = true;
}

const say = (text) => { byId("live").textContent = text; };
