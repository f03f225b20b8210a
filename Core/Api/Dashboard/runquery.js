// Which runs the list shows, in which order and how many of them. The address holds it, so Back and a bookmark bring it back.

const runsPage = 20;
const mostAtOnce = 100;

const runStatuses = ["pending", "running", "completed", "failed", "cancelled"];
const ages = [["", "Any time"], ["24h", "Last 24 hours"], ["7d", "Last 7 days"], ["30d", "Last 30 days"]];
const orders = [
  ["created desc", "Newest first"], ["created asc", "Oldest first"], ["name asc", "Name"], ["validation desc", "Best validation accuracy"],
  ["test desc", "Best test accuracy"], ["duration desc", "Longest"], ["duration asc", "Shortest"],
];

class RunQuery {
  static filters = ["search", "status", "tag", "model", "dataset", "since"];

  constructor(text = "") {
    const fields = new URLSearchParams(text);
    for (const name of RunQuery.filters) this[name] = fields.get(name) ?? "";
    this.sort = fields.get("sort") ?? "created";
    this.order = fields.get("order") ?? "desc";
    this.show = Math.max(runsPage, Number(fields.get("show")) || 0);
  }

  get isFiltered() {
    return RunQuery.filters.some(name => this[name]);
  }

  get hash() {
    const fields = new URLSearchParams(RunQuery.filters.filter(name => this[name]).map(name => [name, this[name]]));
    if (`${this.sort} ${this.order}` !== "created desc") {
      fields.set("sort", this.sort);
      fields.set("order", this.order);
    }
    if (this.show > runsPage) fields.set("show", this.show);
    const text = fields.toString();
    return text ? `#/?${text}` : "#/";
  }

  /** Sorts by a column; by the same column again in the other direction. */
  turn(sort) {
    const first = sort === "name" ? "asc" : "desc";
    this.order = this.sort !== sort ? first : this.order === "asc" ? "desc" : "asc";
    this.sort = sort;
  }

  /** The runs, and whether there are more. */
  async fetch() {
    const { sort, order, show } = this;
    const filters = Object.fromEntries(RunQuery.filters.map(name => [name, this[name]]));
    const runs = new Map();
    let continuation = null;
    do {
      const top = Math.min(mostAtOnce, show - runs.size);
      const page = await call("comparisons", { query: { ...filters, sort, order, top, continuation } });
      for (const run of page.items) runs.set(run.id, run);
      continuation = page.continuation;
    } while (continuation && runs.size < show);
    return { runs: [...runs.values()], hasMore: continuation !== null };
  }
}

/** The fields above the list. `onChange` is called after each change of the query; `offer` gets the names of the data sets. */
function runFilters(query, onChange) {
  const set = name => value => { query[name] = value; query.show = runsPage; onChange(); };
  let pause = 0;
  const search = element("input", {
    type: "search", value: query.search, placeholder: "Id, name, tag, note, model",
    oninput: () => { clearTimeout(pause); pause = setTimeout(() => set("search")(search.value.trim()), 250); },
  });
  const status = choice("Status", [["", "Any status"], ...runStatuses.map(name => [name, capitalised(name)])], query.status, set("status"));
  const model = choice("Model", [["", "Any model"], ...Object.entries(catalogue.titles)], query.model, set("model"));
  const dataset = choice("Data set", [], "", set("dataset"));
  const since = choice("Created", ages, query.since, set("since"));
  const order = choice("Order", orders, `${query.sort} ${query.order}`, value => {
    [query.sort, query.order] = value.split(" ");
    onChange();
  });
  const tag = element("button", { type: "button", class: "tag", onclick: () => set("tag")("") });
  const clear = element("button", {
    type: "button",
    onclick: () => {
      for (const name of RunQuery.filters) query[name] = "";
      set("search")("");
    },
  }, "Clear");
  const root = element("form", { class: "filters", role: "search", "aria-label": "Filter runs", onsubmit: event => event.preventDefault() },
    element("label", { class: "field wide" }, element("span", {}, "Search"), search), status.root, model.root, dataset.root, since.root,
    order.root,
    element("p", { class: "actions" }, tag, clear));
  let sets = [builtInSet];
  const show = () => {
    if (document.activeElement !== search) search.value = query.search;
    status.select.value = query.status;
    model.select.value = query.model;
    // A set that was removed may still have runs.
    const offered = ["", ...sets, ...query.dataset && !sets.includes(query.dataset) ? [query.dataset] : []];
    keep(dataset.select, offered, name => name, name => ({ root: element("option", { value: name }, name || "Any data set") }), () => {});
    dataset.select.value = query.dataset;
    since.select.value = query.since;
    order.select.value = `${query.sort} ${query.order}`;
    tag.hidden = !query.tag;
    tag.replaceChildren(`Tag: ${query.tag} ×`, unseen(" remove this filter"));
    clear.hidden = !query.isFiltered;
  };
  show();
  return { root, show, offer: names => { sets = names; show(); } };
}
