// How answers are to be worded: a choice that is offered where a language model words them, and kept for the visit.

import { make } from "./dom.js";
import { t } from "./texts.js";

/** The choice for the widget; `names` are its words by value. Null where there is nothing to choose. */
export function styleChoice(names) {
  if (!Object.keys(names).length) return null;
  const select = make("select", { id: "style", className: "kern-form-input__select" },
    ...Object.entries(names).map(([value, name]) => make("option", { value, textContent: name })));
  const node = make("div", { className: "composer__style" },
    make("label", { className: "kern-label", htmlFor: "style", textContent: t("Kind of answer") }),
    select,
  );
  return { node, select };
}

/** Take up what was chosen before in this tab, and keep what is chosen from now on. */
export function remember(select, key) {
  try {
    const kept = sessionStorage.getItem(key);
    if ([...select.options].some((option) => option.value === kept)) select.value = kept;
  } catch { /* without storage the choice lasts as long as the page */ }
  select.addEventListener("change", () => {
    try {
      sessionStorage.setItem(key, select.value);
    } catch { /* see above */ }
  });
}
