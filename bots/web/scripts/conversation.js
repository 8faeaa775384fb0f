// One conversation with the service. Its id opens and deletes it, so it is kept in this tab only and never shown.

import { askStream, conversationOf } from "./stream.js";
import { currentLanguage } from "./texts.js";

export class Conversation {
  /** `service` is the address the service answers at, "" for the page's own. */
  constructor(service, key) {
    this.service = service;
    this.key = key;
    this.id = read(key);
  }

  /** Events of the reply to a question; the conversation goes on with it, also when it is stopped on the way. */
  async *ask(question, { style, signal }) {
    const body = { question, conversation_id: this.id, style };
    for await (const event of askStream(`${this.service}/api/v1/ask/stream`, body, { language: currentLanguage(), signal })) {
      if (event.name !== "status") this.keep(conversationOf(event.id));
      yield event;
    }
  }

  /** All questions and replies so far, earliest first; none when it was deleted, or its time is over. */
  async turns() {
    if (!this.id) return [];
    const response = await fetch(this.#address);
    if (response.status === 404) this.keep(null);
    return response.ok ? (await response.json()).turns : [];
  }

  /** Delete it at the service; false when that could not be reached. */
  async delete() {
    const response = await fetch(this.#address, { method: "DELETE" }).catch(() => null);
    if (!response || !(response.ok || response.status === 404)) return false;
    this.keep(null);
    return true;
  }

  /** Say whether a reply helped; false when the service could not be reached. */
  async judge(replyId, helpful, comment = null) {
    const body = JSON.stringify({ reply_id: replyId, helpful, comment });
    const response = await fetch(`${this.service}/api/v1/feedback`, { method: "POST", headers: { "Content-Type": "application/json" }, body }).catch(() => null);
    return Boolean(response?.ok);
  }

  /** Go on with this id; null starts a new conversation with the next question. */
  keep(id) {
    this.id = id;
    try {
      if (id) sessionStorage.setItem(this.key, id);
      else sessionStorage.removeItem(this.key);
    } catch { /* without storage the conversation ends with the page */ }
  }

  get #address() {
    return `${this.service}/api/v1/conversations/${this.id}`;
  }
}

function read(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
