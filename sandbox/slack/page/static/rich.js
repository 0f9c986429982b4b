// Read the editor's DOM as a Slack rich_text block.

const STYLES = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", CODE: "code" };
const APART = new Set(["DIV", "P", "UL", "OL", "BLOCKQUOTE", "PRE", "LI"]);

export function richText(root) {
  const parts = [];
  let line = [];
  const flush = () => {
    trim(line);
    if (line.length) parts.push({ type: "rich_text_section", elements: line });
    line = [];
  };
  const walk = (parent) => {
    for (const child of parent.childNodes) {
      if (child.tagName === "UL" || child.tagName === "OL") {
        flush();
        list(child, 0, parts);
      } else if (child.tagName === "BLOCKQUOTE" || child.tagName === "PRE") {
        flush();
        const kind = child.tagName === "PRE" ? "rich_text_preformatted" : "rich_text_quote";
        const words = inline(child, {}, child.tagName === "PRE");
        if (words.length) parts.push({ type: kind, elements: words });
      } else if (child.tagName === "DIV" || child.tagName === "P") {
        if (line.length && !endsLine(line)) text(line, "\n", {});
        if (child.querySelector("ul, ol, blockquote, pre")) walk(child);
        else line.push(...inline(child, {}, false, false));
        if (!endsLine(line)) text(line, "\n", {});
      } else {
        collect(child, {}, line, false);
      }
    }
  };
  walk(root);
  flush();
  return parts.length ? { type: "rich_text", elements: merged(parts) } : null;
}

function inline(parent, style, plain, trimmed = true) {
  const words = [];
  for (const child of parent.childNodes) {
    if (APART.has(child.tagName) && words.length && !endsLine(words)) text(words, "\n", {});
    collect(child, style, words, plain);
  }
  if (trimmed) trim(words);
  return words;
}

function collect(node, style, into, plain) {
  if (node.nodeType === Node.TEXT_NODE) {
    text(into, node.data.replaceAll("\u200b", "").replaceAll("\u00a0", " "), plain ? {} : style);
  } else if (node.tagName === "BR") {
    text(into, "\n", {});
  } else if (node.dataset?.person) {
    into.push({ type: "user", user_id: node.dataset.person });
  } else if (node.tagName === "A" && node.getAttribute("href")) {
    into.push(styled({ type: "link", url: node.getAttribute("href"), text: node.textContent }, style));
  } else if (node.nodeType === Node.ELEMENT_NODE) {
    const name = STYLES[node.tagName];
    const inner = name ? { ...style, [name]: true } : style;
    for (const child of node.childNodes) {
      if (APART.has(child.tagName) && into.length && !endsLine(into)) text(into, "\n", {});
      collect(child, inner, into, plain);
    }
  }
}

function list(element, indent, parts, offset = 0) {
  const style = element.tagName === "OL" ? "ordered" : "bullet";
  let items = [];
  let written = offset;
  const flush = () => {
    if (!items.length) return;
    const part = { type: "rich_text_list", style, indent, elements: items };
    if (style === "ordered" && written) part.offset = written;
    parts.push(part);
    written += items.length;
    items = [];
  };
  for (const item of element.children) {
    if (item.tagName === "UL" || item.tagName === "OL") {
      flush();
      list(item, indent + 1, parts);
      continue;
    }
    const words = [];
    const nested = [];
    for (const child of item.childNodes) {
      if (child.tagName === "UL" || child.tagName === "OL") nested.push(child);
      else collect(child, {}, words, false);
    }
    trim(words);
    items.push({ type: "rich_text_section", elements: words });
    for (const deeper of nested) {
      flush();
      list(deeper, indent + 1, parts);
    }
  }
  flush();
}

function text(into, words, style) {
  if (!words) return;
  const last = into.at(-1);
  const next = styled({ type: "text", text: words }, style);
  if (last?.type === "text" && JSON.stringify(last.style) === JSON.stringify(next.style)) last.text += words;
  else into.push(next);
}

function styled(element, style) {
  return Object.keys(style).length ? { ...element, style } : element;
}

function endsLine(words) {
  const last = words.at(-1);
  return last?.type === "text" && last.text.endsWith("\n");
}

// The editor's own last line break is not part of what was written.
function trim(words) {
  const last = words.at(-1);
  if (last?.type === "text" && last.text.endsWith("\n")) {
    last.text = last.text.slice(0, -1);
    if (!last.text) words.pop();
  }
}

function merged(parts) {
  const done = [];
  for (const part of parts) {
    const last = done.at(-1);
    if (part.type === last?.type && part.type === "rich_text_quote") {
      text(last.elements, "\n", {});
      for (const word of part.elements) word.type === "text" ? text(last.elements, word.text, word.style ?? {}) : last.elements.push(word);
    } else {
      done.push(part);
    }
  }
  return done;
}
