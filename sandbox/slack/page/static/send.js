// Tell the server what the member did, and show what went wrong.

export async function send(act, body) {
  const member = document.body.dataset.member;
  try {
    const answer = await fetch(`/_page/${member}/${act}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (told.trouble) toast(told.trouble);
    return told;
  } catch {
    toast("The sandbox did not answer. Is it still running?");
    return { trouble: "no answer" };
  }
}

export function toast(words) {
  const toasts = document.querySelector("[data-toasts]");
  const box = document.createElement("div");
  box.className = "toast";
  const text = document.createElement("span");
  text.textContent = words;
  const off = document.createElement("button");
  off.type = "button";
  off.textContent = "×";
  off.setAttribute("aria-label", "Dismiss");
  off.addEventListener("click", () => box.remove());
  box.append(text, off);
  toasts.append(box);
  while (toasts.children.length > 3) toasts.firstElementChild.remove();
  setTimeout(() => box.remove(), 8000);
}
