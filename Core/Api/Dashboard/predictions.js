// The predictions of one file.

const rowsAtOnce = 50;
const mostBars = 10;
const mostColumns = 20;

/**
 * The names of the labels for people, in label order. Those of Fashion-MNIST stand in words beside the image already, and its bars show
 * the numbers; for a set that was removed only the names of predicted labels are known.
 */
function namesOfLabels(dataset, set, predictions) {
  const isBuiltIn = dataset === builtInSet;
  return predictions[0].probabilities.map((_, label) => isBuiltIn ? String(label)
    : set?.classes[label] ?? predictions.find(prediction => prediction.label === label)?.labelName ?? String(label));
}

const isNumbered = names => names.every((name, label) => name === String(label));
const answerOf = ({ label, labelName }, names) => isNumbered(names) ? labelTitle(labelName) : names[label];

/** A model of other labels may know the garment too. */
const garmentText = ({ name, probability }) => `${name}, ${percent(probability)}`;

const describe = (prediction, names) => [answerOf(prediction, names), prediction.garment?.name].filter(Boolean).join("; garment: ");

/** The values that the model saw as a picture; null where the server did not send them. Three values for each pixel are a colour. */
function thumbnail(values) {
  const side = Math.sqrt(values?.length ?? 0);
  const [size, channels] = Number.isInteger(side) ? [side, 1] : [Math.sqrt(values.length / 3), 3];
  if (!size || !Number.isInteger(size)) return null;
  const canvas = element("canvas", {
    width: size, height: size, role: "img", "aria-label": `The ${size}x${size} image that the model saw`,
  });
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(size, size);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const colour = channels === 1 ? Array(3).fill(values[pixel]) : values.slice(3 * pixel, 3 * pixel + 3);
    pixels.data.set([...colour, 255], 4 * pixel);
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}

function single(prediction, picture, names) {
  const { label, probabilities, pixels, garment } = prediction;
  const seen = thumbnail(pixels);
  const shown = [[picture, "as given"], [seen, seen ? `as the model saw it, ${seen.width}x${seen.height}` : ""]].filter(([image]) => image);
  return element("div", { class: "prediction" },
    element("div", { class: "pictures" }, shown.map(([image, text]) => element("figure", {}, image, element("figcaption", {}, text)))),
    element("div", {},
      element("p", { class: "answer" }, answerOf(prediction, names),
        element("span", { class: "small" }, `with ${percent(probabilities[label])} confidence`)),
      garment ? element("p", {}, `Garment: ${garmentText(garment)}`) : null,
      bars(probabilities, label, names)));
}

/** The probabilities: of all labels in their order, or of the most probable ones where there are many or the labels have names. */
function bars(probabilities, most, names) {
  const shares = probabilities.map((share, label) => ({ share, label }));
  const shown = isNumbered(names) ? shares : shares.toSorted((a, b) => b.share - a.share).slice(0, mostBars);
  const rest = probabilities.length - shown.length;
  return element("div", {},
    element("ol", { class: isNumbered(names) ? "bars" : "bars named-bars" },
      shown.map(({ share, label }) => probability(share, names[label], label === most))),
    rest > 0 ? element("p", { class: "small" }, `${plural(rest, "other class", "other classes")} less probable.`) : null);
}

function probability(share, name, isMost) {
  const shown = bar(`Probability of label ${name}`);
  shown.set(share);
  return element("li", { class: isMost ? "most" : null },
    element("span", { class: "of" }, name), shown.root, element("span", { class: "n" }, percent(share)));
}

/** Many predictions as a table that begins short, and as a file. */
function many(predictions, names) {
  const list = table("Predictions", [
    { name: "Image", hidden: true }, { name: "Id", header: true }, { name: "Label" }, { name: "Confidence", number: true },
    { name: "Probabilities" }]);
  const more = button("", () => show());
  let shown = 0;
  const show = () => {
    list.body.append(...predictions.slice(shown, shown + rowsAtOnce).map(prediction => {
      const { root, cells } = list.row();
      cells[0].append(thumbnail(prediction.pixels) ?? "");
      fillCells(cells, 1, [prediction.id, describe(prediction, names), percent(prediction.probabilities[prediction.label])]);
      cells[4].append(names.length <= mostColumns ? columns(prediction.probabilities, names) : "");
      return root;
    }));
    shown = Math.min(predictions.length, shown + rowsAtOnce);
    more.hidden = shown === predictions.length;
    say(more, `Show more of ${count(predictions.length)}`);
  };
  show();
  const counts = names.map((name, label) => [name, predictions.filter(prediction => prediction.label === label).length]);
  const shares = isNumbered(names) ? counts.map(([name, number]) => `${count(number)} of label ${name}`)
    : counts.filter(([, number]) => number > 0).map(([name, number]) => `${count(number)} ${name}`);
  const csv = ["Id,Label", ...predictions.map(({ id, label }) => `${field(id)},${label}`), ""].join("\n");
  const href = `data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`;
  return element("div", {},
    element("p", {}, `${plural(predictions.length, "image")}: ${shares.join(", ")}.`),
    list.root,
    element("p", { class: "actions" }, more, element("a", { class: "button", download: "predictions.csv", href }, "Save labels as CSV")));
}

/** An id as a field of CSV. One that a spreadsheet would take for a formula gets an apostrophe in front. */
function field(id) {
  const text = /^[=+\-@\t\r\n]/.test(id) && !/^[+-]?[0-9.]+$/.test(id) ? `'${id}` : id;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** All probabilities of one image, small, as columns. */
function columns(probabilities, names) {
  const [width, height] = [12, 26];
  return svg("svg", {
    class: "columns", role: "img", viewBox: `0 0 ${width * probabilities.length} ${height}`,
    "aria-label": probabilities.map((share, label) => `${names[label]}: ${percent(share)}`).join(", "),
  }, probabilities.map((share, label) => {
    const tall = Math.max(1, share * height);
    return svg("rect", { x: width * label + 1, width: width - 2, y: height - tall, height: tall });
  }));
}
