// The quotations beside an answer: words, document, heading, official address, date, and what to be careful about.

import { icon, make, webLink } from "./dom.js";
import { currentLanguage, t } from "./texts.js";

/** One citation as a list item that opens; `id` names its quotation, `service` is the address of the service. */
export function citationItem(citation, id, service) {
  const details = make("details", { className: "citation__details" },
    make("summary", { className: "citation__head" },
      make("span", { className: "citation__number", textContent: citation.n }),
      make("span", { className: "citation__name" },
        make("span", { className: "citation__title", textContent: citation.title, lang: citation.language }),
        make("span", { className: "citation__origin", textContent: origin(citation) }),
      ),
    ),
    make("div", { className: "citation__body", id, tabIndex: -1 },
      make("blockquote", { className: "citation__quote", textContent: citation.quote, lang: citation.language }),
      warnings(citation),
      make("dl", { className: "citation__facts" }, ...facts(citation)),
      make("p", { className: "citation__links" },
        make("a", { className: "kern-link", href: documentAddress(citation, service) }, icon("draft"), make("span", { textContent: t("Show in the document") })),
      ),
    ),
  );
  return make("li", { className: "citation", "data-n": citation.n }, details);
}

/** Where the quoted words stand highlighted in their document, in the very version that was quoted. */
export function documentAddress({ document_id: documentId, version_id: versionId, start, end }, service = "") {
  return `${service}/documents/${documentId}?v=${versionId.slice(0, 12)}&p=${start}-${end}#p`;
}

/** For which time a source speaks; free text, in which dates are written out. */
export function asOf(text) {
  if (!text || /^undated$/i.test(text)) return t("undated");
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text) ?? [];
  if (year) {
    const style = day ? { dateStyle: "long" } : { year: "numeric", month: "long" };
    return new Intl.DateTimeFormat(currentLanguage() === "de" ? "de-DE" : "en-GB", { ...style, timeZone: "UTC" }).format(Date.UTC(year, month - 1, day ?? 1));
  }
  return text.replace(/^undated/i, t("undated"));
}

const origin = (citation) => [citation.publisher, citation.as_of && asOf(citation.as_of)].filter(Boolean).join(", ");

function warnings(citation) {
  const found = [
    citation.expired && ["warning", t("Ended")],
    citation.older_than_a_year && ["info", t("Source is older than a year")],
    ["private", "press"].includes(citation.authority) && ["warning", t("Not an official source")],
  ].filter(Boolean);
  if (!found.length) return null;
  return make("p", { className: "badges" }, ...found.map(([kind, text]) => make("span", { className: `kern-badge kern-badge--${kind} kern-badge--small` }, icon(kind), make("span", { className: "kern-label", textContent: text }))));
}

function facts(citation) {
  const rows = [];
  const place = [...citation.heading, citation.page && t("page %(n)s", { n: citation.page })].filter(Boolean).join(" › ");
  if (place) rows.push([t("Place"), make("span", { textContent: place, lang: citation.language })]);
  if (citation.url) rows.push([t("Source"), make("span", {}, webLink(citation.url, citation.publisher || citation.url), citation.start_page_only ? ` (${t("only its start page is known")})` : "")]);
  rows.push([t("As of"), asOf(citation.as_of)]);
  if (citation.valid_until) rows.push([t("Valid until"), asOf(citation.valid_until)]);
  return rows.map(([term, value]) => make("div", {}, make("dt", { textContent: term }), make("dd", {}, value)));
}
