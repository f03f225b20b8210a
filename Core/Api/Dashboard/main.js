// Which view is shown, and when it asks again.

const routes = [
  { path: /^\/?$/, page: "#/", make: () => new RunsView() },
  { path: /^\/start$/, page: "#/start", make: () => new StartView() },
  { path: /^\/run\/([^/]+)$/, page: "#/", make: id => new RunView(id) },
  { path: /^\/compare(?:\/([^/]*))?(?:\/([^/]*))?$/, page: "#/", make: (first, second) => new CompareView(first, second) },
  { path: /^\/models$/, page: "#/models", make: () => new ModelsView() },
  { path: /^\/predict$/, page: "#/predict", make: () => new PredictView() },
];
const slowestRetry = 15000;

let view = null;
let timer = 0;
let retry = busyPoll;

/** Asks the view's data, now and again and again; after an error with growing pauses. Nothing is asked while nobody looks. */
async function refresh() {
  clearTimeout(timer);
  const asked = view;
  if (document.hidden || !asked.refresh) return;
  let pause;
  try {
    pause = await asked.refresh();
    if (asked !== view) return;
    if (asked.isLost) reportTrouble("");
    asked.isLost = false;
    retry = busyPoll;
  } catch (error) {
    if (asked !== view) return;
    asked.isLost = true;
    pause = error.status === 404 || error.status === 401 ? slowestRetry : retry;
    retry = Math.min(slowestRetry, 2 * retry);
    reportTrouble(error.status === 401 ? "The host asks for a key: open this page with ?code=KEY." : error.message);
  }
  clearTimeout(timer);
  timer = setTimeout(refresh, pause);
}

function openView() {
  const path = location.hash.slice(1);
  const route = routes.find(known => known.path.test(path)) ?? routes[0];
  const isFirst = view === null;
  view = route.make(...(path.match(route.path) ?? []).slice(1).map(part => part === undefined ? "" : decode(part)));
  document.title = `${view.title} · ServerlessFashion`;
  document.getElementById("main").replaceChildren(view.root);
  reportTrouble("");
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === route.page) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (!isFirst) {
    scrollTo(0, 0);
    view.root.querySelector("h1").focus({ preventScroll: true });
  }
  refresh();
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

addEventListener("hashchange", openView);
document.addEventListener("visibilitychange", () => refresh());
document.getElementById("skip").addEventListener("click", event => {
  event.preventDefault();
  view.root.querySelector("h1").focus();
});
// A file dropped anywhere is meant for the model, not for the browser to open.
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", event => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  const { files } = event.dataTransfer;
  if (!(view instanceof PredictView)) {
    history.pushState(null, "", "#/predict");
    openView();
  }
  view.take(files);
});
openView();
