// Bring a part of the page up to what the server drew, without losing what is being typed.

// What the server drew for each control, before anybody touched it.
const served = new WeakMap();

export function remember(root) {
  for (const control of root.querySelectorAll("[data-element]")) served.set(control, control.outerHTML);
}

export function morph(place, html) {
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  remember(fresh);
  children(place, fresh);
}

function children(old, fresh) {
  const keyed = new Map();
  for (const child of old.children) if (child.dataset.key !== undefined) keyed.set(child.dataset.key, child);
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const key = next.dataset?.key;
    const match = key !== undefined ? keyed.get(key) : alike(at, next) ? at : null;
    if (match && match.tagName === next.tagName) {
      if (match === at) at = at.nextSibling;
      else old.insertBefore(match, at);
      node(match, next);
    } else {
      old.insertBefore(next, at);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function alike(old, next) {
  if (!old || old.nodeType !== next.nodeType) return false;
  if (old.nodeType !== Node.ELEMENT_NODE) return true;
  return old.tagName === next.tagName && old.dataset.key === undefined && old.dataset.actionId === next.dataset.actionId;
}

function node(old, next) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== next.data) old.data = next.data;
  } else if (next.dataset.element) {
    control(old, next);
  } else {
    attributes(old, next);
    children(old, next);
  }
}

function attributes(old, next) {
  const own = old.matches("[role=menu], [data-opens]") ? ["hidden", "aria-expanded"] : old.matches("[aria-busy]") ? ["class", "aria-busy"] : [];
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name) && !own.includes(name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes) {
    if (!own.includes(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

// A control that somebody touched keeps what it holds, as in Slack while block_id and action_id stay the same.
function control(old, next) {
  if (served.get(old) === served.get(next)) return;
  if (old.touched && old.dataset.element === next.dataset.element && old.dataset.element !== "checkboxes" && old.dataset.element !== "radio_buttons") {
    served.set(old, served.get(next));
    const list = old.querySelector("[role=listbox]");
    if (list && old.dataset.source === "static") list.replaceChildren(...next.querySelector("[role=listbox]").childNodes);
    return;
  }
  if (old.touched) keepBoxes(old, next);
  const focused = old.contains(document.activeElement) ? document.activeElement.id : null;
  old.replaceWith(next);
  if (focused !== null) (document.getElementById(focused) ?? next).focus();
}

function keepBoxes(old, next) {
  const ticked = new Set([...old.querySelectorAll("input:checked")].map((box) => box.dataset.option));
  for (const box of next.querySelectorAll("input")) box.checked = ticked.has(box.dataset.option);
  next.touched = true;
}
