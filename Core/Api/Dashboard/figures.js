// Accuracy and loss of trainings: figures that share their axes, their zoom and a legend.

const wholeAxis = 20;
const strongestSmoothing = 0.95;

const measures = [
  { key: "accuracy", name: "Accuracy", train: "trainAccuracy", validation: "validationAccuracy",
    format: (value, digits) => digits === undefined ? percent(value) : percent(value, Math.max(0, digits - 2)) },
  { key: "loss", name: "Loss (cross-entropy, nats)", train: "trainLoss", validation: "validationLoss",
    format: (value, digits) => decimal(value, digits ?? 3) },
];

/** Short trainings are shown whole; the axis of long ones grows with them. */
function lastEpochShown(groups, planned) {
  const seen = Math.max(1, ...groups.map(group => group.rows.length));
  return Math.max(2, planned <= wholeAxis ? planned : Math.min(planned, Math.max(wholeAxis, Math.ceil(seen * 1.15))));
}

/** The smallest and the largest value of lines between two epochs, with a margin. */
function rangeOf(lines, from, to, measure, isLog) {
  const values = lines.flatMap(line => line.values.slice(Math.max(0, from - 1), to))
    .filter(value => isNumber(value) && (!isLog || value > 0));
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [isLog ? 0.1 : 0, 1];
  if (isLog) return { low: low / 1.15, high: high * 1.15 };
  if (measure.key === "loss") return { low: 0, high: Math.max(high * 1.05, 0.1) };
  const space = Math.max(0.01, (high - low) * 0.06);
  return { low: Math.max(0, low - space), high: Math.min(1, high + space) };
}

/**
 * Figures of groups `{ key, name, panel, ink, shade, dashed, best, rows }`. `keys` names the solid and the dashed lines. With
 * `validationOnly`, only the validation curve of a group is drawn. `panel` names the figure of a group when there are several.
 */
class CurveFigures {
  #off = new Set();
  #apart = null;
  #smoothing = 0;
  #isLog = false;
  #zoom = null;
  #last = null;

  constructor({ keys = ["validation", "training"], validationOnly = false, apartFrom = Infinity } = {}) {
    this.validationOnly = validationOnly;
    this.apartFrom = apartFrom;
    this.legend = element("div", { class: "legend", role: "group", "aria-label": "Shown curves" });
    this.layout = element("span", { class: "choices", role: "group", "aria-label": "Figures" },
      ["One figure", "One for each model"].map((text, i) =>
        element("button", { type: "button", onclick: () => { this.#apart = i === 1; this.#redraw(); } }, text)));
    this.charts = element("div", { class: "charts" });
    this.root = element("div", {},
      element("div", { class: "figure-head" }, this.legend, this.layout), this.#tools(),
      element("p", { class: "keys" }, keys.flatMap((key, i) => [swatch(i === 1), ` ${key} `]),
        svg("svg", { class: "swatch ring", viewBox: "0 0 12 12", "aria-hidden": "true" }, svg("circle", { cx: 6, cy: 6, r: 4 })),
        " best epoch on validation. Drag over a figure to zoom."),
      this.charts);
  }

  update(groups, planned) {
    this.#last = { groups, planned };
    this.legend.hidden = groups.length < 2;
    this.layout.hidden = new Set(groups.map(group => group.panel)).size < 2;
    keep(this.legend, groups, group => group.key,
      group => ({ root: element("button", { type: "button", onclick: () => this.#toggle(group.key) },
        swatch(group.dashed), " ", group.name) }),
      (part, group) => {
        part.root.setAttribute("aria-pressed", !this.#off.has(group.key));
        part.root.style.setProperty("--ink", colourOfLine(group));
      });
    this.#redraw();
  }

  close() {
    for (const [, part] of this.charts.kept ?? []) part.close();
  }

  #tools() {
    const smoothing = element("input", {
      type: "range", min: 0, max: strongestSmoothing, step: 0.05, value: 0, "aria-label": "Smoothing",
      oninput: () => {
        this.#smoothing = Number(smoothing.value);
        say(shown, this.#smoothing === 0 ? "none" : smoothing.value);
        this.#redraw();
      },
    });
    const shown = element("output", {}, "none");
    const log = element("input", { type: "checkbox", onchange: () => { this.#isLog = log.checked; this.#redraw(); } });
    const press = (text, act) => element("button", { type: "button", onclick: act }, text);
    this.showAll = press("Show all epochs", () => this.#zoomTo());
    return element("div", { class: "tools" },
      element("label", {}, "Smoothing ", smoothing, shown),
      element("label", {}, log, "Logarithmic loss"),
      element("span", { class: "choices", role: "group", "aria-label": "Zoom" },
        press("Zoom in", () => this.#zoomBy(0.5)), press("Zoom out", () => this.#zoomBy(2)), this.showAll));
  }

  #toggle(key) {
    if (!this.#off.delete(key)) this.#off.add(key);
    this.update(this.#last.groups, this.#last.planned);
  }

  #zoomBy(factor) {
    if (!this.#last) return;
    const { from, to } = this.#window();
    this.#zoomTo(...zoomed(from, to, factor));
  }

  /** Shows epochs from..to, or all where they are left out or cover all. */
  #zoomTo(from, to) {
    const last = lastEpochShown(this.#last.groups, this.#last.planned);
    const [first, end] = [Math.max(1, from ?? 1), Math.min(last, to ?? last)];
    this.#zoom = first > 1 || end < last ? { from: Math.min(first, end - 1), to: end } : null;
    this.#redraw();
  }

  #window() {
    return this.#zoom ?? { from: 1, to: lastEpochShown(this.#last.groups, this.#last.planned) };
  }

  #redraw() {
    if (!this.#last) return;
    const { groups } = this.#last;
    const { from, to } = this.#window();
    const panelNames = [...new Set(groups.map(group => group.panel))];
    const apart = panelNames.length > 1 && (this.#apart ?? panelNames.length >= this.apartFrom);
    [...this.layout.children].forEach((choice, i) => choice.setAttribute("aria-pressed", (i === 1) === apart));
    this.showAll.disabled = !this.#zoom;
    const shown = groups.filter(group => !this.#off.has(group.key));
    const panels = apart
      ? panelNames.map(name => ({ key: name, heading: `${name}: `, groups: shown.filter(group => group.panel === name) }))
        .filter(panel => panel.groups.length)
      : [{ key: "", heading: "", groups: shown }];
    // All figures of a measure share their axes. These come from all trainings, so that nothing jumps when one is hidden.
    const views = new Map(measures.map(measure => {
      const isLog = this.#isLog && measure.key === "loss";
      const lines = groups.flatMap(group => this.#linesOf(group, measure));
      return [measure.key, { from, to, isLog, ...rangeOf(lines, from, to, measure, isLog) }];
    }));
    const items = panels.flatMap(panel => measures.map(measure => ({ key: `${panel.key} ${measure.key}`, panel, measure })));
    keep(this.charts, items, item => item.key,
      ({ panel, measure }) => {
        const { name } = measure;
        const heading = panel.heading ? `${panel.heading}${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
        const chart = new Chart(heading, measure.format, (...range) => this.#zoomTo(...range));
        return { root: chart.root, chart, close: () => chart.close() };
      },
      (part, { panel, measure }) =>
        part.chart.update(panel.groups.flatMap(group => this.#linesOf(group, measure)), views.get(measure.key)));
  }

  #linesOf(group, measure) {
    const { key, name, ink, shade, best } = group;
    const lines = (what, field, dashed) => {
      const values = group.rows.map(row => row[field]);
      const line = { group: name, what, name: `${name}, ${what}`, ink, shade, dashed };
      const shown = { ...line, key: `${key} ${what}`, values, best: what === "validation" ? best : undefined };
      return this.#smoothing === 0 ? [shown] : [
        { ...line, key: `${key} ${what} as measured`, values, faint: true },
        { ...shown, values: smoothed(values, this.#smoothing), read: values },
      ];
    };
    return this.validationOnly
      ? lines("validation", measure.validation, group.dashed)
      : [...lines("validation", measure.validation, false), ...lines("training", measure.train, true)];
  }
}
