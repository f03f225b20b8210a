// Curves over epochs. Any number of charts can share their axes.

const chartHeight = 250;
const margin = { left: 46, right: 14, top: 10, bottom: 34 };
const mostDots = 400;
const wholeAxis = 20;

/** Round steps of 1, 2 or 5 times a power of ten that cover low..high in at most `most` steps. */
function ticks(low, high, most = 5) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find(factor => factor * power >= rough * 0.999);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** The axes for `lines` (`{ points: [[epoch, value], ...] }`): short trainings are shown whole, long ones grow. */
function axesFor(lines, planned, isShare) {
  const all = lines.flatMap(line => line.points).filter(([, value]) => isNumber(value));
  const seen = Math.max(1, ...all.map(([epoch]) => epoch));
  const right = Math.max(2, planned <= wholeAxis ? planned : Math.min(planned, Math.max(wholeAxis, Math.ceil(seen * 1.15))));
  const values = all.map(([, value]) => value);
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 1];
  const steps = isShare ? ticks(Math.max(0, low - 0.02), Math.min(1, Math.max(high, low + 0.05))) : ticks(0, Math.max(high, 0.1));
  return { right, steps };
}

/** One figure: curves of `{ key, group, name, ink, dashed, points }` on shared axes, with a cross-hair for pointer and arrow keys. */
class Chart {
  #lines = [];
  #axes = null;
  #epoch = null;
  #width = 0;

  constructor(heading, format) {
    this.heading = heading;
    this.format = format;
    this.grid = svg("g", { class: "grid" });
    this.curves = svg("g");
    this.cross = svg("line", { class: "cross" });
    this.picture = svg("svg", { role: "img", height: chartHeight }, this.grid, this.cross, this.curves);
    this.readout = element("div", { class: "readout" });
    this.readout.hidden = true;
    this.plot = element("div", {
      class: "plot", tabindex: 0, role: "group", "aria-label": `${heading}: arrow keys step through the epochs`,
      onpointermove: event => this.#point(event), onpointerleave: () => this.#show(null), onblur: () => this.#show(null), onkeydown: event => this.#step(event),
    }, this.picture, this.readout);
    this.root = element("figure", { class: "chart" }, element("p", { class: "title" }, heading), this.plot);
    new ResizeObserver(() => this.#draw()).observe(this.plot);
  }

  update(lines, axes) {
    this.#lines = lines;
    this.#axes = axes;
    this.#draw();
  }

  #x(epoch) {
    return margin.left + (epoch - 1) / (this.#axes.right - 1) * (this.#width - margin.left - margin.right);
  }

  #y(value) {
    const { steps } = this.#axes;
    return chartHeight - margin.bottom - (value - steps[0]) / (steps.at(-1) - steps[0]) * (chartHeight - margin.top - margin.bottom);
  }

  #draw() {
    this.#width = this.plot.clientWidth;
    if (!this.#axes || this.#width === 0) return;
    this.picture.setAttribute("viewBox", `0 0 ${this.#width} ${chartHeight}`);
    this.#drawGrid();
    const dots = this.#lines.reduce((sum, line) => sum + line.points.length, 0) <= mostDots;
    this.curves.replaceChildren(...this.#lines.flatMap(line => this.#curve(line, dots)));
    this.picture.setAttribute("aria-label", this.#summary());
    this.#show(this.#epoch);
  }

  #drawGrid() {
    const { right, steps } = this.#axes;
    const digits = Math.max(0, -Math.floor(Math.log10(steps[1] - steps[0]) + 1e-9));
    const bottom = chartHeight - margin.bottom;
    const epochs = ticks(0, right, Math.max(3, Math.min(10, Math.floor(this.#width / 60)))).filter(epoch => Number.isInteger(epoch) && epoch > 1 && epoch <= right);
    this.grid.replaceChildren(
      ...steps.flatMap(value => [
        svg("line", { x1: margin.left, x2: this.#width - margin.right, y1: this.#y(value), y2: this.#y(value) }),
        svg("text", { x: margin.left - 8, y: this.#y(value) + 4, "text-anchor": "end" }, this.format(value, digits)),
      ]),
      ...[1, ...epochs].map(epoch => svg("text", { x: this.#x(epoch), y: bottom + 17, "text-anchor": "middle" }, count(epoch))),
      svg("text", { x: this.#width - margin.right, y: bottom + 31, "text-anchor": "end" }, "epoch"));
  }

  #curve(line, dots) {
    const points = line.points.filter(([, value]) => isNumber(value)).map(([epoch, value]) => [this.#x(epoch).toFixed(1), this.#y(value).toFixed(1)]);
    const kind = `curve ${line.ink}${line.dashed ? " dashed" : ""}`;
    return [
      svg("polyline", { class: kind, points: points.map(point => point.join(",")).join(" "), "data-line": line.key }),
      ...(dots || points.length === 1 ? points.map(([cx, cy]) => svg("circle", { class: kind, cx, cy, r: line.dashed ? 1.6 : 2.6 })) : []),
    ];
  }

  #summary() {
    const ends = this.#lines.filter(line => line.points.length).map(line => {
      const [epoch, value] = line.points.at(-1);
      return `${line.name} ${this.format(value)} after ${plural(epoch, "epoch")}`;
    });
    return `${this.heading}. ${ends.length ? ends.join("; ") : "No epoch has ended yet"}.`;
  }

  #point(event) {
    if (!this.#axes) return;
    const share = (event.clientX - this.plot.getBoundingClientRect().left - margin.left) / (this.#width - margin.left - margin.right);
    this.#show(1 + Math.round(share * (this.#axes.right - 1)));
  }

  #step(event) {
    const last = Math.max(0, ...this.#lines.map(line => line.points.at(-1)?.[0] ?? 0));
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way || last === 0) return;
    event.preventDefault();
    this.#show(Math.min(last, Math.max(1, (this.#epoch ?? (way > 0 ? 0 : last + 1)) + way)));
    announce(this.readout.textContent);
  }

  #show(epoch) {
    const values = epoch === null ? [] : this.#lines
      .map(line => ({ line, value: line.points.find(([at]) => at === epoch)?.[1] }))
      .filter(({ value }) => isNumber(value));
    const groups = [...Map.groupBy(values, ({ line }) => line.group).values()].sort((a, b) => b[0].value - a[0].value);
    this.#epoch = groups.length ? epoch : null;
    this.readout.hidden = !groups.length;
    this.cross.classList.toggle("shown", groups.length > 0);
    if (!groups.length) return;
    const x = this.#x(epoch);
    for (const [name, value] of Object.entries({ x1: x, x2: x, y1: margin.top, y2: chartHeight - margin.bottom })) this.cross.setAttribute(name, value);
    this.readout.replaceChildren(element("p", {}, `Epoch ${epoch}. `), ...groups.map(group => element("p", { class: group[0].line.ink },
      swatch(group[0].line.dashed), element("span", {}, `${group[0].line.group} `),
      ...group.map(({ line, value }, index) => element(index ? "span" : "b", {}, unseen(`${line.what} `), this.format(value), index ? "" : " ")), unseen(". "))));
    this.readout.classList.toggle("left", x > this.#width / 2);
  }
}

function swatch(dashed) {
  return svg("svg", { class: "swatch", viewBox: "0 0 22 8", "aria-hidden": "true" }, svg("line", { x1: 0, x2: 22, y1: 4, y2: 4, class: dashed ? "dashed" : null }));
}

/**
 * Accuracy and loss of the same trainings, with a legend whose entries switch lines off. `keys` names the solid and the
 * dashed lines: of one run these are validation and training, of two runs the validation of the one and the other.
 */
class CurveFigures {
  #off = new Set();
  #apart = false;
  #last = null;
  #charts = new Map();

  constructor(keys = ["validation", "training"]) {
    this.legend = element("div", { class: "legend", role: "group", "aria-label": "Shown curves" });
    this.together = this.#choice("All in one", false);
    this.each = this.#choice("One for each", true);
    this.charts = element("div", { class: "charts" });
    this.root = element("div", {},
      element("div", { class: "figure-head" }, this.legend,
        element("div", { class: "choices", role: "group", "aria-label": "Arrangement of the figures" }, this.together, this.each)),
      element("p", { class: "keys" }, swatch(false), ` ${keys[0]}`, swatch(true), ` ${keys[1]}`),
      this.charts);
    this.#mark();
  }

  #choice(text, apart) {
    return element("button", { type: "button", onclick: () => { this.#apart = apart; this.#mark(); this.#redraw(); } }, text);
  }

  #mark() {
    this.together.setAttribute("aria-pressed", !this.#apart);
    this.each.setAttribute("aria-pressed", this.#apart);
  }

  /**
   * `groups`: `{ key, name, ink, rows, side }` with the epochs of one training, and of two runs which one it is of, 0 or 1;
   * `planned`: the most epochs of any.
   */
  update(groups, planned) {
    this.#last = { groups, planned };
    keep(this.legend, groups, group => group.key,
      group => ({ root: element("button", { type: "button", class: group.ink, onclick: () => this.#toggle(group.key) }, swatch(group.side === 1), " ", group.name) }),
      (part, group) => part.root.setAttribute("aria-pressed", !this.#off.has(group.key)));
    this.#redraw();
  }

  #toggle(key) {
    if (!this.#off.delete(key)) this.#off.add(key);
    this.update(this.#last.groups, this.#last.planned);
  }

  #redraw() {
    if (!this.#last) return;
    const { groups, planned } = this.#last;
    const shown = groups.filter(group => !this.#off.has(group.key));
    const panels = this.#apart ? shown.map(group => ({ key: group.key, heading: `${group.name}: `, groups: [group] })) : [{ key: "", heading: "", groups: shown }];
    const measures = [
      { key: "accuracy", name: "Accuracy", format: percentOfAxis, train: "trainAccuracy", validation: "validationAccuracy" },
      { key: "loss", name: "Loss (cross-entropy)", format: lossOfAxis, train: "trainLoss", validation: "validationLoss" },
    ];
    // Axes are shared by all figures of a measure, and come from all trainings, so that nothing jumps when one is hidden.
    const axes = new Map(measures.map(measure => [measure.key, axesFor(groups.flatMap(group => linesOf(group, measure)), planned, measure.key === "accuracy")]));
    const items = panels.flatMap(panel => measures.map(measure => ({ key: `${panel.key} ${measure.key}`, panel, measure })));
    keep(this.charts, items, item => item.key,
      ({ panel, measure }) => {
        const chart = new Chart(panel.heading ? panel.heading + measure.name.toLowerCase() : measure.name, measure.format);
        return { root: chart.root, chart };
      },
      (part, { panel, measure }) => part.chart.update(panel.groups.flatMap(group => linesOf(group, measure)), axes.get(measure.key)));
  }
}

const percentOfAxis = (value, digits) => digits === undefined ? percent(value) : percent(value, Math.max(0, digits - 2));
const lossOfAxis = (value, digits) => decimal(value, digits ?? 3);

function linesOf({ key, name, ink, rows, side }, measure) {
  const line = (what, field, dashed) => ({ key: `${key} ${what}`, group: name, what, name: `${name}, ${what}`, ink, dashed, points: rows.map(row => [row.epoch, row[field]]) });
  return side === undefined
    ? [line("validation", measure.validation, false), line("training", measure.train, true)]
    : [line("validation", measure.validation, side === 1)];
}
