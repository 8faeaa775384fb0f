"use strict";
// Shows a reply: its text with numbered citations, and each quotation with source and date.

/** The reply's text as paragraphs and lists, each [n] a button that opens its quotation. */
function renderAnswer(reply, container, turnId) {
  container.replaceChildren();
  container.lang = reply.language;
  let list = null;
  for (const line of reply.text.split("\n")) {
    if (!line.trim()) { list = null; continue; }
    const isItem = line.startsWith("- ");
    const holder = make(isItem ? "li" : "p");
    for (const piece of (isItem ? line.slice(2) : line).split(/(\[\d+\])/)) {
      const number = /^\[(\d+)\]$/.exec(piece)?.[1];
      if (number && reply.citations.some((c) => c.n === Number(number))) holder.append(citeButton(Number(number), turnId));
      else if (piece) holder.append(piece);
    }
    if (isItem) {
      list ??= container.appendChild(make("ul"));
      list.append(holder);
    } else {
      list = null;
      container.append(holder);
    }
  }
}

function citeButton(number, turnId) {
  const button = make("button", { type: "button", className: "cite", textContent: String(number) });
  button.setAttribute("aria-label", `${t("showQuotation")} ${number}`);
  button.addEventListener("click", () => {
    const item = document.getElementById(`${turnId}-${number}`);
    item.closest("details").open = true;
    for (const shown of document.querySelectorAll("li.shown")) shown.classList.remove("shown");
    item.classList.add("shown");
    item.focus();
    item.scrollIntoView({ block: "nearest" });
  });
  return button;
}

/** One quotation with where it stands, its official address and its date. */
function quotationItem(citation, turnId) {
  const item = make("li", { id: `${turnId}-${citation.n}`, tabIndex: -1, value: citation.n });
  const quote = make("blockquote", { textContent: citation.quote, lang: citation.language });
  const place = [citation.title, ...citation.heading, citation.page ? `${t("page")} ${citation.page}` : null].filter(Boolean).join(" › ");
  const open = make("a", { href: documentAddress(citation), textContent: t("openDocument") });
  const meta = make("p", { className: "meta" }, place, make("br"));
  if (citation.url) meta.append(`${t("source")}: `, link(citation.url, citation.publisher || citation.url), `, ${t("asOf")} ${asOf(citation.as_of)}`);
  if (citation.start_page_only) meta.append(` (${t("startPage")})`);
  if (citation.expired) meta.append(" ", make("span", { className: "badge", textContent: t("ended") }));
  if (citation.authority === "private") meta.append(" ", make("span", { className: "badge", textContent: t("notOfficial") }));
  item.append(quote, meta, open);
  return item;
}

const asOf = (text) => (!text || /^undated$/i.test(text) ? t("undated") : text.replace(/^undated/i, t("undated")));
const documentAddress = (citation) => `/documents/${citation.document_id}#q=${citation.start}-${citation.end}`;
