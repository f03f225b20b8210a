// The page is built from elements and text nodes only; nothing from outside is ever read as markup.

const inks = ["blue", "orange", "teal", "violet", "amber", "rose"];
const inkOf = index => `ink-${inks[index % inks.length]}`;

/** An element with attributes (`onclick` and the like take functions; null and false are left out) and children. */
function element(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function furnish(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

const unseen = text => element("span", { class: "unseen" }, text);

/** Changes text only where it differs, so that what is read aloud or selected is left alone. */
function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Brings `parent`'s children in line with `items`, keeping the elements of those that stay and with them the focus. */
function keep(parent, items, keyOf, create, update) {
  const known = parent.kept ??= new Map();
  const wanted = new Set(items.map(keyOf));
  for (const [key, part] of known) {
    if (!wanted.has(key)) {
      part.close?.();
      part.root.remove();
      known.delete(key);
    }
  }
  items.forEach((item, index) => {
    const key = keyOf(item);
    if (!known.has(key)) known.set(key, create(item, index));
    const part = known.get(key);
    update(part, item, index);
    if (parent.children[index] !== part.root) parent.insertBefore(part.root, parent.children[index] ?? null);
  });
}

/** A box that scrolls sideways where its content is wider; then the keyboard reaches it too. */
function scroller(name, content) {
  const root = element("div", { class: "scroll", "aria-label": name }, content);
  const check = () => {
    const isWider = root.scrollWidth > root.clientWidth;
    if (isWider) root.setAttribute("tabindex", 0);
    else root.removeAttribute("tabindex");
    root.setAttribute("role", isWider ? "region" : "group");
  };
  const observer = new ResizeObserver(check);
  observer.observe(root);
  observer.observe(content);
  return root;
}

/**
 * A table whose rows become cards on narrow screens. Columns are `{ name, number, hidden, header, sort }`; one is the header of its
 * row. `onSort` gets the `sort` of a column whose header is pressed.
 */
function table(caption, columns, onSort) {
  const header = Math.max(0, columns.findIndex(column => column.header));
  const heads = columns.map(column => element("th", { scope: "col", role: "columnheader", class: column.number ? "n" : null },
    column.hidden ? unseen(column.name)
      : column.sort ? element("button", { type: "button", class: "sort", onclick: () => onSort(column.sort) }, column.name)
        : column.name));
  const body = element("tbody", { role: "rowgroup" });
  const root = scroller(caption, element("table", { class: "cards", role: "table" }, element("caption", { class: "unseen" }, caption),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, heads)), body));
  const row = () => {
    const cells = columns.map((column, index) => element(index === header ? "th" : "td", {
      scope: index === header ? "row" : null, role: index === header ? "rowheader" : "cell", class: column.number ? "n" : null,
      "data-name": column.hidden ? "" : column.name,
    }));
    return { root: element("tr", { role: "row" }, cells), cells };
  };
  const mark = (sort, isAscending) => columns.forEach((column, index) => {
    if (column.sort === sort) heads[index].setAttribute("aria-sort", isAscending ? "ascending" : "descending");
    else heads[index].removeAttribute("aria-sort");
  });
  return { root, body, row, mark };
}

/** A choice of `[value, text]` pairs with its label. */
function choice(label, options, value, onchange) {
  const select = element("select", { onchange: () => onchange(select.value) },
    options.map(([key, text]) => element("option", { value: key }, text)));
  select.value = value;
  return { select, root: element("label", { class: "field" }, element("span", {}, label), select) };
}

/** Texts of cells from the `first` on; a card leaves out those that have nothing to say. */
function fillCells(cells, first, texts) {
  texts.forEach((text, index) => {
    say(cells[first + index], text);
    cells[first + index].toggleAttribute("data-missing", text === missing);
  });
}

function facts(...names) {
  const parts = names.map(name => {
    const value = element("dd", { class: "value" }, missing);
    const note = element("dd");
    return { value, note, root: element("div", {}, element("dt", {}, name), value, note) };
  });
  const root = element("dl", { class: "facts" }, parts.map(part => part.root));
  return { root, set: (index, value, note) => { say(parts[index].value, value); say(parts[index].note, note); } };
}

/** A bar of 0..1 with a name; what it shows stands beside it as text. */
function bar(name) {
  const filled = element("span");
  const root = element("span", {
    class: "meter", role: "progressbar", "aria-label": name, "aria-valuemin": 0, "aria-valuemax": 100,
  }, filled);
  return {
    root,
    set(share) {
      const shown = Math.round(100 * Math.min(1, Math.max(0, share || 0)));
      root.setAttribute("aria-valuenow", shown);
      filled.style.width = `${shown}%`;
    },
  };
}

const marks = {
  pending: "○", running: "◐", cancelling: "◐", waiting: "○", training: "◐", evaluating: "◐",
  completed: "●", failed: "✕", cancelled: "–", stopped: "–",
};

/** A state in a word, a mark and a colour, none of which says more than the word. */
function pill() {
  const mark = element("span", { "aria-hidden": "true" });
  const word = element("span");
  const root = element("span", { class: "pill" }, mark, word);
  return {
    root,
    set(state) {
      root.dataset.state = state;
      say(mark, Object.hasOwn(marks, state) ? marks[state] : "○");
      say(word, capitalised(state));
    },
  };
}

function time(value) {
  return element("time", { datetime: value }, when(value));
}

/** Reads a sentence to those who do not see the page. */
function announce(text) {
  say(document.getElementById("live"), text);
}

function reportTrouble(text) {
  say(document.getElementById("trouble"), text);
}

/** Asks before something that cannot simply be undone. */
function confirmed(text, yes) {
  const dialog = document.getElementById("question");
  const [agree, decline] = [document.getElementById("question-yes"), document.getElementById("question-no")];
  say(document.getElementById("question-text"), text);
  say(agree, yes);
  dialog.showModal();
  decline.focus();
  return new Promise(resolve => {
    const answers = new AbortController();
    const end = answer => {
      answers.abort();
      dialog.close();
      resolve(answer);
    };
    agree.addEventListener("click", () => end(true), { signal: answers.signal });
    decline.addEventListener("click", () => end(false), { signal: answers.signal });
    dialog.addEventListener("cancel", () => end(false), { signal: answers.signal });
  });
}

/** Runs what a button is for; it rests meanwhile, and an error is said beside all else. */
function button(text, act, kind = null) {
  const made = element("button", { type: "button", class: kind }, text);
  made.addEventListener("click", async () => {
    made.disabled = true;
    try {
      await act();
      reportTrouble("");
    } catch (error) {
      reportTrouble(error.message);
    } finally {
      made.disabled = false;
    }
  });
  return made;
}
