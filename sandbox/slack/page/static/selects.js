// Selects: a field to type in and a list to choose from, one or several.

import { send } from "./send.js";
import { optionOf, placeOf } from "./values.js";

const asked = new WeakMap();

function parts(select) {
  return { input: select.querySelector("[role=combobox]"), list: select.querySelector("[role=listbox]") };
}

export function chosenIn(select) {
  return JSON.parse(select.dataset.chosen);
}

export function openSelect(select, typed = null) {
  const { input, list } = parts(select);
  if (!list.hidden) return typed === null ? undefined : narrow(select, typed);
  closeSelects();
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  if (typed === null && !select.dataset.element.startsWith("multi_")) input.select();
  narrow(select, typed ?? "");
  list.scrollIntoView({ block: "nearest" });
}

export function closeSelects(but = null) {
  let closed = false;
  for (const select of document.querySelectorAll(".select")) {
    const { input, list } = parts(select);
    if (list.hidden || select === but) continue;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.value = select.dataset.element.startsWith("multi_") ? "" : (chosenIn(select)[0]?.text.text ?? "");
    closed = true;
  }
  return closed;
}

// Show the options that fit what was typed; those of an external select come from the app.
export function narrow(select, words) {
  const { list } = parts(select);
  if (select.dataset.source === "external") return ask(select, words);
  const wanted = words.trim().toLowerCase();
  let any = false;
  for (const option of list.querySelectorAll("[role=option]")) {
    option.hidden = !option.textContent.toLowerCase().includes(wanted);
    any ||= !option.hidden;
  }
  for (const group of list.querySelectorAll(".option-group")) group.hidden = !group.querySelector("[role=option]:not([hidden])");
  note(list, any ? "" : "No matches");
  mark(select);
}

async function ask(select, words) {
  const { list } = parts(select);
  const least = Number(select.dataset.least);
  if (words.length < least) {
    list.replaceChildren();
    return note(list, `Type ${least === 1 ? "a letter" : `${least} letters`} or more to search`);
  }
  const turn = (asked.get(select) ?? 0) + 1;
  asked.set(select, turn);
  if (!list.querySelector("[role=option]")) note(list, "Loading…");
  list.setAttribute("aria-busy", "true");
  const told = await send("options", { ...placeOf(select), query: words });
  if (asked.get(select) !== turn) return;
  list.removeAttribute("aria-busy");
  list.innerHTML = told.html ?? "";
  note(list, told.html === undefined ? "The list could not be loaded" : list.querySelector("[role=option]") ? "" : "No results");
  mark(select);
  list.scrollIntoView({ block: "nearest" });
}

function note(list, words) {
  list.querySelector(".listbox-note")?.remove();
  if (!words) return;
  const line = document.createElement("div");
  line.className = "listbox-note";
  line.textContent = words;
  list.append(line);
}

function mark(select) {
  const { input, list } = parts(select);
  const values = new Set(chosenIn(select).map((option) => option.value));
  const options = [...list.querySelectorAll("[role=option]:not([hidden])")];
  options.forEach((option, place) => {
    option.id = `${list.id}-${place}`;
    option.setAttribute("aria-selected", values.has(option.dataset.value));
    option.classList.toggle("active", place === 0);
  });
  if (options.length) input.setAttribute("aria-activedescendant", options[0].id);
  else input.removeAttribute("aria-activedescendant");
}

export function moveInSelect(select, step) {
  const { input, list } = parts(select);
  const options = [...list.querySelectorAll("[role=option]:not([hidden])")];
  if (!options.length) return;
  const at = options.findIndex((option) => option.classList.contains("active"));
  const next = options[(at + step + options.length) % options.length];
  options[at]?.classList.remove("active");
  next.classList.add("active");
  next.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", next.id);
}

// Take an option; returns whether the choice changed.
export function pick(select, option) {
  const chosen = chosenIn(select);
  const taken = optionOf(option);
  // As it is shown, emoji drawn; the server goes by the value.
  taken.text.text = option.querySelector("span").textContent;
  const { input } = parts(select);
  select.touched = true;
  if (!select.dataset.element.startsWith("multi_")) {
    select.dataset.chosen = JSON.stringify([taken]);
    closeSelects();
    return true;
  }
  const without = chosen.filter((other) => other.value !== taken.value);
  if (without.length === chosen.length && chosen.length >= Number(select.dataset.most ?? Infinity)) return false;
  input.value = "";
  put(select, without.length < chosen.length ? without : [...chosen, taken]);
  narrow(select, "");
  return true;
}

export function drop(select, value) {
  select.touched = true;
  put(select, chosenIn(select).filter((option) => option.value !== value));
  parts(select).input.value = "";
}

function put(select, chosen) {
  select.dataset.chosen = JSON.stringify(chosen);
  const chips = select.querySelector(".chips");
  if (!chips) return;
  chips.replaceChildren(...chosen.map((option) => {
    const chip = document.createElement("span");
    chip.className = "chip";
    chip.dataset.value = option.value;
    const off = document.createElement("button");
    off.type = "button";
    off.className = "chip-off";
    off.textContent = "×";
    off.setAttribute("aria-label", `Remove ${option.text.text}`);
    chip.append(option.text.text, off);
    return chip;
  }));
}
