// The chat on another site: `<script src="…/widget.js" defer></script>`. A custom element with a shadow tree, so that neither
// site's styles reach the other. No cookies; the conversation's number stays in the session storage of the tab.

import styles from "../styles/widget.css";
import { ChatView } from "./chat-view.js";
import { contrast, readable, textOn } from "./colours.js";
import { Conversation } from "./conversation.js";
import { button, make } from "./dom.js";
import { judgement } from "./reply-actions.js";
import { remember, styleChoice } from "./style-choice.js";
import { t, useTexts } from "./texts.js";

const script = document.currentScript;
const service = new URL(script.src).origin;
const options = { ...script.dataset };

class ClusterlotseChat extends HTMLElement {
  async connectedCallback() {
    if (this.shadowRoot) return;
    const language = languageOf(options.language ?? document.documentElement.lang);
    const response = await fetch(`${service}/widget/${language}.json`);
    const { texts, max_question: maxQuestion, styles: styleNames } = await response.json();
    useTexts(texts, language);
    this.lang = language;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    this.#build(language, maxQuestion, styleNames);
    this.#paint();
    this.view.restore();
  }

  #build(language, maxQuestion, styleNames) {
    const isInline = Boolean(options.target);
    this.panel = make("section", { id: "panel", className: isInline ? "panel panel--inline" : "panel panel--floating", "aria-labelledby": "title", hidden: !isInline });
    const style = styleChoice(styleNames);
    if (style) remember(style.select, "clusterlotse-widget-style");
    const field = make("textarea", { id: "question", className: "kern-form-input__input", rows: 2, "aria-describedby": "hint problem" });
    const nodes = {
      field,
      area: this.panel,
      style: style?.select,
      log: make("section", { className: "log", "aria-label": t("Conversation") }),
      live: make("p", { className: "kern-sr-only", role: "status", "aria-live": "polite" }),
      problem: make("p", { id: "problem", className: "kern-error", hidden: true }, make("span", { className: "kern-body" })),
      count: make("span", {}),
      send: make("button", { type: "submit", className: "kern-btn kern-btn--primary" }, make("span", { className: "kern-label", textContent: t("Ask") })),
    };
    nodes.form = make("form", { className: "composer", noValidate: true },
      make("label", { className: "kern-label", htmlFor: "question", textContent: t("Your question, in German or English") }),
      nodes.problem,
      field,
      style?.node,
      make("div", { className: "composer__row" }, make("p", { id: "hint", className: "kern-hint" }, `${t("Please leave out personal data.")} `, nodes.count), nodes.send),
    );
    const manage = make("div", { className: "manage", hidden: true },
      button(t("New conversation"), "tertiary", () => this.view.startNew()),
      button(t("Delete my conversation"), "tertiary", () => this.view.delete()),
    );
    const conversation = new Conversation(service, "clusterlotse-widget");
    const intro = make("p", { className: "intro" },
      `${t("A machine answers here, not a person. Every statement rests on a quotation that is shown with it.")} `,
      make("a", { className: "kern-link", href: `${service}/${language}/privacy`, textContent: t("Privacy") }), " ", t("Links open in a new tab."),
    );
    this.view = new ChatView({
      conversation,
      nodes,
      maxQuestion,
      level: 3,
      onChange: () => { manage.hidden = !this.view.turns.length; },
      actions: (reply) => make("div", { className: "turn__actions" }, judgement(reply, conversation, (text) => this.view.say(text))),
    });
    this.panel.append(
      make("div", { className: "panel__head" }, make("h2", { id: "title", className: "panel__title", textContent: "Clusterlotse" }), ...(isInline ? [] : [this.#closer()])),
      make("div", { className: "panel__body" }, intro, nodes.log, manage),
      nodes.form,
      nodes.live,
    );
    // The other site stays where it is.
    this.panel.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link && !link.matches(".cite")) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    });
    if (isInline) {
      this.shadowRoot.append(this.panel);
      return;
    }
    this.panel.setAttribute("role", "dialog");
    this.panel.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) this.#show(false); });
    this.launcher = make("button", { type: "button", className: "launcher kern-btn kern-btn--primary", "aria-expanded": "false", "aria-controls": "panel" }, make("span", { className: "kern-label", textContent: options.label || t("Questions on clusters and funding?") }));
    this.launcher.addEventListener("click", () => this.#show(this.panel.hidden));
    this.dataset.position = options.position === "left" ? "left" : "right";
    this.shadowRoot.append(this.launcher, this.panel);
  }

  #closer() {
    const closer = make("button", { type: "button", className: "closer", "aria-label": t("Close") });
    closer.addEventListener("click", () => this.#show(false));
    return closer;
  }

  #show(isOpen) {
    this.panel.hidden = !isOpen;
    this.launcher.setAttribute("aria-expanded", String(isOpen));
    (isOpen ? this.view.nodes.field : this.launcher).focus();
  }

  /** The colours wished for; what could not be read is made readable. */
  #paint() {
    for (const name of ["background", "text", "accent"]) {
      if (options[name] && CSS.supports("color", options[name])) this.style.setProperty(`--${name}`, options[name]);
    }
    const probe = this.shadowRoot.appendChild(make("span", { hidden: true }));
    const [ground, text, accent] = ["background", "text", "accent"].map((name) => {
      probe.style.color = `var(--${name})`;
      return rgb(getComputedStyle(probe).color);
    });
    probe.remove();
    if (!ground || !text || !accent) return;
    const ink = contrast(text, ground) >= 7 ? text : textOn(ground);
    const chosen = readable(accent, ground, ink);
    for (const [name, value] of [["text", ink], ["accent", chosen], ["on-accent", textOn(chosen)]]) this.style.setProperty(`--${name}`, `rgb(${value})`);
  }
}

const languageOf = (tag) => (/^en\b/i.test(tag) ? "en" : "de");

/** Red, green and blue of a computed colour; null for one that is written otherwise. */
function rgb(text) {
  const match = /^rgba?\((\d+), (\d+), (\d+)/.exec(text);
  return match && match.slice(1).map(Number);
}

customElements.define("clusterlotse-chat", ClusterlotseChat);
(document.querySelector(options.target || "body") ?? document.body).append(document.createElement("clusterlotse-chat"));
