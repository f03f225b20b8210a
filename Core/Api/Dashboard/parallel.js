// Trainings as lines over parallel axes: their settings first, their results last.

const parallelHeight = 300;
const leastBetweenAxes = 84;
const leastBetweenLabels = 12;
const parallelMargin = { top: 46, bottom: 24, side: 48 };

/** `{ name, of(training, model, run), format }`; values that are no numbers become places on the axis. */
const dimensions = [
  { name: "Model", of: training => title(training.name) },
  { name: "Preset", of: (_, __, run) => run.configuration.preset },
  { name: "Labels", of: (_, __, run) => labelsOf(run.configuration) },
  { name: "Training images", of: (_, model, run) => model?.trainLimit ?? run.configuration.trainLimit ?? "all", format: count },
  { name: "Batch size", of: (_, model) => model?.batchSize, format: count },
  { name: "Learning rate", of: (_, model) => model?.phases[0]?.learningRate, format: value => String(value) },
  { name: "Weight decay", of: (_, model) => model?.phases[0]?.weightDecay ?? 0, format: value => String(value) },
  { name: "Epochs", of: training => training.epochs || undefined, format: count },
  { name: "Seed", of: training => training.seed, format: count },
  { name: "Best epoch", of: training => training.best?.epoch, format: count },
  { name: "Time for an epoch", of: training => training.secondsPerEpoch, format: duration },
  { name: "Validation", isResult: true, of: training => training.validationAccuracy ?? training.best?.validationAccuracy, format: percent },
  { name: "Test", isResult: true, of: training => training.testAccuracy, format: percent },
];

class ParallelView {
  #drawn = "";

  constructor() {
    this.picture = svg("svg", { role: "group", "aria-label": "Parallel coordinates", height: parallelHeight });
    this.readout = element("p", { class: "note", "aria-live": "polite" });
    this.root = element("div", {}, scroller("Parallel coordinates", element("div", {}, this.picture)), this.readout);
    new ResizeObserver(() => this.#draw()).observe(this.root);
    this.#read(null);
  }

  /** `colours` are `{ ink, dashed }` of the runs. */
  update(runs, colours) {
    const lines = runs.flatMap((run, index) => run.models.map(training => {
      const model = run.configuration.models.find(known => known.name === training.name);
      return { name: `${letterOf(index)}: ${trainingTitle(training, run)}`, ...colours[index],
        values: dimensions.map(dimension => dimension.of(training, model, run)) };
    }));
    const drawn = JSON.stringify([lines, colour("--surface")]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.lines = lines;
    this.axes = dimensions.map((dimension, index) => axisOf(dimension, lines.map(line => line.values[index]), index))
      .filter(axis => axis.isResult || axis.isVaried);
    this.#draw();
  }

  #draw() {
    const { axes, lines } = this;
    if (!axes || this.root.clientWidth === 0) return;
    const y = share => parallelHeight - parallelMargin.bottom - share * (parallelHeight - parallelMargin.top - parallelMargin.bottom);
    const group = (kind, ...content) => svg("g", { class: kind, "aria-hidden": "true" }, ...content);
    const labels = axes.map(axis => svg("g", {},
      svg("text", { class: "axis-name", y: 16, "text-anchor": "middle" }, axis.name),
      axis.marks.map(({ text, share }) => svg("text", { y: y(share) + (share === 0 ? 16 : -6), "text-anchor": "middle" }, text))));
    const labelled = group("grid over-lines", ...labels);
    this.picture.replaceChildren(labelled);
    const { places, width } = placesOfAxes(labels.map(label => label.getBBox().width), this.root.clientWidth);
    this.picture.setAttribute("viewBox", `0 0 ${width} ${parallelHeight}`);
    this.picture.setAttribute("width", width);
    labels.forEach((label, index) => label.setAttribute("transform", `translate(${places[index]} 0)`));
    const drawnAxes = places.map(x => svg("line", { x1: x, x2: x, y1: y(0), y2: y(1) }));
    const drawnLines = lines.map(line => {
      const points = axes.map((axis, index) => [places[index], axis.share(line.values[axis.index])]).filter(([, share]) => isNumber(share));
      const told = `${line.name}: ${axes.map(axis => `${axis.name.toLowerCase()} ${axis.format(line.values[axis.index])}`).join(", ")}`;
      const path = svg("polyline", {
        class: `parallel${line.dashed ? " dashed" : ""}`, tabindex: 0, role: "img", "aria-label": told,
        points: points.map(([at, share]) => `${at},${y(share).toFixed(1)}`).join(" "),
        onpointerenter: () => this.#read(told), onpointerleave: () => this.#read(null),
        onfocus: () => this.#read(told), onblur: () => this.#read(null),
      });
      path.style.setProperty("--ink", colourOfLine(line));
      return path;
    });
    this.picture.replaceChildren(group("grid", ...drawnAxes), ...drawnLines, labelled);
  }

  #read(text) {
    say(this.readout, text ?? "Point at a line, or step through the lines with Tab, to read its values.");
  }
}

/** Where axes with labels of these widths stand, and how wide they are together: as wide as the room, or wider if labels would meet. */
function placesOfAxes(widths, room) {
  const [left, right] = [widths[0], widths.at(-1)].map(width => Math.max(parallelMargin.side, Math.ceil(width / 2)));
  const gaps = widths.slice(1).map((width, index) =>
    Math.max(leastBetweenAxes, Math.ceil((widths[index] + width) / 2) + leastBetweenLabels));
  const needed = left + gaps.reduce((sum, gap) => sum + gap, 0) + right;
  const spare = Math.max(0, Math.floor((room - needed) / gaps.length));
  const places = gaps.reduce((found, gap) => [...found, found.at(-1) + gap + spare], [left]);
  return { places, width: places.at(-1) + right };
}

/** An axis with a share 0..1 for each value. Numbers keep their distances; other values are spread evenly. */
function axisOf({ name, format = String, isResult = false }, values, index) {
  const known = [...new Set(values.filter(value => value !== undefined && value !== null && !Number.isNaN(value)))];
  const text = value => value === undefined || value === null ? missing : isNumber(value) ? format(value) : String(value);
  const base = { name, index, isResult, isVaried: known.length > 1, format: text };
  if (known.every(isNumber)) {
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const share = value => !isNumber(value) ? NaN : high > low ? (value - low) / (high - low) : 0.5;
    const ends = high > low ? [low, high] : [low];
    return { ...base, share, marks: known.length ? ends.map(value => ({ text: text(value), share: share(value) })) : [] };
  }
  const places = known.filter(isNumber).sort((a, b) => a - b).concat(known.filter(value => !isNumber(value)));
  const share = value => places.includes(value) ? (places.length > 1 ? places.indexOf(value) / (places.length - 1) : 0.5) : NaN;
  return { ...base, share, marks: places.map(place => ({ text: text(place), share: share(place) })) };
}
