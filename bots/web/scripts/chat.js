// The page where questions are asked.

import { ChatView } from "./chat-view.js";
import { Conversation } from "./conversation.js";
import { replyActions } from "./reply-actions.js";
import { remember } from "./style-choice.js";
import { useTexts } from "./texts.js";

const byId = (id) => document.getElementById(id);
const { texts, language, max_question: maxQuestion, retention_days: retentionDays } = JSON.parse(byId("page-data").textContent);
useTexts(texts, language);

const conversation = new Conversation("", "clusterlotse-conversation");
const nodes = {
  form: byId("ask"), field: byId("question"), send: byId("send"), style: byId("style"),
  problem: byId("problem"), count: byId("count"), live: byId("live"), log: byId("log"), area: document,
};
if (nodes.style) remember(nodes.style, "clusterlotse-style");
const toast = byId("toast");
const view = new ChatView({
  conversation,
  nodes,
  maxQuestion,
  onChange: () => {
    const hasTurns = view.turns.length > 0;
    document.body.dataset.state = hasTurns ? "talking" : "empty";
    byId("manage").hidden = !hasTurns;
  },
  actions: (reply) => replyActions(reply, {
    conversation,
    retentionDays,
    questionOf: ({ id }) => view.turns.find((turn) => turn.reply?.id === id)?.node.querySelector(".turn__words").textContent ?? "",
    say,
  }),
});

let toastTimer = 0;
function say(text, { isShown = false } = {}) {
  view.say(text);
  if (!isShown) return;
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.hidden = true; }, 5000);
}

for (const starter of document.querySelectorAll(".starter")) {
  starter.addEventListener("click", (event) => { event.preventDefault(); view.ask(starter.value); });
}
byId("new").addEventListener("click", () => view.startNew());
const dialog = byId("delete-dialog");
byId("delete").addEventListener("click", () => dialog.showModal());
dialog.addEventListener("close", () => { if (dialog.returnValue === "delete") view.delete(); });

// Paper cannot be opened: everything that is folded is printed unfolded.
addEventListener("beforeprint", () => { for (const details of document.querySelectorAll(".citation__details")) details.open = true; });

// A conversation that was led without JavaScript goes on here.
const served = byId("log").dataset.conversation;
if (served) {
  conversation.keep(served);
  history.replaceState(null, "", byId("ask").getAttribute("action"));
}
view.restore();
