// Parts of forms. An error of a field is said beside it.

/** Where an error of a field is said. */
const problemPlace = field => element("p", { class: "problem", id: `problem-${field}` });

/** Fields that belong together. */
function formGroup(name, field, ...content) {
  return element("fieldset", { "data-field": field }, element("legend", {}, name), content, problemPlace(field));
}

/** A field with its label and a note. The name is that of the API, and the id of the input. */
function formField(label, name, input, note) {
  const attributes = { id: name, name, "aria-describedby": `${name}-note` };
  for (const [attribute, value] of Object.entries(attributes)) input.setAttribute(attribute, value);
  return element("div", { class: "field" }, element("label", { for: name }, label), input,
    element("p", { class: "small", id: `${name}-note` }, note), problemPlace(name));
}

/** Choices of `[value, text, note]`; the first is checked. */
function formRadios(name, choices) {
  return element("div", { class: "options" }, choices.map(([value, text, note], index) => element("label", { class: "option" },
    element("input", { type: "radio", name, value, checked: index === 0 }),
    element("span", {}, element("b", {}, text), element("span", { class: "small" }, note)))));
}

/** A box to tick, with what it does. */
function formTick(name, text) {
  const box = element("input", { type: "checkbox", name });
  return { box, root: element("label", {}, box, " ", text) };
}

/** What a field holds cannot be used. */
class FieldProblem extends Error {
  constructor(field, message) {
    super(message);
    this.field = field;
  }
}

/** Takes all errors away. */
function clearProblems(form) {
  for (const place of form.querySelectorAll("[id^=problem-]")) say(place, "");
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    if (input.id) input.setAttribute("aria-describedby", `${input.id}-note`);
    else input.removeAttribute("aria-describedby");
  }
}

/** Says an error beside a field, and marks its input. */
function showProblem(field, detail, input) {
  const place = document.getElementById(`problem-${field}`);
  if (!place) return;
  say(place, detail);
  const folded = place.closest("details");
  if (folded) folded.open = true;
  if (!(input instanceof Element)) return;
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", place.id);
}
