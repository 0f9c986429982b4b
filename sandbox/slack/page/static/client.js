// The page: follow the server, and turn presses, keys and submits into acts.

import { composerInput, composerKey, say, takeCommand } from "./composer.js";
import { editorKey, format, offerPeople, paste, showEmpty, showTools } from "./editor.js";
import { follow, go, goBack } from "./live.js";
import { closeMenus, confirmed, moveInMenu, openMenu } from "./menus.js";
import { closeSelects, drop, moveInSelect, openSelect, pick } from "./selects.js";
import { send } from "./send.js";
import { optionOf, placeOf, typedIn, valueOf } from "./values.js";
import { closeWindow, keepFocus, submitWindow } from "./windows.js";

async function press(control, value, shown = control) {
  if (!(await confirmed(control))) return;
  const surface = control.closest("[data-surface]");
  shown.classList.remove("failed");
  shown.classList.add("waiting");
  shown.setAttribute("aria-busy", "true");
  const told = await send("press", { ...placeOf(control), value, typed: typedIn(surface) });
  shown.classList.remove("waiting");
  shown.removeAttribute("aria-busy");
  shown.classList.toggle("failed", Boolean(told.trouble || told.failed));
}

function dispatch(control) {
  if (control.dataset.dispatches !== undefined) press(control, valueOf(control));
}

// slack://app?id=A…&tab=home and the like: what Slack's own client opens inside itself.
function openInside(link) {
  const address = new URL(link.href);
  const apps = JSON.parse(document.body.dataset.apps);
  const wanted = address.searchParams.get("id") ?? "";
  if (link.dataset.element) press(link, valueOf(link));
  go(apps[wanted] ?? wanted, address.searchParams.get("tab") ?? "");
}

const CLICKS = [
  ["a[href^='slack:']", (link, event) => {
    event.preventDefault();
    openInside(link);
  }],
  ["[data-opens=menu]", (opener) => openMenu(opener)],
  ["[data-element=overflow] [role=menuitem]", (item) => {
    const overflow = item.closest("[data-element]");
    closeMenus();
    if (item.dataset.url) window.open(item.dataset.url, "_blank", "noopener");
    press(overflow, optionOf(item), overflow.querySelector("[data-opens]"));
  }],
  ["[data-shortcut]", (item) => {
    closeMenus();
    send("shortcut", { callback_id: item.dataset.shortcut });
  }],
  ["[data-element=button]", (button) => press(button, valueOf(button))],
  ["[data-command][role=option]", (option) => takeCommand(option.closest("form"), option)],
  ["[data-command]", (tool) => format(tool)],
  [".chip-off", (off) => {
    const select = off.closest(".select");
    drop(select, off.closest(".chip").dataset.value);
    dispatch(select);
  }],
  [".select-clear", (off) => {
    const select = off.closest(".select");
    for (const option of JSON.parse(select.dataset.chosen)) drop(select, option.value);
    off.remove();
    dispatch(select);
  }],
  [".select [role=option]", (option) => {
    const select = option.closest(".select");
    if (pick(select, option)) dispatch(select);
  }],
  [".select", (select) => {
    openSelect(select);
    select.querySelector("[role=combobox]").focus();
  }],
  ["[data-close]", (button) => closeWindow(button)],
  ["[data-submit]", (button) => submitWindow(button)],
  ["a[data-place]", (link, event) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    go(link.dataset.place, link.dataset.toTab ?? "");
  }],
];

document.addEventListener("click", (event) => {
  const select = event.target.closest(".select");
  closeSelects(select);
  if (!event.target.closest("[role=menu], [data-opens]")) closeMenus();
  document.querySelector(".people-list")?.remove();
  for (const [selector, act] of CLICKS) {
    const met = event.target.closest(selector);
    if (met) return act(met, event);
  }
});

// A tool must not take the selection away from the text that it formats.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest(".tool")) event.preventDefault();
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-composer]");
  if (form) return composerInput(form);
  const control = event.target.closest("[data-element]");
  if (!control) return;
  if (event.target.role === "combobox") {
    return openSelect(control, event.target.value);
  }
  control.touched = true;
  if (event.target.isContentEditable) {
    showEmpty(event.target);
    offerPeople(event.target);
  } else if ((control.dataset.dispatches ?? "").includes("on_character_entered")) {
    dispatch(control);
  }
});

document.addEventListener("change", (event) => {
  const control = event.target.closest("[data-element]");
  const kind = control?.dataset.element;
  if (["checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker"].includes(kind)) {
    control.touched = true;
    dispatch(control);
  }
});

function selectKey(event, select) {
  const { key, target } = event;
  const list = select.querySelector("[role=listbox]");
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) openSelect(select);
    else moveInSelect(select, key === "ArrowDown" ? 1 : -1);
  } else if (key === "Enter") {
    event.preventDefault();
    const active = list.hidden ? null : list.querySelector(".option.active:not([hidden])");
    if (active && pick(select, active)) dispatch(select);
  } else if (key === "Backspace" && !target.value && select.querySelector(".chip")) {
    drop(select, JSON.parse(select.dataset.chosen).at(-1).value);
    dispatch(select);
  } else if (key === "Tab") {
    closeSelects();
  }
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  const form = target.closest("[data-composer]");
  if (form && target.tagName === "TEXTAREA") return composerKey(event, form);
  const menu = target.closest("[role=menu]");
  if (menu && (key === "ArrowDown" || key === "ArrowUp")) {
    event.preventDefault();
    return moveInMenu(menu, key);
  }
  if (key === "Escape") return void (closeMenus() || closeSelects() || closeWindow(null));
  const control = target.closest("[data-element]");
  if (control && target.isContentEditable) editorKey(event, target);
  else if (target.role === "combobox") selectKey(event, control);
  else if (key === "Enter" && target.tagName === "INPUT") {
    event.preventDefault();
    if (control && (control.dataset.dispatches ?? "").includes("on_enter_pressed")) dispatch(control);
    else if (control && target.type === "text") submitWindow(target.closest("[data-window]")?.querySelector("[data-submit]"));
  }
  if (key === "Tab") keepFocus(event);
});

document.addEventListener("focusin", (event) => {
  if (event.target.role === "combobox") closeSelects(event.target.closest(".select"));
});
document.addEventListener("paste", (event) => {
  if (event.target.closest?.("[contenteditable]")) paste(event, event.target.closest("[contenteditable]"));
});
document.addEventListener("selectionchange", showTools);
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target.closest("[data-composer]");
  if (form) say(form);
});
window.addEventListener("popstate", goBack);

document.execCommand("defaultParagraphSeparator", false, "div");
follow();
