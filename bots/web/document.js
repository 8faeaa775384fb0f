"use strict";
// Shows a fact sheet with the quoted words highlighted, or the list of all sheets.

const sheet = document.getElementById("sheet");
const statusLine = document.getElementById("status");
const documentId = location.pathname.match(/^\/documents\/(.+)$/)?.[1] ?? ""; // still encoded, as the service takes it

async function load() {
  statusLine.textContent = t("loading");
  const response = await fetch(documentId ? `/api/v1/documents/${documentId}` : `/api/v1/documents?limit=200&language=${language}`).catch(() => null);
  if (!response?.ok) { statusLine.textContent = response?.status === 404 ? t("missing") : t("failed"); return; }
  const data = await response.json();
  statusLine.textContent = "";
  if (documentId) showSheet(data); else showList(data.documents);
}

function showSheet(data) {
  document.title = `${data.title} – Clusterlotse`;
  const meta = make("p", { className: "meta", lang: language }, `${t("status")}: ${t(data.status)}`, data.checked ? ` · ${t("checked")}: ${written(data.checked)}` : "");
  if (data.other_language) meta.append(" · ", make("a", { href: `/documents/${data.other_language}`, textContent: t(data.language === "de" ? "inEnglish" : "inGerman") }));
  sheet.lang = data.language;
  sheet.replaceChildren(make("h1", { textContent: data.title }), meta, ...blocks(data, quotedRange()));
  if (data.sources.length) sheet.append(make("h2", { textContent: t("sources"), lang: language }), make("ol", {}, ...data.sources.map(sourceItem)));
  const mark = sheet.querySelector("mark");
  if (mark) { mark.tabIndex = -1; mark.focus({ preventScroll: true }); mark.scrollIntoView({ block: "center" }); }
}

/** The offsets behind `#q=`, in code points of the canonical text. */
function quotedRange() {
  const [from, to] = (/[#&]q=(\d+)-(\d+)/.exec(location.hash) ?? []).slice(1).map(Number);
  return { from: from ?? 0, to: to ?? 0 };
}

/** The canonical text as headings, paragraphs and lists. */
function* blocks(data, quoted) {
  const points = Array.from(data.text); // offsets count code points, not UTF-16 units
  const headings = new Map(data.headings.map((heading) => [heading.start, heading]));
  const sentences = new Map(data.sentences.map((sentence) => [sentence.start, sentence]));
  let list = null;
  for (let start = 0, end; start < points.length; start = end + 1) {
    end = points.indexOf("\n", start);
    if (end < 0) end = points.length;
    const line = points.slice(start, end).join("");
    const isItem = line.startsWith("- ");
    if (!isItem && list) { yield list; list = null; }
    if (!line.trim()) continue;
    if (headings.has(start)) { yield make(headings.get(start).level <= 2 ? "h2" : "h3", {}, ...highlighted(points, start, end, quoted)); continue; }
    const content = [...runs(points, start + (isItem ? 2 : 0), end, sentences, quoted)];
    if (isItem) { list ??= make("ul"); list.append(make("li", {}, ...content)); } else yield make("p", {}, ...content);
  }
  if (list) yield list;
}

/** A line's sentences, each followed by the numbers of its sources, and what stands between them. */
function* runs(points, start, end, sentences, quoted) {
  for (let at = start, next; at < end; at = next) {
    const sentence = sentences.get(at);
    next = at + 1;
    while (!sentence && next < end && !sentences.has(next)) next++;
    if (sentence) next = Math.min(sentence.end, end);
    yield* highlighted(points, at, next, quoted);
    for (const n of sentence?.sources ?? []) yield make("sup", {}, make("a", { href: `#source-${n}`, textContent: `[${n}]` }));
  }
}

/** The text of [start, end), with what is quoted of it marked. */
function highlighted(points, start, end, { from, to }) {
  const slice = (a, b) => points.slice(a, Math.max(a, b)).join("");
  const [markFrom, markTo] = [Math.max(start, from), Math.min(end, to)];
  if (markFrom >= markTo) return [slice(start, end)];
  return [slice(start, markFrom), make("mark", { textContent: slice(markFrom, markTo) }), slice(markTo, end)].filter((piece) => piece !== "");
}

function sourceItem(source, index) {
  const item = make("li", { id: `source-${index + 1}` }, link(source.url, source.publisher), make("span", { lang: language, textContent: `, ${t("asOf")} ${asOf(source.as_of)}` }));
  if (source.start_page_only) item.append(` (${t("startPage")})`);
  if (source.authority === "private") item.append(" ", make("span", { className: "badge", textContent: t("notOfficial") }));
  return item;
}

function showList(documents) {
  document.title = `${t("all")} – Clusterlotse`;
  sheet.lang = language;
  sheet.replaceChildren(make("h1", { textContent: t("all") }));
  for (const kind of ["policy", "cluster", "network", "funding", "page", "upload"]) {
    const own = documents.filter((item) => item.kind === kind);
    if (!own.length) continue;
    const items = own.map((item) => make("li", {}, make("a", { href: `/documents/${item.id}`, textContent: item.title }), item.status === "ended" ? ` (${t("ended")})` : ""));
    sheet.append(make("h2", { textContent: t(kind) }), make("ul", { className: "plain" }, ...items));
  }
}

document.addEventListener("languagechange", load);
addEventListener("hashchange", () => { if (/[#&]q=/.test(location.hash)) load(); });
