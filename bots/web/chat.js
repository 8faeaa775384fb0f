"use strict";
// Shows the answer as it comes, keeps the conversation over a reload, deletes it when asked to.

const form = document.getElementById("ask");
const field = document.getElementById("question");
const sendButton = form.querySelector("[type=submit]");
const freshButton = document.getElementById("fresh");
const forgetButton = document.getElementById("forget");
const statusLine = document.getElementById("status");
const conversation = document.getElementById("conversation");
const starters = document.getElementById("starters");
const replies = new Map(); // turn → reply, to show it again in the other language
let conversationId = remembered();
let turns = 0;
let busy = false;

function remembered() { try { return sessionStorage.getItem("conversation"); } catch { return null; } }
function remember(id) {
  conversationId = id;
  try { id ? sessionStorage.setItem("conversation", id) : sessionStorage.removeItem("conversation"); } catch { /* storage is off */ }
  freshButton.hidden = forgetButton.hidden = !id;
}

function setBusy(value) {
  busy = value;
  // Deleting while an answer is on its way would bring the conversation back.
  for (const button of [sendButton, freshButton, forgetButton]) button.disabled = value;
}

async function ask(question) {
  if (busy || !question.trim()) return;
  setBusy(true);
  starters.hidden = true;
  const turn = addTurn(question);
  const partial = { text: "", citations: [], language: null };
  try {
    for await (const { name, data } of askStream({ question, conversation_id: conversationId })) {
      if (name === "status") statusLine.textContent = t(data.status);
      if (name === "citation") partial.citations.push(data);
      if (name === "text") { partial.text += data.text; renderAnswer(partial, turn.querySelector(".answer"), turn.id); }
      if (name === "error") throw Object.assign(new Error(data.code), { reason: data.message });
      if (name === "done") { showReply(turn, data); remember(data.conversation_id); }
    }
    statusLine.textContent = t("done");
    field.value = "";
    turn.scrollIntoView({ block: "nearest" });
  } catch (error) {
    turn.remove();
    starters.hidden = replies.size > 0;
    field.value = question;
    statusLine.textContent = error.status === 429 ? t("limited") : error.reason ?? t("failed");
  } finally {
    setBusy(false);
  }
}

function addTurn(question) {
  const turn = document.getElementById("turn-template").content.firstElementChild.cloneNode(true);
  turn.id = `turn-${++turns}`;
  turn.querySelector(".asked").textContent = question;
  conversation.prepend(turn);
  return turn;
}

function showReply(turn, reply) {
  replies.set(turn, reply);
  turn.dataset.status = reply.status;
  renderAnswer(reply, turn.querySelector(".answer"), turn.id);
  const rewritten = turn.querySelector(".rewritten");
  rewritten.hidden = !reply.rewritten_question;
  rewritten.textContent = `${t("understood")} ${reply.rewritten_question ?? ""}`;
  turn.querySelector(".notices").replaceChildren(...reply.notices.filter(Boolean).map((notice) => make("p", { textContent: notice, lang: reply.language })));
  const next = turn.querySelector(".next");
  next.hidden = !reply.next_step;
  next.lang = reply.language;
  if (reply.next_step) next.replaceChildren(reply.next_step.text + " ", reply.next_step.url ? link(reply.next_step.url) : "");
  const options = reply.options.length ? reply.options : reply.suggestions;
  const suggestions = turn.querySelector(".suggestions");
  suggestions.hidden = !options.length;
  suggestions.lang = reply.language;
  suggestions.replaceChildren(...options.map((option) => make("li", {}, askButton(option))));
  const details = turn.querySelector(".quotations");
  details.hidden = !reply.citations.length;
  details.querySelector("summary").textContent = `${t("quotations")} (${reply.citations.length})`;
  details.querySelector("ol").replaceChildren(...reply.citations.map((citation) => quotationItem(citation, turn.id)));
}

function askButton(question) {
  const button = make("button", { type: "button", textContent: question });
  button.addEventListener("click", () => { if (!busy) { field.value = question; ask(question); } });
  return button;
}

async function restore() {
  if (!conversationId) return;
  const response = await fetch(`/api/v1/conversations/${conversationId}`).catch(() => null);
  if (response?.status === 404) remember(null); // deleted, or its time is over
  if (!response?.ok) return;
  for (const { question, reply } of (await response.json()).turns) showReply(addTurn(question), reply);
  starters.hidden = true;
  remember(conversationId);
}

function startFresh() {
  conversation.replaceChildren();
  replies.clear();
  starters.hidden = false;
  remember(null);
  field.focus();
}

form.addEventListener("submit", (event) => { event.preventDefault(); ask(field.value); });
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); ask(field.value); }
});
freshButton.addEventListener("click", () => { startFresh(); statusLine.textContent = ""; });
forgetButton.addEventListener("click", async () => {
  const response = await fetch(`/api/v1/conversations/${conversationId}`, { method: "DELETE" }).catch(() => null);
  if (response && (response.ok || response.status === 404)) { startFresh(); statusLine.textContent = t("deleted"); } else statusLine.textContent = t("failed");
});
document.addEventListener("languagechange", () => {
  document.title = t("pageTitle");
  statusLine.textContent = "";
  document.getElementById("starter-list").replaceChildren(...t("examples").map((question) => make("li", {}, askButton(question))));
  for (const [turn, reply] of replies) showReply(turn, reply);
});
restore();
