"use strict";
// Shows a fact sheet with the quoted words highlighted, or the list of all sheets.

const sheet = document.getElementById("sheet");
const statusLine = document.getElementById("status");
const documentId = decodeURIComponent(location.pathname.match(/^\/documents\/(.+)$/)?.[1] ?? "");

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
  sheet.lang = data.language;
  const [from, to] = (/[#&]q=(\d+)-(\d+)/.exec(location.hash) ?? []).slice(1).map(Number);
  const meta = make("p", { className: "meta" }, `${t("status")}: ${t(data.status)}`, data.checked ? ` · ${t("checked")}: ${data.checked}` : "");
  if (data.other_language) meta.append(" · ", make("a", { href: `/documents/${data.other_language}`, textContent: t("other") }));
  sheet.replaceChildren(make("h1", { textContent: data.title }), meta);
  const headings = new Map(data.headings.map((heading) => [heading.start, heading]));
  const sentences = new Map(data.sentences.map((sentence) => [sentence.start, sentence]));
  let offset = 0;
  let list = null;
  let marked = null;
  const points = Array.from(data.text); // offsets count code points, not UTF-16 units
  for (const line of data.text.split("\n")) {
    const start = offset;
    const length = Array.from(line).length;
    offset += length + 1;
    if (!line.trim()) { list = null; continue; }
    const heading = headings.get(start);
    if (heading) { list = null; sheet.append(make(heading.level <= 2 ? "h2" : "h3", { textContent: line })); continue; }
    const isItem = line.startsWith("- ");
    const holder = make(isItem ? "li" : "p");
    for (let at = start + (isItem ? 2 : 0); at < start + length;) {
      const sentence = sentences.get(at);
      const end = sentence ? Math.min(sentence.end, start + length) : at + 1;
      const text = points.slice(at, end).join("");
      if (!sentence) { holder.append(text); at = end; continue; }
      const isQuoted = from !== undefined && at < to && end > from;
      const span = make(isQuoted ? "mark" : "span", { textContent: text, className: "sentence", id: `s${at}` });
      if (isQuoted) marked ??= span;
      holder.append(span, ...sentence.sources.map((n) => make("sup", {}, make("a", { href: `#source-${n}`, textContent: `[${n}]` }))));
      at = end;
    }
    if (isItem) { list ??= sheet.appendChild(make("ul")); list.append(holder); } else { list = null; sheet.append(holder); }
  }
  if (data.sources.length) {
    const items = data.sources.map((source, index) => {
      const item = make("li", { id: `source-${index + 1}` }, link(source.url, source.publisher), `, ${source.as_of}`);
      if (source.start_page_only) item.append(` (${t("startPage")})`);
      return item;
    });
    sheet.append(make("h2", { textContent: t("sources") }), make("ol", {}, ...items));
  }
  if (marked) { marked.tabIndex = -1; marked.scrollIntoView({ block: "center" }); marked.focus({ preventScroll: true }); }
}

function showList(documents) {
  sheet.replaceChildren(make("h1", { textContent: t("all") }));
  for (const kind of ["policy", "cluster", "network", "funding", "upload"]) {
    const own = documents.filter((item) => item.kind === kind);
    if (!own.length) continue;
    const items = own.map((item) => make("li", {}, make("a", { href: `/documents/${item.id}`, textContent: item.title }), item.status === "ended" ? ` (${t("ended")})` : ""));
    sheet.append(make("h2", { textContent: t(kind) }), make("ul", {}, ...items));
  }
}

document.addEventListener("languagechange", load);
addEventListener("hashchange", load);
