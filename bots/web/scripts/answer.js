// The text of a reply: headings, paragraphs and lists, with its [n] as links to the quotations. `_reply.html` does the same without JavaScript.

import { hostOf, make, webLink } from "./dom.js";
import { t } from "./texts.js";

const HEADING = /^\*\*([^*]+)\*\*$/;

/**
 * The text as blocks of pieces; a piece is words and the numbers behind them, or the address behind a next step.
 * A number that no citation has is part of the words. `steps` are addresses by the line that they belong to.
 */
export function answerBlocks(text, isKnown, steps = new Map()) {
  const blocks = [];
  for (const line of text.split("\n")) {
    if (!line.trim()) continue;
    const heading = HEADING.exec(line);
    if (heading) {
      blocks.push({ isHeading: true, pieces: [{ words: heading[1], numbers: [] }] });
      continue;
    }
    const isItem = line.startsWith("- ");
    const pieces = [];
    let words = "";
    for (const part of (isItem ? line.slice(2) : line).split(/((?:\s?\[\d{1,3}\])+)/)) {
      const numbers = part.startsWith("[") || part.startsWith(" [") ? [...part.matchAll(/\d+/g)].map(Number) : [];
      if (!numbers.length || !numbers.every(isKnown)) {
        words += part;
      } else {
        pieces.push({ words, numbers });
        words = "";
      }
    }
    if (words) pieces.push({ words, numbers: [] });
    if (steps.get(line)) pieces.push({ url: steps.get(line) });
    blocks.push({ isItem, pieces });
  }
  return blocks;
}

/**
 * Show the text so far. Only what changed is touched, so that whoever is reading or has moved the focus into it stays there.
 * `idOf(n)` is the id of the quotation with that number, `level` that of a heading.
 */
export function showAnswer(container, text, citations, idOf, { level, steps }) {
  const titles = new Map(citations.map((citation) => [citation.n, citation.title]));
  const blocks = answerBlocks(text, (n) => titles.has(n), steps);
  const shown = [...container.querySelectorAll("[data-kind]")];
  blocks.forEach((block, index) => {
    let node = shown[index];
    if (node && node.dataset.kind !== kindOf(block)) {
      shown.splice(index).forEach((old) => old.remove());
      node = undefined;
    }
    node ??= addBlock(container, kindOf(block), level);
    block.pieces.forEach((piece, at) => {
      const key = JSON.stringify(piece);
      if (node.children[at]?.key === key) return;
      while (node.children[at]) node.lastElementChild.remove();
      node.append(Object.assign(showPiece(piece, titles, idOf), { key }));
    });
    while (node.children[block.pieces.length]) node.lastElementChild.remove();
  });
  shown.slice(blocks.length).forEach((old) => old.remove());
  container.querySelectorAll("ul:empty").forEach((old) => old.remove());
}

function kindOf(block) {
  if (block.isHeading) return "heading";
  return block.isItem ? "item" : "paragraph";
}

function addBlock(container, kind, level) {
  if (kind === "heading") return container.appendChild(make(`h${level}`, { className: "kern-body answer__heading", "data-kind": kind }));
  if (kind === "paragraph") return container.appendChild(make("p", { className: "kern-body", "data-kind": kind }));
  let list = container.lastElementChild;
  if (list?.localName !== "ul") list = container.appendChild(make("ul", { className: "kern-list kern-list--bullet" }));
  return list.appendChild(make("li", { "data-kind": kind }));
}

/** Numbers stay on one line with the word before them. */
function showPiece({ words, numbers, url }, titles, idOf) {
  if (url) return make("span", {}, " ", webLink(url, hostOf(url)));
  if (!numbers.length) return make("span", { textContent: words });
  const lastWord = /\S{0,20}$/.exec(words)[0];
  const markers = numbers.flatMap((n) => [" ", marker(n, titles.get(n), idOf)]);
  return make("span", {}, words.slice(0, words.length - lastWord.length), make("span", { className: "kept" }, lastWord, ...markers));
}

function marker(n, title, idOf) {
  return make("a", { className: "cite", href: `#${idOf(n)}`, textContent: n, "aria-label": t("Quotation %(n)s: %(title)s", { n, title }), "data-n": n });
}
