// One question with its reply, as it comes in and when it is complete.

import { showAnswer } from "./answer.js";
import { citationItem } from "./citations.js";
import { button, hostOf, icon, make, webLink } from "./dom.js";
import { t, tn } from "./texts.js";

// Characters from which a question is a letter and is shown as text, not as a headline; `_reply.html` does the same.
const LONG = 160;

let turns = 0;

const notice = (text, lang = "") => make("p", { className: "notice", lang }, icon("info"), make("span", { textContent: text }));

export class Turn {
  /**
   * `onAsk(question)` is called when an option or a suggestion is chosen, `onStop` when the answer is to be stopped;
   * `actions(reply)` gives the buttons below a reply; `level` is that of the heading.
   */
  constructor(question, { service, onAsk, onStop, actions, level }) {
    this.id = `turn-${++turns}`;
    this.service = service;
    this.onAsk = onAsk;
    this.actions = actions;
    this.level = level;
    this.reply = null;
    this.text = "";
    this.citations = [];

    this.doing = make("p", { className: "turn__doing" });
    this.stopper = button(t("Stop the answer"), "secondary", onStop);
    this.stopper.hidden = true;
    this.stopper.setAttribute("aria-keyshortcuts", "Escape");
    this.progress = make("div", { className: "turn__progress" }, this.doing, this.stopper);
    this.answer = make("div", { className: "answer" });
    this.rest = make("div", { className: "turn__rest" });
    this.list = make("ol", { className: "citations" });
    this.heading = make(`h${level + 1}`, { className: "kern-title kern-title--small", id: `${this.id}-quotations` });
    this.evidence = make("aside", { className: "turn__evidence", hidden: true, "aria-labelledby": `${this.id}-quotations` }, this.heading, this.list);
    this.node = make("article", { className: "turn", "aria-labelledby": `${this.id}-question` },
      make(`h${level}`, { className: question.length > LONG ? "turn__question turn__question--letter" : "turn__question", id: `${this.id}-question`, tabIndex: -1 }, make("span", { className: "kern-sr-only", textContent: `${t("Your question:")} ` }), make("span", { className: "turn__words", textContent: question })),
      make("div", { className: "turn__reply" }, this.answer, this.progress),
      this.evidence,
      this.rest,
    );
    this.answer.addEventListener("click", (event) => this.#open(event));
    this.evidence.addEventListener("keydown", (event) => this.#close(event));
  }

  /** What is being done at the moment; nothing once the answer is there. */
  showProgress(text) {
    this.doing.textContent = text;
    this.progress.hidden = !text;
  }

  /** Show the button that stops the answer. */
  offerStop() {
    this.stopper.hidden = false;
  }

  /** Leave the answer as far as it came, marked as stopped. */
  stop() {
    // The numbers of a sentence come with the next one, which does not come any more.
    const numbers = this.citations.map(({ n }) => `[${n}]`).filter((number) => !this.text.includes(number));
    if (numbers.length) this.addText(` ${numbers.join("")}`);
    this.node.dataset.status = "stopped";
    this.progress.replaceWith(notice(t("You stopped this answer. It may be incomplete.")));
  }

  addText(piece) {
    this.text += piece;
    this.#show();
  }

  addCitation(citation) {
    this.citations.push(citation);
    this.#show();
  }

  /** The complete reply, which counts more than the pieces before. */
  complete(reply) {
    this.reply = reply;
    this.text = reply.text;
    this.citations = reply.citations;
    this.node.dataset.status = reply.status;
    this.answer.lang = reply.language;
    this.showProgress("");
    this.#show();
    this.rest.replaceChildren(...[...this.#understood(), ...this.#notices(), this.#nextStep(), this.#choices(), this.actions?.(reply)].filter(Boolean));
  }

  /** What a screen reader is told of the finished reply. */
  get spoken() {
    const words = [...this.answer.querySelectorAll("[data-kind]")].map((node) => {
      const copy = node.cloneNode(true);
      copy.querySelectorAll(".cite").forEach((marker) => marker.remove());
      return copy.textContent.replace(/\s+/g, " ").trim();
    });
    const count = this.citations.length;
    return [...words, count ? tn("%(n)s quotation.", "%(n)s quotations.", count) : ""].join(" ").trim();
  }

  #quotationId(n) {
    return `${this.id}-quotation-${n}`;
  }

  #show() {
    showAnswer(this.answer, this.text, this.citations, (n) => this.#quotationId(n), { level: this.level + 1, steps: this.#steps() });
    const shown = new Set([...this.list.children].map((item) => Number(item.dataset.n)));
    for (const citation of this.citations) {
      if (!shown.has(citation.n)) this.list.append(citationItem(citation, this.#quotationId(citation.n), this.service));
    }
    this.evidence.hidden = !this.citations.length;
    this.heading.textContent = tn("%(n)s quotation, word for word", "%(n)s quotations, word for word", this.citations.length);
  }

  /** Open the quotation of a number that was chosen in the text, and go there. */
  #open(event) {
    const marker = event.target.closest(".cite");
    if (!marker) return;
    event.preventDefault();
    const item = this.list.querySelector(`[data-n="${marker.dataset.n}"]`);
    for (const other of this.list.querySelectorAll(".citation--chosen")) other.classList.remove("citation--chosen");
    item.classList.add("citation--chosen");
    item.querySelector("details").open = true;
    this.opener = marker;
    item.querySelector("summary").focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }

  /** Escape closes a quotation and leads back to the number it was opened from. */
  #close(event) {
    const item = event.key === "Escape" && event.target.closest(".citation");
    const details = item && item.querySelector("details");
    if (!details?.open) return;
    event.stopPropagation();
    details.open = false;
    const markers = [...this.answer.querySelectorAll(`.cite[data-n="${item.dataset.n}"]`)];
    (markers.find((marker) => marker === this.opener) ?? markers[0])?.focus();
  }

  #understood() {
    const { rewritten_question: rewritten, language } = this.reply;
    return rewritten ? [make("p", { className: "turn__understood" }, `${t("Understood as:")} `, make("span", { textContent: rewritten, lang: language }))] : [];
  }

  #notices() {
    return this.reply.notices.filter(Boolean).map((text) => notice(text, this.reply.language));
  }

  /** Addresses of the next steps that stand below the questions of an enquiry. */
  #steps() {
    const steps = (this.reply?.parts ?? []).map((part) => part.next_step).filter(Boolean);
    return new Map(steps.map((step) => [step.text, step.url]));
  }

  #nextStep() {
    const step = this.reply.next_step;
    if (!step || this.reply.parts.length) return null;
    return make("div", { className: "next-step" },
      make(`h${this.level + 1}`, { className: "kern-title kern-title--small", textContent: t("What you can do now") }),
      make("p", { className: "kern-body", lang: this.reply.language, textContent: step.text }),
      step.url && make("p", { className: "kern-body" }, webLink(step.url, hostOf(step.url))),
    );
  }

  #choices() {
    const { options, suggestions, language } = this.reply;
    const questions = options.length ? options : suggestions;
    if (!questions.length) return null;
    const heading = options.length ? t("Please choose") : t("You could go on with");
    const items = questions.map((question) => make("li", {}, button(question, "secondary", () => this.onAsk(question))));
    return make("div", { className: "choices" }, make(`h${this.level + 1}`, { className: "kern-title kern-title--small", textContent: heading }), make("ul", { className: "choices__list", lang: language }, ...items));
  }
}
