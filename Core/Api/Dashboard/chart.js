// One figure of curves over epochs, drawn by uPlot (vendor/uPlot.iife.min.js).

const chartHeight = 250;
const mostPoints = 25;
const ringRadius = 5;
const fontOfAxes = '12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** The colour of a custom property of the page, which differs between light and dark. */
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** How far the colour of the nth seed of a model is mixed with another colour, so that seeds can be told apart. */
const shades = [["--text", 0], ["--text", 0.5], ["--surface", 0.42], ["--text", 0.75], ["--surface", 0.62]];

/** The colour of a line: that of its ink, and of its shade where several lines have the same ink. */
function colourOfLine({ ink, shade = 0 }) {
  const [other, share] = shades[shade % shades.length];
  const [from, to] = [`--${ink}`, other].map(name => colour(name).match(/[0-9a-f]{2}/gi).map(part => parseInt(part, 16)));
  return `rgb(${from.map((channel, i) => Math.round(channel * (1 - share) + to[i] * share)).join(" ")})`;
}

/** The exponential moving average of values, without the bias of its start. Gaps stay gaps. */
function smoothed(values, weight) {
  let [sum, total] = [0, 0];
  return values.map(value => {
    if (!isNumber(value)) return value;
    sum = weight * sum + (1 - weight) * value;
    total = weight * total + (1 - weight);
    return sum / total;
  });
}

/**
 * Curves of `{ key, group, what, name, ink, shade, dashed, faint, best, values }` on shared axes. `values[i]` belongs to epoch i + 1;
 * `best` is the epoch to mark. The pointer and the arrow keys read values; dragging and + and - zoom.
 */
class Chart {
  #lines = [];
  #view = null;
  #plot = null;
  #built = "";
  #epoch = null;

  /** `onZoom` gets the first and the last epoch, or nothing for all epochs. */
  constructor(heading, format, onZoom) {
    this.heading = heading;
    this.format = format;
    this.onZoom = onZoom;
    this.picture = element("div", { role: "img" });
    this.readout = element("div", { class: "readout" });
    this.readout.hidden = true;
    this.plot = element("div", {
      class: "plot", tabindex: 0, role: "group",
      "aria-label": `${heading}: the arrow keys step through the epochs, plus and minus zoom, 0 shows all`,
      onblur: () => this.#show(null), onkeydown: event => this.#press(event),
    }, this.picture, this.readout);
    this.root = element("figure", { class: "chart" }, element("p", { class: "title" }, heading), this.plot);
    this.resized = new ResizeObserver(() => this.#draw());
    this.resized.observe(this.plot);
  }

  /** `view` is `{ from, to, low, high, isLog }`. */
  update(lines, view) {
    this.#lines = lines;
    this.#view = view;
    this.#draw();
  }

  close() {
    this.resized.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  #draw() {
    const width = this.plot.clientWidth;
    if (!this.#view || width === 0) return;
    const epochs = Math.max(1, ...this.#lines.map(line => line.values.length));
    const usable = value => isNumber(value) && (!this.#view.isLog || value > 0) ? value : null;
    const data = [
      Array.from({ length: epochs }, (_, i) => i + 1),
      ...this.#lines.map(line => Array.from({ length: epochs }, (_, i) => usable(line.values[i]))),
    ];
    const build = JSON.stringify([this.#view.isLog, this.#lines.map(({ key, dashed, faint }) => [key, dashed, faint])]);
    if (build !== this.#built) {
      this.#plot?.destroy();
      this.#plot = new uPlot(this.#options(width), data, this.picture);
      this.#built = build;
    } else {
      if (this.#plot.width !== width) this.#plot.setSize({ width, height: chartHeight });
      this.#plot.setData(data);
    }
    this.picture.setAttribute("aria-label", this.#summary());
    this.root.dataset.points = this.#lines.filter(line => !line.faint && !line.dashed)
      .reduce((sum, line) => sum + line.values.filter(isNumber).length, 0);
    this.root.dataset.from = this.#view.from;
    this.root.dataset.to = this.#view.to;
    this.root.dataset.scale = this.#view.isLog ? "log" : "linear";
  }

  #options(width) {
    const axis = { font: fontOfAxes, stroke: () => colour("--muted"), ticks: { show: false } };
    const grid = { stroke: () => colour("--grid"), width: 1 };
    return {
      width, height: chartHeight, legend: { show: false },
      scales: {
        x: { time: false, range: () => [this.#view.from, this.#view.to] },
        y: { distr: this.#view.isLog ? 3 : 1, range: () => [this.#view.low, this.#view.high] },
      },
      axes: [
        { ...axis, grid: { show: false }, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000], space: 50, size: 26,
          label: "epoch", labelSize: 18, labelFont: fontOfAxes, values: (_, marks) => marks.map(count) },
        { ...axis, grid, size: 52, space: 36, values: (_, marks, __, ___, step) => marks.map(mark => this.#mark(mark, step)) },
      ],
      series: [{}, ...this.#lines.map((line, index) => this.#series(line, index))],
      cursor: { y: false, drag: { x: true, y: false, setScale: false }, bind: { dblclick: () => () => this.onZoom() } },
      hooks: {
        draw: [plot => this.#drawRings(plot)],
        setCursor: [plot => this.#show(isNumber(plot.cursor.idx) ? plot.cursor.idx + 1 : null)],
        setSelect: [plot => this.#select(plot)],
      },
    };
  }

  #mark(value, step) {
    if (!isNumber(value)) return "";
    // A step such as 0.25 needs one digit more than its magnitude says.
    let digits = Math.max(0, -Math.floor(Math.log10(this.#view.isLog ? value : step) + 1e-9));
    if (!this.#view.isLog && Math.abs(step - Number(step.toFixed(digits))) > step / 100) digits++;
    return this.format(value, digits);
  }

  #series(line, index) {
    return {
      label: line.name, width: line.faint ? 1 : line.dashed ? 1.5 : 2.2, dash: line.dashed ? [5, 4] : undefined,
      alpha: line.faint ? 0.3 : 1,
      stroke: () => colourOfLine(this.#lines[index]),
      points: {
        size: line.dashed ? 4 : 6, fill: () => colourOfLine(this.#lines[index]),
        show: () => !line.faint && this.#view.to - this.#view.from < mostPoints,
      },
    };
  }

  /** A ring around the best epoch of each line that has one. */
  #drawRings(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.setLineDash([]);
    for (const line of this.#lines.filter(known => isNumber(known.values[known.best - 1]))) {
      const [x, y] = [plot.valToPos(line.best, "x", true), plot.valToPos(line.values[line.best - 1], "y", true)];
      if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) continue;
      ctx.beginPath();
      ctx.arc(x, y, ringRadius * devicePixelRatio, 0, 2 * Math.PI);
      ctx.fillStyle = colour("--surface");
      ctx.fill();
      ctx.strokeStyle = colourOfLine(line);
      ctx.stroke();
    }
    ctx.restore();
  }

  #select(plot) {
    const { left, width } = plot.select;
    if (width < 4) return;
    const [from, to] = [left, left + width].map(at => Math.round(plot.posToVal(at, "x")));
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (to > from) this.onZoom(from, to);
  }

  #summary() {
    const ends = this.#lines.filter(line => !line.faint && line.values.some(isNumber)).map(line => {
      const last = line.values.findLastIndex(isNumber);
      const best = isNumber(line.values[line.best - 1]) ? `, best in epoch ${line.best}` : "";
      return `${line.name} ${this.format(line.values[last])} after ${plural(last + 1, "epoch")}${best}`;
    });
    return `${this.heading}. ${ends.length ? ends.join("; ") : "No epoch has ended"}.`;
  }

  #press(event) {
    const { from, to } = this.#view ?? {};
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "+" || event.key === "=") this.onZoom(...zoomed(from, to, 0.5, this.#epoch));
    else if (event.key === "-") this.onZoom(...zoomed(from, to, 2, this.#epoch));
    else if (event.key === "0" || event.key === "Escape") this.onZoom();
    else if (way && this.#plot) this.#step(way);
    else return;
    event.preventDefault();
  }

  #step(way) {
    const last = Math.min(this.#view.to, Math.max(0, ...this.#lines.map(line => line.values.length)));
    if (last === 0) return;
    const start = way > 0 ? this.#view.from - 1 : last + 1;
    const epoch = Math.min(last, Math.max(this.#view.from, (this.#epoch ?? start) + way));
    this.#plot.setCursor({ left: this.#plot.valToPos(epoch, "x"), top: 1 });
    this.#show(epoch);
    announce(this.readout.textContent);
  }

  #show(epoch) {
    const values = epoch === null ? [] : this.#lines.filter(line => !line.faint)
      .map(line => ({ line, value: (line.read ?? line.values)[epoch - 1] })).filter(({ value }) => isNumber(value));
    const groups = [...Map.groupBy(values, ({ line }) => line.group).values()].sort((a, b) => b[0].value - a[0].value);
    this.#epoch = groups.length ? epoch : null;
    this.readout.hidden = !groups.length;
    if (!groups.length) return;
    this.readout.replaceChildren(element("p", {}, `Epoch ${epoch}. `), ...groups.map(group => {
      const [{ line }] = group;
      const shown = element("p", {}, swatch(line.dashed), element("span", {}, `${line.group} `),
        ...group.map(({ line: { what }, value }, i) => element(i ? "span" : "b", {}, unseen(`${what} `), this.format(value), i ? "" : " ")),
        line.best === epoch ? element("span", {}, "best epoch") : null, unseen(". "));
      shown.style.setProperty("--ink", colourOfLine(line));
      return shown;
    }));
    this.readout.classList.toggle("left", epoch > (this.#view.from + this.#view.to) / 2);
  }
}

/** The epochs from..to narrowed or widened by a factor, around an epoch. */
function zoomed(from, to, factor, around) {
  const half = Math.max(1, (to - from) * factor / 2);
  const centre = around ?? (from + to) / 2;
  return [Math.round(centre - half), Math.round(centre + half)];
}

function swatch(dashed) {
  return svg("svg", { class: "swatch", viewBox: "0 0 22 8", "aria-hidden": "true" },
    svg("line", { x1: 0, x2: 22, y1: 4, y2: 4, class: dashed ? "dashed" : null }));
}
