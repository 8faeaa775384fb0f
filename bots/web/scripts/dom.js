// Makes elements. Text is always set as text, never as markup, so nothing a document or a person wrote can become code.

/** A new element; properties whose name holds a dash become attributes, children that are null are left out. */
export function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-")) node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** One of KERN's icons; it repeats what stands beside it, so nobody is read its name. */
export const icon = (name) => make("span", { className: `kern-icon kern-icon--${name}`, "aria-hidden": "true" });

/** A button in KERN's markup. */
export function button(text, kind, onClick, iconName = null) {
  const node = make("button", { type: "button", className: `kern-btn kern-btn--${kind}` }, iconName && icon(iconName), make("span", { className: "kern-label", textContent: text }));
  node.addEventListener("click", onClick);
  return node;
}

/** Whose address it is, as people write it. */
export const hostOf = (address) => address.replace(/^https?:\/\/(www\.)?/i, "").split("/")[0];

/** A link to an address on the web; anything but http(s) stays plain text. */
export function webLink(address, text) {
  if (!/^https?:\/\//i.test(address ?? "")) return make("span", { textContent: text });
  return make("a", { className: "kern-link", href: address, rel: "noreferrer", textContent: text });
}
