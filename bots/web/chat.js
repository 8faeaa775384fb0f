"use strict";
// Asks the service, shows the answer as it comes, keeps the conversation over a reload.

const form = document.getElementById("ask");
const field = document.getElementById("question");
const statusLine = document.getElementById("status");
const conversation = document.getElementById("conversation");
const starters = document.getElementById("starters");
let conversationId = remembered();
let turns = 0;
let busy = false;

function remembered() { try { return sessionStorage.getItem("conversation"); } catch { return null; } }
function remember(id) {
  conversationId = id;
  try { id ? sessionStorage.setItem("conversation", id) : sessionStorage.removeItem("conversation"); } catch { /* storage is off */ }
  document.getElementById("fresh").hidden = document.getElementById("forget").hidden = !id;
}

async function ask(question) {
  if (busy || !question.trim()) return;
  busy = true;
  form.querySelector("[type=submit]").disabled = true;
  starters.hidden = true;
  const turn = addTurn(question);
  try {
    const response = await fetch("/api/v1/ask/stream", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ question, conversation_id: conversationId }),
    });
    if (!response.ok) throw Object.assign(new Error("refused"), { status: response.status, body: await response.json().catch(() => null) });
    let reply = null;
    let text = "";
    for await (const event of events(response.body)) {
      if (event.name === "status") statusLine.textContent = t(event.data.status);
      if (event.name === "text") { text += event.data.text; turn.querySelector(".answer").textContent = text; }
      if (event.name === "done") reply = event.data;
      if (event.name === "error") throw new Error(event.data.code);
    }
    if (!reply) throw new Error("the stream ended early");
    showReply(turn, reply);
    remember(reply.conversation_id);
    statusLine.textContent = t("done");
    field.value = "";
  } catch (error) {
    turn.remove();
    field.value = question;
    statusLine.textContent = error.status === 429 ? t("limited") : error.body?.error?.message ?? t("failed");
  } finally {
    busy = false;
    form.querySelector("[type=submit]").disabled = false;
  }
}

/** Server-sent events of a response body. */
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value.replaceAll("\r\n", "\n");
    let end;
    while ((end = buffer.indexOf("\n\n")) >= 0) {
      const fields = Object.fromEntries(buffer.slice(0, end).split("\n").filter((l) => !l.startsWith(":")).map((l) => [l.slice(0, l.indexOf(":")), l.slice(l.indexOf(":") + 2)]));
      buffer = buffer.slice(end + 2);
      if (fields.data) yield { name: fields.event, data: JSON.parse(fields.data) };
    }
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
  turn.dataset.status = reply.status;
  renderAnswer(reply, turn.querySelector(".answer"), turn.id);
  const rewritten = turn.querySelector(".rewritten");
  rewritten.hidden = !reply.rewritten_question;
  rewritten.textContent = `${t("understood")} ${reply.rewritten_question ?? ""}`;
  turn.querySelector(".notices").replaceChildren(...reply.notices.filter(Boolean).map((notice) => make("p", { textContent: notice })));
  const next = turn.querySelector(".next");
  next.hidden = !reply.next_step;
  if (reply.next_step) next.replaceChildren(reply.next_step.text + " ", reply.next_step.url ? link(reply.next_step.url) : "");
  const options = reply.options.length ? reply.options : reply.suggestions;
  turn.querySelector(".suggestions").replaceChildren(...options.map((option) => make("li", {}, askButton(option))));
  const details = turn.querySelector(".quotations");
  details.hidden = !reply.citations.length;
  details.querySelector("summary").textContent = `${t("quotations")} (${reply.citations.length})`;
  details.querySelector("ol").replaceChildren(...reply.citations.map((citation) => quotationItem(citation, turn.id)));
}

function askButton(question) {
  const button = make("button", { type: "button", textContent: question });
  button.addEventListener("click", () => { field.value = question; ask(question); });
  return button;
}

async function restore() {
  if (!conversationId) return;
  const response = await fetch(`/api/v1/conversations/${conversationId}`).catch(() => null);
  if (!response?.ok) { remember(null); return; }
  for (const { question, reply } of (await response.json()).turns) showReply(addTurn(question), reply);
  starters.hidden = true;
  remember(conversationId);
}

function startFresh() {
  conversation.replaceChildren();
  starters.hidden = false;
  remember(null);
  field.focus();
}

form.addEventListener("submit", (event) => { event.preventDefault(); ask(field.value); });
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); ask(field.value); }
});
document.getElementById("fresh").addEventListener("click", () => { startFresh(); statusLine.textContent = ""; });
document.getElementById("forget").addEventListener("click", async () => {
  const response = await fetch(`/api/v1/conversations/${conversationId}`, { method: "DELETE" }).catch(() => null);
  if (response && (response.ok || response.status === 404)) { startFresh(); statusLine.textContent = t("deleted"); } else statusLine.textContent = t("failed");
});
document.addEventListener("languagechange", () => {
  document.getElementById("starter-list").replaceChildren(...t("examples").map((question) => make("li", {}, askButton(question))));
});
restore();
