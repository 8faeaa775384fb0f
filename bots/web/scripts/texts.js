// What the scripts say, in the language of the page; the English words are the keys of the gettext catalogue.

let known = {};
let language = "de";

/** Take the texts the page brought along, or those the widget fetched. */
export function useTexts(texts, of) {
  known = texts;
  language = of;
}

export const currentLanguage = () => language;

/** The text in the page's language, `%(name)s` filled in. */
export function t(text, values = {}) {
  return fill(known[text] ?? text, values);
}

/** The text for one, or for several; `%(n)s` is the number. */
export function tn(one, several, n) {
  const forms = known[one] ?? [one, several];
  return fill(forms[n === 1 ? 0 : 1], { n });
}

const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (gap, name) => values[name] ?? gap);
