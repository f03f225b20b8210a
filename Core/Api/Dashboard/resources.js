// What the trainings use of the machine, where it was recorded.

const bytesInGibibyte = 2 ** 30;

const uses = [
  { name: "Busy CPU cores", format: (value, digits) => decimal(value, digits ?? 2),
    of: row => isNumber(row.cpuSeconds) ? row.cpuSeconds / row.seconds : NaN },
  { name: "Memory of the process, GiB", format: (value, digits) => decimal(value, digits ?? 2),
    of: row => isNumber(row.memoryBytes) ? row.memoryBytes / bytesInGibibyte : NaN },
  { name: "GPU busy, percent of the time", format: (value, digits) => decimal(value, digits ?? 0),
    of: row => isNumber(row.gpuBusyShare) ? 100 * row.gpuBusyShare : NaN },
  { name: "Memory of the GPU in use, GiB", format: (value, digits) => decimal(value, digits ?? 2),
    of: row => isNumber(row.gpuMemoryBytes) ? row.gpuMemoryBytes / bytesInGibibyte : NaN },
];

class ResourceUse {
  constructor() {
    const all = () => this.#show(1, this.last);
    this.charts = uses.map(use => new Chart(use.name, use.format, (from = 1, to = this.last) => from === 1 && to === this.last ? all()
      : this.#show(Math.max(1, Math.min(from, this.last - 1)), Math.min(this.last, to))));
    this.root = element("section", { "aria-labelledby": "use" }, element("h2", { id: "use" }, "Use of the machine"),
      element("p", { class: "lead" }, "Of the process that trains a model, epoch by epoch: its mean number of busy cores, and its memory "
        + "at the end of the epoch. On a GPU also the mean share of the time in which it computed, and its memory in use, by all processes."),
      element("div", { class: "charts" }, this.charts.map(chart => chart.root)));
    this.root.hidden = true;
  }

  update(groups) {
    this.lines = uses.map(use => groups.map(({ key, name, ink, shade, rows }) =>
      ({ key, group: name, what: "", name, ink, shade, values: rows.map(use.of) })));
    const known = this.lines.map(lines => lines.some(line => line.values.some(isNumber)));
    known.forEach((isKnown, index) => { this.charts[index].root.hidden = !isKnown; });
    const isKnown = known.includes(true);
    this.root.hidden = !isKnown;
    if (!isKnown) return;
    const last = Math.max(2, ...groups.map(group => group.rows.length));
    const isWhole = !this.window || this.window.to === this.last;
    this.last = last;
    if (isWhole) this.#show(1, last);
    else this.#show(this.window.from, this.window.to);
  }

  close() {
    for (const chart of this.charts) chart.close();
  }

  #show(from, to) {
    this.window = { from, to };
    this.charts.forEach((chart, index) => {
      const high = Math.max(0, ...this.lines[index].flatMap(line => line.values).filter(isNumber));
      chart.update(this.lines[index], { from, to, low: 0, high: 1.1 * high || 1 });
    });
  }
}
