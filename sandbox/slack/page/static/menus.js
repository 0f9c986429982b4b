// Menus that fold out, and the questions that are asked before something is done.

export function openMenu(opener) {
  const menu = document.getElementById(opener.getAttribute("aria-controls"));
  const wasOpen = !menu.hidden;
  closeMenus();
  if (wasOpen) return;
  menu.hidden = false;
  intoView(menu);
  opener.setAttribute("aria-expanded", "true");
  menu.scrollIntoView({ block: "nearest" });
  menu.querySelector("[role=menuitem]")?.focus();
}

// A menu hangs from the right end of its button, or from the left one where there is no room.
function intoView(menu) {
  menu.classList.remove("menu-left");
  const edge = menu.closest("[data-scroll]")?.getBoundingClientRect().left ?? 0;
  if (menu.getBoundingClientRect().left < edge) menu.classList.add("menu-left");
}

export function closeMenus() {
  let closed = false;
  for (const menu of document.querySelectorAll("[role=menu]:not([hidden])")) {
    menu.hidden = true;
    const opener = document.querySelector(`[aria-controls="${menu.id}"]`);
    opener?.setAttribute("aria-expanded", "false");
    if (menu.contains(document.activeElement)) opener?.focus();
    closed = true;
  }
  return closed;
}

export function moveInMenu(menu, key) {
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
}

function make(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

// Show a small window over everything; resolves to the fields' values, or null when it was left.
export function ask({ title, text, confirm, deny, danger, fields = [] }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const yes = make("button", { type: "button", class: `btn ${danger ? "btn-danger" : "btn-primary"}` }, confirm);
    const no = make("button", { type: "button", class: "btn" }, deny);
    const inputs = fields.map((field) => make("input", { type: "text", "aria-label": field.label, placeholder: field.label }));
    inputs.forEach((input, place) => (input.value = fields[place].value ?? ""));
    const rows = inputs.map((input) => make("div", { class: "field block" }, input));
    const dialog = make("section", { class: "window asked", role: "dialog", "aria-modal": "true", "aria-label": title },
      make("header", { class: "window-head" }, make("h2", {}, title)),
      make("div", { class: "window-body" }, ...(text ? [text] : []), ...rows),
      make("footer", { class: "window-foot" }, no, yes));
    const veil = make("div", { class: "veil", "data-asked": "" }, dialog);
    const end = (answer) => {
      veil.remove();
      before?.focus();
      resolve(answer);
    };
    yes.addEventListener("click", () => end(inputs.map((input) => input.value)));
    no.addEventListener("click", () => end(null));
    veil.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end(null);
      if (event.key === "Enter" && event.target.tagName === "INPUT") end(inputs.map((input) => input.value));
      event.stopPropagation();
    });
    document.body.append(veil);
    (inputs[0] ?? yes).focus();
  });
}

// Resolve to whether the app's own question, if there is one, was answered with yes.
export async function confirmed(control) {
  if (!control.dataset.confirm) return true;
  const question = JSON.parse(control.dataset.confirm);
  const answer = await ask({
    title: question.title?.text ?? "Are you sure?",
    text: question.text?.text ?? "",
    confirm: question.confirm?.text ?? "Yes",
    deny: question.deny?.text ?? "Cancel",
    danger: question.style === "danger",
  });
  return answer !== null;
}
