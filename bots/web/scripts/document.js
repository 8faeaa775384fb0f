// Leads to the quoted words: `#p=start-end` is their permanent address, which the service alone can highlight.

const chosen = /^#p=(\d+-\d+)$/;

function highlight() {
  const [, span] = chosen.exec(location.hash) ?? [];
  if (!span) return;
  const address = new URL(location.href);
  address.searchParams.set("p", span);
  address.hash = "p";
  location.replace(address);
}

addEventListener("hashchange", highlight);
highlight();

// Whoever follows a quotation with the keyboard goes on reading there.
if (location.hash === "#p") document.getElementById("p")?.focus();
