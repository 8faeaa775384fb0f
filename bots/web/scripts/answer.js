// The text of a reply: paragraphs and lists, with its [n] as links to the quotations. `_reply.html` does the same without JavaScript.

import { make } from "./dom.js";
import { t } from "./texts.js";

/**
 * The text as blocks of pieces; a piece is words and the numbers behind them.
 * A number that no citation has is part of the words.
 */
export function answerBlocks(text, isKnown) {
  const blocks = [];
  for (const line of text.split("\n")) {
    if (!line.trim()) continue;
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
    blocks.push({ isItem, pieces });
  }
  return blocks;
}

/**
 * Show the text so far. Only what changed is touched, so that whoever is reading or has moved the focus into it stays there.
 * `idOf(n)` is the id of the quotation with that number.
 */
export function showAnswer(container, text, citations, idOf) {
  const titles = new Map(citations.map((citation) => [citation.n, citation.title]));
  const blocks = answerBlocks(text, (n) => titles.has(n));
  const shown = [...container.querySelectorAll("p, li")];
  blocks.forEach((block, index) => {
    let node = shown[index];
    if (node && (node.localName === "li") !== block.isItem) {
      shown.splice(index).forEach((old) => old.remove());
      node = undefined;
    }
    node ??= addBlock(container, block.isItem);
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

function addBlock(container, isItem) {
  if (!isItem) return container.appendChild(make("p", { className: "kern-body" }));
  let list = container.lastElementChild;
  if (list?.localName !== "ul") list = container.appendChild(make("ul", { className: "kern-list kern-list--bullet" }));
  return list.appendChild(make("li"));
}

/** Numbers stay on one line with the word before them. */
function showPiece({ words, numbers }, titles, idOf) {
  if (!numbers.length) return make("span", { textContent: words });
  const lastWord = /\S{0,20}$/.exec(words)[0];
  const markers = numbers.flatMap((n) => [" ", marker(n, titles.get(n), idOf)]);
  return make("span", {}, words.slice(0, words.length - lastWord.length), make("span", { className: "kept" }, lastWord, ...markers));
}

function marker(n, title, idOf) {
  return make("a", { className: "cite", href: `#${idOf(n)}`, textContent: n, "aria-label": t("Quotation %(n)s: %(title)s", { n, title }), "data-n": n });
}
