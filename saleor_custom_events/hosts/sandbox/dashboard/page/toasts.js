/**
 * Messages in the corner, as Saleor's dashboard shows them: errors stay until they are closed, the rest for 5 seconds
 * in which no pointer is on them.
 */

const SHOWN = 5000;
const TICK = 100;
const STATUSES = ["success", "error", "info", "warning"];

/** Show `{status, title, text}`; the same status and title again replaces the one that is shown. */
export function notify(place, { status = "info", title = "", text = "" }, closeLabel) {
  const kind = STATUSES.includes(status) ? status : "info";
  const key = `${kind}:${title}`;
  for (const shown of place.children) if (shown.dataset.key === key) shown.remove();
  const toast = document.createElement("div");
  toast.className = kind;
  toast.dataset.key = key;
  toast.setAttribute("role", kind === "error" ? "alert" : "status");
  for (const line of [title, text].filter(Boolean)) {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    toast.append(paragraph);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", closeLabel);
  close.addEventListener("click", () => toast.remove());
  toast.append(close);
  place.append(toast);
  if (kind !== "error") expire(toast);
}

function expire(toast) {
  let left = SHOWN;
  const timer = setInterval(() => {
    if (!toast.matches(":hover")) left -= TICK;
    if (left > 0 && toast.isConnected) return;
    clearInterval(timer);
    toast.remove();
  }, TICK);
}
