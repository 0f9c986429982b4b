// Read what the controls of a message, a window or Home hold.

import { richText } from "./rich.js";

export function optionOf(element) {
  return JSON.parse(element.dataset.option);
}

export function valueOf(control) {
  const kind = control.dataset.element;
  if (kind === "button") return control.dataset.value ?? null;
  if (kind === "rich_text_input") return richText(control.querySelector("[contenteditable]"));
  if (kind === "checkboxes") return [...control.querySelectorAll("input:checked")].map(optionOf);
  if (kind === "radio_buttons") {
    const ticked = control.querySelector("input:checked");
    return ticked ? optionOf(ticked) : null;
  }
  if (kind.endsWith("_select")) {
    const chosen = JSON.parse(control.dataset.chosen);
    return kind.startsWith("multi_") ? chosen : (chosen[0] ?? null);
  }
  return control.querySelector("input, textarea").value;
}

export function placeOf(control) {
  const surface = control.closest("[data-surface]");
  const block = control.closest("[data-block-id]");
  return { ...whereIs(surface), block_id: block.dataset.blockId, action_id: control.dataset.actionId };
}

export function whereIs(surface) {
  if (surface.dataset.surface === "view") return { view_id: surface.dataset.viewId };
  return { channel: surface.dataset.channel, ts: surface.dataset.ts };
}

// The app has heard of these already, when they changed.
function told(control) {
  const on = control.dataset.dispatches;
  return on !== undefined && on !== "on_enter_pressed";
}

// Only what somebody touched: for all else the server knows what is drawn.
export function typedIn(surface) {
  const typed = [];
  for (const control of surface.querySelectorAll("[data-element]")) {
    if (!control.touched || told(control)) continue;
    const block = control.closest("[data-block-id]");
    typed.push({ block_id: block.dataset.blockId, action_id: control.dataset.actionId, value: valueOf(control) });
  }
  return typed;
}
