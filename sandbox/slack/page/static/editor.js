// The small editor for formatted text.

import { ask } from "./menus.js";

export function prepareEditors(root) {
  for (const text of root.querySelectorAll("[contenteditable]")) showEmpty(text);
}

export function showEmpty(text) {
  text.classList.toggle("empty", !text.textContent && !text.querySelector("li, pre, blockquote, img"));
}

function inside(tag) {
  const node = getSelection().anchorNode;
  const element = node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement;
  const found = element?.closest(tag);
  return found?.closest("[contenteditable]") ? found : null;
}

export async function format(tool) {
  const text = tool.closest("[data-element]").querySelector("[contenteditable]");
  if (!text.contains(getSelection().anchorNode)) {
    text.focus();
    const range = document.createRange();
    range.selectNodeContents(text);
    range.collapse(false);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }
  const command = tool.dataset.command;
  if (command === "link") await link(text);
  else if (command === "code") code();
  else if (command === "blockquote" || command === "pre") block(command);
  else document.execCommand(command);
  changed(text);
}

function changed(text) {
  text.closest("[data-element]").touched = true;
  showEmpty(text);
  showTools();
}

function block(tag) {
  const within = inside("blockquote") ?? inside("pre");
  if (within) {
    const { anchorNode: node, anchorOffset: at } = getSelection();
    const plain = document.createElement("div");
    plain.append(...within.childNodes);
    within.replaceWith(plain);
    getSelection().collapse(node === within ? plain : node, at);
  }
  if (within?.tagName !== tag.toUpperCase()) document.execCommand("formatBlock", false, tag);
}

// Whether the caret stands on an empty last line of a quote or of code.
function onBlankLine(within) {
  const range = getSelection().getRangeAt(0).cloneRange();
  range.setEnd(within, within.childNodes.length);
  if (range.toString().trim()) return false;
  range.setStart(within, 0);
  const written = range.cloneContents();
  const text = [...written.childNodes].map((node) => (node.tagName === "BR" ? "\n" : node.textContent)).join("");
  return !text.trim() || text.endsWith("\n");
}

function leave(within) {
  for (let last = within.lastChild; last; last = within.lastChild) {
    if (last.nodeType === Node.TEXT_NODE) last.data = last.data.replace(/\n+$/, "");
    if (last.tagName !== "BR" && last.textContent) break;
    last.remove();
  }
  const line = document.createElement("div");
  line.append(document.createElement("br"));
  within.after(line);
  if (!within.textContent) within.remove();
  getSelection().collapse(line, 0);
}

function code() {
  const within = inside("code");
  if (within) {
    within.replaceWith(...within.childNodes);
    return;
  }
  const range = getSelection().getRangeAt(0);
  const element = document.createElement("code");
  element.append(range.collapsed ? "\u200b" : range.extractContents().textContent);
  range.insertNode(element);
  getSelection().selectAllChildren(element);
  if (element.textContent === "\u200b") getSelection().collapseToEnd();
}

async function link(text) {
  const range = getSelection().getRangeAt(0).cloneRange();
  const answer = await ask({
    title: "Add link",
    confirm: "Save",
    deny: "Cancel",
    fields: [{ label: "Text", value: range.toString() }, { label: "Link" }],
  });
  const [words, address] = answer ?? [];
  if (!address) return;
  const anchor = document.createElement("a");
  anchor.href = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  anchor.textContent = words || address;
  text.focus();
  range.deleteContents();
  range.insertNode(anchor);
  getSelection().collapse(anchor.parentNode, [...anchor.parentNode.childNodes].indexOf(anchor) + 1);
}

export function showTools() {
  const text = document.activeElement;
  if (!text?.isContentEditable) return;
  for (const tool of text.closest("[data-element]").querySelectorAll("[data-command]")) {
    const command = tool.dataset.command;
    const within = { link: "a", code: "code", pre: "pre", blockquote: "blockquote" }[command];
    tool.setAttribute("aria-pressed", Boolean(within ? inside(within) : document.queryCommandState(command)));
  }
}

export function editorKey(event, text) {
  const person = text.parentElement.querySelector(".people-list [role=option]");
  if (person && (event.key === "Enter" || event.key === "Tab")) {
    event.preventDefault();
    person.dispatchEvent(new MouseEvent("mousedown", { cancelable: true }));
    return;
  }
  if (event.key === "Tab" && inside("li")) {
    event.preventDefault();
    document.execCommand(event.shiftKey ? "outdent" : "indent");
    changed(text);
  } else if (event.key === "Enter" && !event.shiftKey && (inside("blockquote") || inside("pre"))) {
    const within = inside("blockquote") ?? inside("pre");
    event.preventDefault();
    if (onBlankLine(within)) leave(within);
    else document.execCommand("insertLineBreak");
    changed(text);
  }
}

export function paste(event, text) {
  event.preventDefault();
  document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  changed(text);
}

// While "@" and letters are typed, offer the people whose names begin so.
export function offerPeople(text) {
  text.parentElement.querySelector(".people-list")?.remove();
  const { anchorNode: node, anchorOffset: end } = getSelection();
  if (node?.nodeType !== Node.TEXT_NODE || !text.contains(node)) return;
  const typed = /(?:^|\s)@([\p{L}]*)$/u.exec(node.data.slice(0, end));
  if (!typed) return;
  const people = Object.entries(JSON.parse(document.body.dataset.people));
  const fits = people.filter(([, name]) => name.toLowerCase().startsWith(typed[1].toLowerCase())).slice(0, 6);
  if (!fits.length) return;
  const list = document.createElement("div");
  list.className = "listbox people-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "People");
  for (const [id, name] of fits) {
    const option = document.createElement("div");
    option.className = "option";
    option.setAttribute("role", "option");
    option.textContent = name;
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      mention(text, node, end - typed[1].length - 1, end, id, name);
      list.remove();
    });
    list.append(option);
  }
  text.parentElement.append(list);
  list.scrollIntoView({ block: "nearest" });
}

function mention(text, node, from, to, id, name) {
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  range.deleteContents();
  const made = document.createElement("span");
  made.className = "mention";
  made.dataset.person = id;
  made.contentEditable = "false";
  made.textContent = `@${name}`;
  range.insertNode(made);
  made.after("\u00a0");
  getSelection().collapse(made.nextSibling, 1);
  changed(text);
}
