// The field at the foot of a conversation: messages, slash commands, shortcuts.

import { send } from "./send.js";

export function composerInput(form) {
  const area = form.querySelector("textarea");
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
  form.querySelector("[type=submit]").disabled = !area.value.trim();
  offer(form, area.value);
}

// While the name of a command is being typed, list those that begin so.
function offer(form, words) {
  const list = form.querySelector("[role=listbox]");
  const options = [...list.querySelectorAll("[role=option]")];
  const naming = words.startsWith("/") && !/\s/.test(words);
  for (const option of options) option.hidden = !naming || !option.dataset.command.startsWith(words);
  const fits = options.filter((option) => !option.hidden);
  fits.forEach((option, place) => option.classList.toggle("active", place === 0));
  list.hidden = !fits.length;
}

export function takeCommand(form, option) {
  const area = form.querySelector("textarea");
  area.value = `${option.dataset.command} `;
  area.focus();
  composerInput(form);
}

export function composerKey(event, form) {
  const list = form.querySelector("[role=listbox]");
  const area = form.querySelector("textarea");
  const active = list.hidden ? null : list.querySelector(".option.active:not([hidden])");
  if (event.key === "Escape") list.hidden = true;
  if (event.key === "Tab" && active) {
    event.preventDefault();
    takeCommand(form, active);
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (active && active.dataset.command !== area.value) takeCommand(form, active);
    else say(form);
  }
}

// Whoever sends something sees what becomes of it: from the end on, the page follows by itself.
function toNewest() {
  const body = document.querySelector(".body");
  body.scrollTop = body.scrollHeight;
}

export async function say(form) {
  const area = form.querySelector("textarea");
  const words = area.value.trim();
  if (!words) return;
  area.value = "";
  composerInput(form);
  toNewest();
  const told = await send("say", { channel: form.dataset.channel, text: words });
  if (told.kept && !area.value) {
    area.value = words;
    composerInput(form);
  }
}
