// Asks a question and reads the reply's server-sent events; goes on where it was when the connection breaks.

const ATTEMPTS = 3;
const PAUSE_MS = 500;

/** What the service answered instead of a reply: `message` is a sentence for a person. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message ?? "refused");
    this.status = status;
    this.hasMessage = Boolean(message);
  }
}

/**
 * Yields {name, data} for each event of the reply to `body`, ending with `done`.
 * Throws a Refusal where the service says why it does not answer; anything else that is thrown means it cannot be reached.
 */
export async function* askStream(address, body, { language, signal }) {
  let lastId = null;
  for (let attempt = 1; ; attempt++) {
    try {
      for await (const event of readStream(address, body, { lastId, language, signal })) {
        lastId = event.id ?? lastId;
        if (event.name === "error") throw new Refusal(503, event.data.message);
        yield event;
        if (event.name === "done") return;
      }
    } catch (error) {
      if (signal.aborted && lastId) endEarly(address, lastId);
      if (error instanceof Refusal || signal.aborted) throw error;
    }
    if (attempt === ATTEMPTS) throw new Error("the stream ended early");
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
  }
}

/** The conversation that an event belongs to. */
export const conversationOf = (eventId) => eventId.split(":")[0];

/** Nobody waits for this answer any more; whether the service hears of it does not matter. */
function endEarly(address, lastId) {
  const [, replyId] = lastId.split(":");
  fetch(`${address}/${replyId}`, { method: "DELETE" }).catch(() => {});
}

async function* readStream(address, body, { lastId, language, signal }) {
  const headers = { "Content-Type": "application/json", "Accept-Language": language };
  if (lastId) headers["Last-Event-ID"] = lastId;
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), signal });
  if (!response.ok) {
    const refusal = await response.json().catch(() => null);
    throw new Refusal(response.status, refusal?.error?.message);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer = (buffer + value).replaceAll("\r\n", "\n");
    for (let end; (end = buffer.indexOf("\n\n")) >= 0; buffer = buffer.slice(end + 2)) {
      const event = parseEvent(buffer.slice(0, end));
      if (event) yield event;
    }
  }
}

/** One event out of its lines; null for a heartbeat. */
function parseEvent(lines) {
  const event = { id: null, name: "message", data: "" };
  for (const line of lines.split("\n")) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const value = line.slice(colon + 1).replace(/^ /, "");
    if (line.startsWith("id:")) event.id = value;
    if (line.startsWith("event:")) event.name = value;
    if (line.startsWith("data:")) event.data += value;
  }
  return event.data ? { ...event, data: JSON.parse(event.data) } : null;
}
