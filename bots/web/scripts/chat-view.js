// Asking and reading: the same for the page and for the widget.

import { Refusal } from "./stream.js";
import { t } from "./texts.js";
import { Turn } from "./turn.js";

const SLOW_AFTER_MS = 5000;
// Most answers are there sooner; a button that flashes by only startles.
const STOP_AFTER_MS = 400;
const COUNT_FROM = 0.9;
const STEPS = {
  rewriting: () => t("Reading your question …"),
  searching: () => t("Searching the sources …"),
  reading: () => t("Reading what was found …"),
  writing: () => t("Writing the answer …"),
  checking: () => t("Checking the quotations …"),
};

export class ChatView {
  /**
   * `nodes` are form, field, send, problem, count, live and log, `area` within which Escape stops an answer, and `style`, the
   * choice of how answers are worded, where there is one. `onChange` is called after each change of the conversation; `actions`
   * gives the buttons below a reply; `level` is that of a question's heading. Without a network, or when the service refuses, the
   * question stays in its field.
   */
  constructor({ conversation, nodes, maxQuestion, level = 2, onChange = () => {}, actions = null }) {
    Object.assign(this, { conversation, nodes, maxQuestion, level, onChange, actions });
    this.turns = [];
    this.abort = null;
    nodes.form.addEventListener("submit", (event) => { event.preventDefault(); this.ask(nodes.field.value); });
    nodes.field.addEventListener("keydown", (event) => this.#sendOnEnter(event));
    nodes.field.addEventListener("input", () => this.#count());
    nodes.area.addEventListener("keydown", (event) => this.#stopOnEscape(event));
  }

  get isBusy() {
    return this.abort !== null;
  }

  /** Ask; does nothing while an answer is on its way, or when there is nothing to ask. */
  async ask(question) {
    const { field } = this.nodes;
    if (this.isBusy) return;
    if (!question.trim()) {
      this.#complain(t("Please enter a question."));
      return;
    }
    if ([...question].length > this.maxQuestion) {
      this.#complain(t("A question has at most %(n)s characters.", { n: this.maxQuestion }));
      return;
    }
    this.#complain("");
    const abort = new AbortController();
    this.#setBusy(abort);
    const turn = this.#add(question);
    field.value = "";
    this.#count();
    turn.showProgress(STEPS.rewriting());
    this.say(STEPS.rewriting());
    this.#goTo(turn);
    const stoppable = setTimeout(() => turn.offerStop(), STOP_AFTER_MS);
    const slow = setTimeout(() => this.#report(turn, t("This takes longer than usual. Please wait, or stop the answer.")), SLOW_AFTER_MS);
    try {
      for await (const { name, data } of this.conversation.ask(question, { style: this.nodes.style?.value, signal: abort.signal })) {
        clearTimeout(slow);
        if (name === "status" && STEPS[data.status]) turn.showProgress(STEPS[data.status]());
        if (name === "text") turn.addText(data.text);
        if (name === "citation") turn.addCitation(data);
        if (name === "done") turn.complete(data);
      }
      this.say(turn.spoken);
    } catch (error) {
      if (!this.turns.includes(turn)) return; // a new conversation was begun meanwhile
      if (abort.signal.aborted && turn.text) this.#leave(turn);
      else this.#takeBack(turn, question, error);
    } finally {
      clearTimeout(stoppable);
      clearTimeout(slow);
      if (this.abort === abort) this.#setBusy(null);
    }
    this.onChange();
  }

  /** Show the conversation as it was; false when the service could not be reached. */
  async restore() {
    let turns;
    try {
      turns = await this.conversation.turns();
    } catch {
      return false;
    }
    if (turns.length) this.nodes.log.replaceChildren();
    for (const { question, reply } of turns) this.#add(question).complete(reply);
    this.onChange();
    return true;
  }

  /** End the answer that is on its way. What is shown of it stays; a question that has no word of an answer yet goes back into its field. */
  stop() {
    this.abort?.abort();
  }

  /** Begin anew with an empty page; what is stored stays until its time is over. */
  startNew() {
    this.stop();
    this.conversation.keep(null);
    this.#clear();
    this.say(t("A new conversation begins."));
  }

  /** Delete what is stored, and begin anew. */
  async delete() {
    if (!(await this.conversation.delete())) {
      this.#complain(t("The conversation could not be deleted because the service cannot be reached. Please try again."));
      return;
    }
    this.#clear();
    this.say(t("The conversation has been deleted."));
  }

  /** Have a screen reader say something when it is free. */
  say(text) {
    this.nodes.live.textContent = text;
  }

  #add(question) {
    const turn = new Turn(question, {
      service: this.conversation.service,
      onAsk: (next) => this.ask(next),
      onStop: () => this.stop(),
      actions: this.actions,
      level: this.level,
    });
    this.turns.push(turn);
    this.nodes.log.append(turn.node);
    this.onChange();
    return turn;
  }

  /** Who types goes on typing; who chose a question, or types on a screen, is led to it. */
  #goTo(turn) {
    const { form, log } = this.nodes;
    const isTyping = form.contains(log.getRootNode().activeElement) && !isTouched();
    if (!isTyping) turn.node.querySelector(".turn__question").focus({ preventScroll: true });
    turn.node.scrollIntoView({ block: "start" });
  }

  #leave(turn) {
    turn.stop();
    this.say(t("Stopped. What was shown so far stays."));
    // On a touch screen a keyboard would come up over what was just kept.
    if (isTouched()) turn.node.querySelector(".turn__question").focus({ preventScroll: true });
    else this.nodes.field.focus({ preventScroll: true });
  }

  #takeBack(turn, question, error) {
    // The focus may be on something in the turn that is about to go.
    const hadFocus = turn.node.contains(turn.node.getRootNode().activeElement);
    turn.node.remove();
    this.turns.splice(this.turns.indexOf(turn), 1);
    const isFree = !this.nodes.field.value;
    if (isFree) this.nodes.field.value = question;
    this.#count();
    if (error.name === "AbortError") {
      this.#complain("");
      this.say(isFree ? t("Stopped. Your question is back in the field.") : t("Stopped."));
    } else {
      this.#complain(reasonOf(error));
    }
    if (hadFocus) this.nodes.field.focus();
  }

  #report(turn, text) {
    turn.showProgress(text);
    this.say(text);
  }

  #complain(text) {
    const { problem, field } = this.nodes;
    problem.hidden = !text;
    problem.lastElementChild.textContent = text;
    if (text) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (text) this.say(text);
  }

  #setBusy(abort) {
    this.abort = abort;
    const { send, log } = this.nodes;
    // `disabled` would throw the focus out of the form while the answer comes.
    send.setAttribute("aria-disabled", String(Boolean(abort)));
    log.setAttribute("aria-busy", String(Boolean(abort)));
    this.onChange();
  }

  #clear() {
    this.turns = [];
    this.nodes.log.replaceChildren();
    this.nodes.field.value = "";
    this.#count();
    this.#complain("");
    this.onChange();
    this.nodes.field.focus();
  }

  #sendOnEnter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.ask(this.nodes.field.value);
  }

  #stopOnEscape(event) {
    // A dialog that is open takes its own Escape.
    if (event.key !== "Escape" || event.isComposing || !this.isBusy || event.target.closest("dialog")) return;
    event.preventDefault();
    this.stop();
  }

  #count() {
    const length = [...this.nodes.field.value].length;
    this.nodes.count.textContent = length < this.maxQuestion * COUNT_FROM ? "" : t("%(n)s of %(max)s characters", { n: length, max: this.maxQuestion });
  }
}

const isTouched = () => matchMedia("(pointer: coarse)").matches;

function reasonOf(error) {
  if (error instanceof Refusal && error.hasMessage) return t("%(message)s Your question is still in the field.", { message: error.message });
  if (navigator.onLine === false) return t("You are offline. Your question is still in the field.");
  return t("The service cannot be reached just now. Your question is still in the field; please try again.");
}
