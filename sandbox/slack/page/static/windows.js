// Windows (modals): submit, close, focus.

import { send } from "./send.js";
import { typedIn } from "./values.js";

function onTop() {
  return [...document.querySelectorAll("[data-window]")].at(-1) ?? null;
}

export async function submitWindow(button) {
  const shown = button?.closest("[data-window]");
  if (!shown || button.classList.contains("waiting")) return;
  button.classList.add("waiting");
  button.setAttribute("aria-busy", "true");
  await send("submit", { view_id: shown.dataset.viewId, typed: typedIn(shown) });
  button.classList.remove("waiting");
  button.removeAttribute("aria-busy");
}

export async function closeWindow(button) {
  const shown = button ? button.closest("[data-window]") : onTop();
  if (!shown) return false;
  await send("close", { view_id: shown.dataset.viewId });
  return true;
}

// After a redraw: the window that is new on top gets the focus.
export function welcome(before) {
  const top = onTop();
  if (!top) {
    if (before) document.querySelector(".composer textarea")?.focus({ preventScroll: true });
    return;
  }
  if (top.dataset.viewId === before && top.contains(document.activeElement)) return;
  if (top.dataset.viewId === before && document.activeElement !== document.body) return;
  const asked = top.querySelector("input[data-focus], textarea[data-focus], [contenteditable][data-focus], [data-focus] [role=combobox]");
  const first = top.querySelector(".block-input input, .block-input textarea, .block-input [contenteditable]");
  (asked ?? first ?? top).focus({ preventScroll: true });
}

export function topId() {
  return onTop()?.dataset.viewId ?? "";
}

// Tab stays inside the window that is open.
export function keepFocus(event) {
  const top = onTop();
  if (!top || document.querySelector("[data-asked]")) return;
  const stops = [...top.querySelectorAll("a[href], button, input, textarea, [contenteditable], [tabindex='0']")].filter(
    (stop) => stop.offsetParent && stop.tabIndex >= 0 && !stop.disabled,
  );
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement === edge || !top.contains(document.activeElement)) {
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  }
}
