// What can be done with a reply: copy it with its sources, pass on its address, print it, judge it.

import { asOf, documentAddress } from "./citations.js";
import { button, make } from "./dom.js";
import { t } from "./texts.js";

/** A reply as plain text with its sources, for a letter or a message. */
export function replyAsText(question, reply, address) {
  const sources = reply.citations.map((c) => [
    `[${c.n}] „${c.quote}“`,
    `    ${[c.title, ...c.heading].join(" › ")}`,
    `    ${[c.publisher, `${t("as of")} ${asOf(c.as_of)}`, c.url].filter(Boolean).join(", ")}`,
  ].join("\n"));
  const step = reply.next_step && [reply.next_step.text, reply.next_step.url].filter(Boolean).join(" ");
  const text = reply.text.replace(/^\*\*(.+)\*\*$/gm, "$1");
  return [question, text, ...reply.notices, step, sources.length && `${t("Sources")}\n${sources.join("\n")}`, `${t("Answered by a machine.")} ${address}`].filter(Boolean).join("\n\n");
}

export const replyAddress = (reply) => `${location.origin}/replies/${reply.id}`;

/** Buttons and a judgement below one reply. `say` tells what happened to whoever cannot see it. */
export function replyActions(reply, { conversation, questionOf, say, retentionDays }) {
  const shared = make("p", { className: "share", hidden: true });
  const row = make("div", { className: "actions" },
    button(t("Copy"), "tertiary", () => copy(replyAsText(questionOf(reply), reply, replyAddress(reply)), t("Answer and sources are copied."), say), "content-copy"),
    button(t("Share"), "tertiary", () => share(reply, shared, say, retentionDays), "open-in-new"),
    button(t("Print"), "tertiary", () => window.print(), "draft"),
  );
  return make("div", { className: "turn__actions" }, row, shared, judgement(reply, conversation, say));
}

async function copy(text, done, say) {
  try {
    await navigator.clipboard.writeText(text);
    say(done, { isShown: true });
  } catch {
    say(t("Your browser does not allow copying here."), { isShown: true });
  }
}

function share(reply, shared, say, retentionDays) {
  const address = replyAddress(reply);
  const hint = t("Whoever has this address can read this one answer for %(n)s days.", { n: retentionDays });
  shared.replaceChildren(make("a", { className: "kern-link", href: address, textContent: address }), make("span", { textContent: hint }));
  shared.hidden = false;
  copy(address, t("The address is copied."), say);
}

/** Whether a reply helped, with a word on it for who likes. */
export function judgement(reply, conversation, say) {
  const box = make("div", { className: "judgement" });
  const judge = async (helpful) => {
    if (!(await conversation.judge(reply.id, helpful))) {
      say(t("Your judgement could not be sent. Please try again."), { isShown: true });
      return;
    }
    box.replaceChildren(...thanks(box, reply, helpful, conversation, say));
    box.querySelector("p").focus();
  };
  box.append(
    make("p", { className: "judgement__question", textContent: t("Did this help?") }),
    button(t("Yes"), "secondary", () => judge(true)),
    button(t("No"), "secondary", () => judge(false)),
  );
  return box;
}

function thanks(box, reply, helpful, conversation, say) {
  const id = `comment-${reply.id}`;
  const field = make("textarea", { id, className: "kern-form-input__input", rows: 2, maxLength: 1000 });
  const form = make("form", { className: "judgement__comment" },
    make("label", { className: "kern-label", htmlFor: id }, helpful ? t("What helped? (optional)") : t("What was missing? (optional)")),
    make("p", { className: "kern-hint", textContent: t("Please leave out personal data.") }),
    field,
    make("button", { type: "submit", className: "kern-btn kern-btn--secondary" }, make("span", { className: "kern-label", textContent: t("Send") })),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!field.value.trim() || !(await conversation.judge(reply.id, helpful, field.value.trim()))) {
      if (field.value.trim()) say(t("Your judgement could not be sent. Please try again."), { isShown: true });
      return;
    }
    const done = make("p", { tabIndex: -1, textContent: t("Thank you for your words.") });
    box.replaceChildren(done);
    done.focus();
  });
  return [make("p", { tabIndex: -1, textContent: t("Thank you.") }), form];
}
