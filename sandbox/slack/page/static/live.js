// Follow the server: ask what is new, wait for the answer, bring the page up to it.

import { prepareEditors } from "./editor.js";
import { morph, remember } from "./morph.js";
import { send, toast } from "./send.js";
import { topId, welcome } from "./windows.js";

let waiting = new AbortController();
const page = document.body.dataset;
const last = {};
let arrived = false;

function scrolled() {
  const body = document.querySelector(".body");
  return { body, atEnd: body.scrollHeight - body.scrollTop - body.clientHeight < 60 };
}

function apply(news) {
  page.version = news.version;
  document.title = news.title;
  const before = topId();
  const { body, atEnd } = scrolled();
  for (const [name, html] of Object.entries(news.fragments)) {
    if (last[name] === html) continue;
    last[name] = html;
    morph(document.querySelector(`[data-fragment=${name}]`), html);
  }
  prepareEditors(document);
  if (body.querySelector(".messages")) {
    if (atEnd || arrived) body.scrollTop = body.scrollHeight;
  } else if (arrived) body.scrollTop = 0;
  arrived = false;
  for (const words of news.notices) toast(words);
  welcome(before);
}

async function next() {
  const { place, tab, version, told } = page;
  const query = new URLSearchParams({ place, tab, version, told, page: page.page });
  const answer = await fetch(`/_page/${page.member}/live?${query}`, { signal: waiting.signal });
  if (!answer.ok) throw new Error(String(answer.status));
  const news = await answer.json();
  // The member may have gone elsewhere while the answer was on its way.
  if (place !== page.place || tab !== page.tab) return;
  page.told = news.told;
  apply(news);
}

// A tab that was here before is loaded anew; a further one joins those that are open.
async function arrive() {
  const again = sessionStorage.getItem("here") !== null;
  sessionStorage.setItem("here", "");
  await send("arrive", { again, page: page.page });
  page.version = -1;
  page.told = 0;
  await next();
}

export async function follow() {
  remember(document);
  prepareEditors(document);
  const { body } = scrolled();
  body.scrollTop = body.querySelector(".messages") ? body.scrollHeight : 0;
  welcome("");
  if (page.place) send("visit", { place: page.place, tab: page.tab });
  await arrive();
  // From here on presses are heard and news are shown.
  page.live = "";
  let lost = 0;
  for (;;) {
    try {
      await next();
      lost = 0;
    } catch (error) {
      if (error.name === "AbortError") continue;
      lost += 1;
      if (lost === 3) toast("Connection lost. Trying again.");
      await new Promise((done) => setTimeout(done, Math.min(500 * lost, 4000)));
    }
  }
}

async function show(place, tab) {
  page.place = place;
  page.tab = tab;
  page.version = -1;
  arrived = true;
  document.querySelector("[data-client]").classList.toggle("at-list", !place);
  waiting.abort();
  waiting = new AbortController();
  await send("visit", { place, tab });
}

export async function go(place, tab) {
  const query = tab ? `?tab=${tab}` : "";
  history.pushState({ place, tab }, "", `/client/${page.member}/${place}${query}`);
  await show(place, tab);
}

export function goBack() {
  const place = location.pathname.split("/")[3] ?? "";
  show(place, new URLSearchParams(location.search).get("tab") ?? "");
}
