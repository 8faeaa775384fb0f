"use strict";
// Everything the page says, in both languages; `t` looks a text up, `setLanguage` shows it.
const TEXTS = {
  de: {
    pageTitle: "Clusterlotse – Auskunft zu Clustern und Förderung in Hamburg", skip: "Zur Frage springen", skipText: "Zum Text springen", title: "Fragen zu Clustern und Förderung in Hamburg",
    lead: "Hier antwortet eine Maschine, kein Mensch. Jede Aussage ist wörtlich belegt: Quelle, Stand und Fundstelle stehen dabei.",
    label: "Ihre Frage, auf Deutsch oder Englisch",
    hint: "Bitte keine persönlichen Angaben. Senden mit der Eingabetaste, neue Zeile mit Umschalt und Eingabetaste.",
    send: "Fragen", fresh: "Neues Gespräch", forget: "Gespräch löschen", starters: "Zum Beispiel", conversation: "Gespräch", documents: "Alle Faktenblätter",
    footer: "Fragen und Antworten werden {kept} gespeichert, damit Nachfragen möglich sind; „Gespräch löschen“ löscht sie sofort. Verbindlich sind nur die Auskünfte der zuständigen Stellen.",
    kept: "befristet", keptDays: "{days} Tage lang", inEnglish: "English version", inGerman: "Deutsche Fassung",
    rewriting: "Frage wird gelesen …", searching: "Suche in den Quellen …", reading: "Fundstellen werden gelesen …", writing: "Antwort wird geschrieben …", checking: "Zitate werden geprüft …",
    done: "Antwort ist da.", failed: "Der Dienst ist gerade nicht erreichbar. Ihre Frage steht noch im Feld; bitte versuchen Sie es noch einmal.",
    limited: "Zu viele Fragen auf einmal. Bitte warten Sie einen Moment.", deleted: "Das Gespräch ist gelöscht.", understood: "Verstanden als:",
    quotations: "Belege im Wortlaut", showQuotation: "Beleg", openDocument: "Im Faktenblatt zeigen", source: "Quelle", asOf: "Stand", undated: "ohne Datum",
    startPage: "nur die Startadresse ist bekannt", ended: "beendet", notOfficial: "keine amtliche Quelle", back: "Zurück zu den Fragen", loading: "Wird geladen …",
    missing: "Dieses Faktenblatt gibt es nicht.", sources: "Quellen", checked: "Zuletzt geprüft", all: "Alle Faktenblätter", sheetPage: "Seite", status: "Status",
    policy: "Clusterpolitik", cluster: "Cluster", network: "Netzwerke", funding: "Förderung", page: "Amtliche Seiten", upload: "Weitere Dokumente",
    open: "offen", calls_only: "nur in Aufrufen", unknown: "heutiger Stand nicht belegt", in_force: "gilt", active: "aktiv", phase_ended: "Förderphase beendet",
    examples: ["Welche Cluster gibt es in Hamburg?", "Wie hoch ist der Zuschuss bei InnoFounder?", "Was unterscheidet PROFI Impuls von PROFI Transfer Plus?", "Wer ist für die Clusterpolitik zuständig?"],
  },
  en: {
    pageTitle: "Clusterlotse – Information on clusters and funding in Hamburg", skip: "Skip to the question", skipText: "Skip to the text", title: "Questions on clusters and funding in Hamburg",
    lead: "A machine answers here, not a person. Every statement is backed word for word, with its source, its date and where it stands.",
    label: "Your question, in German or English", hint: "Please leave out personal data. Send with Enter, new line with Shift and Enter.",
    send: "Ask", fresh: "New conversation", forget: "Delete conversation", starters: "For example", conversation: "Conversation", documents: "All fact sheets",
    footer: "Questions and answers are kept {kept} so that you can ask follow-up questions; “Delete conversation” deletes them at once. Only the offices in charge give binding information.",
    kept: "for a limited time", keptDays: "for {days} days", inEnglish: "English version", inGerman: "Deutsche Fassung",
    rewriting: "Reading the question …", searching: "Searching the sources …", reading: "Reading what was found …", writing: "Writing the answer …", checking: "Checking quotations …",
    done: "The answer is here.", failed: "The service cannot be reached just now. Your question is still in the field; please try again.",
    limited: "Too many questions at once. Please wait a moment.", deleted: "The conversation has been deleted.", understood: "Understood as:",
    quotations: "Quotations word for word", showQuotation: "Quotation", openDocument: "Show in the fact sheet", source: "Source", asOf: "as of", undated: "undated",
    startPage: "only the start address is known", ended: "ended", notOfficial: "not an official source", back: "Back to the questions", loading: "Loading …",
    missing: "There is no such fact sheet.", sources: "Sources", checked: "Last checked", all: "All fact sheets", sheetPage: "Page", status: "Status",
    policy: "Cluster policy", cluster: "Clusters", network: "Networks", funding: "Funding", page: "Official pages", upload: "Other documents",
    open: "open", calls_only: "in calls only", unknown: "current state not documented", in_force: "in force", active: "active", phase_ended: "funding phase ended",
    examples: ["Which clusters are there in Hamburg?", "How much does InnoFounder pay?", "What is the difference between PROFI Impuls and PROFI Transfer Plus?", "Who is responsible for cluster policy?"],
  },
};
let keptDays = null; // how long conversations are stored; the service says it
let language = "de";
try { language = localStorage.getItem("language") || (navigator.language.startsWith("de") ? "de" : "en"); } catch { /* storage is off */ }
if (!(language in TEXTS)) language = "de";
const t = (key) => TEXTS[language][key] ?? key;

function setLanguage(next) {
  language = next;
  try { localStorage.setItem("language", next); } catch { /* storage is off */ }
  document.documentElement.lang = next;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = t(node.dataset.text);
  showKept();
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", t(node.dataset.label));
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === next));
  document.dispatchEvent(new CustomEvent("languagechange"));
}

/** Says in the footer how long conversations are kept. */
function showKept() {
  const kept = keptDays ? t("keptDays").replace("{days}", keptDays) : t("kept");
  for (const node of document.querySelectorAll("[data-text=footer]")) node.textContent = t("footer").replace("{kept}", kept);
}

const asOf = (text) => (!text || /^undated$/i.test(text) ? t("undated") : text.replace(/^undated/i, t("undated")));
const written = (day) => (language === "de" ? day.split("-").reverse().join(".") : day);

/** A new element with properties and children; text is always set as text, never as markup. */
function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A link to an address on the web; anything but http(s) becomes plain text. */
function link(address, label) {
  if (!/^https?:\/\//i.test(address ?? "")) return make("span", { textContent: label ?? address ?? "" });
  return make("a", { href: address, rel: "noreferrer", textContent: label ?? address });
}

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => setLanguage(button.dataset.language));
  setLanguage(language);
  fetch("/api/v1/service").then((response) => response.json()).then((service) => { keptDays = service.retention_days; showKept(); }).catch(() => { /* the footer stays general */ });
});
