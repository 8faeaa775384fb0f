"use strict";
// Asks a question and reads the reply's server-sent events; goes on where it was when the connection breaks.

const ATTEMPTS = 3;

/** Yields {name, data} for each event of the reply to `body`, ending with `done` or `error`; throws what the service refused. */
async function* askStream(body) {
  let lastId = null;
  for (let attempt = 1; ; attempt++) {
    try {
      for await (const event of readStream(body, lastId)) {
        lastId = event.id ?? lastId;
        yield event;
        if (event.name === "done" || event.name === "error") return;
      }
    } catch (error) {
      if (error.status) throw error;
    }
    if (attempt === ATTEMPTS) throw new Error("the stream ended early");
    await new Promise((resolve) => setTimeout(resolve, 500 * attempt));
  }
}

async function* readStream(body, lastId) {
  const headers = { "Content-Type": "application/json", "Accept-Language": language };
  if (lastId) headers["Last-Event-ID"] = lastId;
  const response = await fetch("/api/v1/ask/stream", { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) {
    const refusal = await response.json().catch(() => null);
    throw Object.assign(new Error("refused"), { status: response.status, reason: refusal?.error?.message });
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
