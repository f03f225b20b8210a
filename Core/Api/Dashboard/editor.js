// What people write on a run: its name, tags and notes. And its deletion.

const nameOfRun = run => run.name || `Run ${run.id}`;

/** Asks for name, tags and notes of a run. Resolves to the run as it is afterwards, or null where nothing is changed. */
function edited(run) {
  const name = element("input", { type: "text", id: "edit-name", value: run.name ?? "", maxlength: 200, autocomplete: "off" });
  const tags = element("input", {
    type: "text", id: "edit-tags", value: (run.tags ?? []).join(", "), autocomplete: "off", "aria-describedby": "edit-tags-note",
  });
  const notes = element("textarea", { id: "edit-notes", rows: 5 }, run.notes ?? "");
  const problem = element("p", { class: "problem", role: "alert" });
  const save = element("button", { type: "submit", class: "primary" }, "Save");
  const row = (label, control, note) => element("div", { class: "field" }, element("label", { for: control.id }, label), control, note);
  return new Promise(resolve => {
    const end = answer => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const form = element("form", {
      onsubmit: async event => {
        event.preventDefault();
        save.disabled = true;
        try {
          end(await call(pathOfRun(run.id), { method: "PATCH", json: {
            name: name.value.trim() || null, tags: tagsOf(tags.value), notes: notes.value.trim() || null,
          } }));
        } catch (error) {
          say(problem, error.message);
          save.disabled = false;
        }
      },
    },
    row("Name", name), row("Tags", tags, element("p", { class: "small", id: "edit-tags-note" }, "Separated by commas.")),
    row("Notes", notes), problem,
    element("p", { class: "actions" }, save, element("button", { type: "button", onclick: () => end(null) }, "Keep as it is")));
    const dialog = element("dialog", { id: "editor", "aria-labelledby": "editor-title", oncancel: () => end(null) },
      element("h2", { id: "editor-title" }, `Describe run ${run.id}`), form);
    document.body.append(dialog);
    dialog.showModal();
    name.focus();
  });
}

/** The tags in a text, each once. */
const tagsOf = text => [...new Set(text.split(",").map(tag => tag.trim()).filter(tag => tag))];

/** Deletes runs after a question. Returns the ids of those that are gone; the reasons of the others are said on the page. */
async function deleted(runs) {
  const what = runs.length === 1 ? `run ${runs[0].name ? `"${runs[0].name}" (${runs[0].id})` : runs[0].id}` : plural(runs.length, "run");
  if (!await confirmed(`Delete ${what} with all models and reports? This cannot be undone.`, "Delete")) return [];
  const gone = [];
  const reasons = [];
  for (const run of runs) {
    try {
      await call(pathOfRun(run.id), { method: "DELETE" });
      gone.push(run.id);
    } catch (error) {
      reasons.push(error.message);
    }
  }
  if (gone.length) announce(`${plural(gone.length, "run")} deleted.`);
  if (reasons.length) throw new Error(reasons.join(" "));
  return gone;
}

/** Tags as buttons that filter the list of runs. */
function tagList(tags, onTag) {
  return element("span", { class: "tags" }, tags.map(tag =>
    element("button", { type: "button", class: "tag", "aria-label": `Show runs with tag ${tag}`, onclick: () => onTag(tag) }, tag)));
}
