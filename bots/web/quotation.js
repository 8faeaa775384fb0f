"use strict";
// Shows a reply: its text with numbered citations, and each quotation with source and date.

/** The reply's text as paragraphs and lists, each [n] a button that opens its quotation. */
function renderAnswer(reply, container, turnId) {
  container.replaceChildren();
  if (reply.language) container.lang = reply.language;
  let list = null;
  for (const line of reply.text.split("\n")) {
    if (!line.trim()) { list = null; continue; }
    const isItem = line.startsWith("- ");
    const holder = make(isItem ? "li" : "p", {}, ...pieces(isItem ? line.slice(2) : line, reply.citations, turnId));
    if (isItem) {
      list ??= container.appendChild(make("ul"));
      list.append(holder);
    } else {
      list = null;
      container.append(holder);
    }
  }
}

/** A line as text and buttons; numbers stay on one line with the word before them. */
function pieces(line, citations, turnId) {
  const found = [];
  for (const part of line.split(/(?<=\[\d+\])(?!\s*\[\d+\])/)) {
    const [, text, numbers] = /^(.*?)((?:\s*\[\d+\])*)$/s.exec(part);
    const buttons = [...numbers.matchAll(/\d+/g)].map(([n]) => Number(n)).filter((n) => citations.some((c) => c.n === n)).map((n) => citeButton(n, turnId));
    if (!buttons.length) { found.push(part); continue; }
    const lastWord = /\S{0,20}$/.exec(text)[0];
    found.push(text.slice(0, text.length - lastWord.length), make("span", { className: "kept" }, lastWord, ...buttons.flatMap((button) => [" ", button])));
  }
  return found;
}

function citeButton(number, turnId) {
  const button = make("button", { type: "button", className: "cite", textContent: String(number) });
  button.setAttribute("aria-label", `${t("showQuotation")} ${number}`);
  button.addEventListener("click", () => {
    const item = document.getElementById(`${turnId}-${number}`);
    if (!item) return; // the text is still coming
    item.closest("details").open = true;
    for (const shown of document.querySelectorAll("li.shown")) shown.classList.remove("shown");
    item.classList.add("shown");
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  });
  return button;
}

/** One quotation with where it stands, its official address and its date. */
function quotationItem(citation, turnId) {
  const item = make("li", { id: `${turnId}-${citation.n}`, tabIndex: -1 });
  const quote = make("blockquote", { textContent: citation.quote, lang: citation.language });
  const place = [citation.title, ...citation.heading, citation.page ? `${t("sheetPage")} ${citation.page}` : null].filter(Boolean).join(" › ");
  const meta = make("p", { className: "meta" }, make("span", { textContent: place, lang: citation.language }));
  if (citation.url) meta.append(make("br"), `${t("source")}: `, link(citation.url, citation.publisher || citation.url), `, ${t("asOf")} ${asOf(citation.as_of)}`);
  if (citation.start_page_only) meta.append(` (${t("startPage")})`);
  if (citation.expired) meta.append(" ", make("span", { className: "badge", textContent: t("ended") }));
  if (citation.authority === "private") meta.append(" ", make("span", { className: "badge", textContent: t("notOfficial") }));
  meta.append(make("br"), make("a", { href: documentAddress(citation), textContent: t("openDocument") }));
  item.append(make("span", { className: "number", textContent: String(citation.n) }), make("div", {}, quote, meta));
  return item;
}

const documentAddress = (citation) => `/documents/${citation.document_id}#q=${citation.start}-${citation.end}`;
