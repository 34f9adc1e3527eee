// Marks the draft while it is written. Without this script the button "Mark" does it.
(() => {
  "use strict";
  const by = (id) => document.getElementById(id);
  const [draft, name, marked, problem, state] =
    ["draft", "name", "marked", "problem", "state"].map((id) => by("fr-" + id));
  const PAUSE = 250;
  let timer = 0;
  let running = null;

  const complain = (text) => { problem.textContent = text; problem.hidden = !text; };

  async function ask(path, body) {
    running?.abort();
    running = new AbortController();
    const answer = await fetch(path, { method: "POST", body, signal: running.signal });
    if (!answer.ok) throw new Error(await answer.text());
    return answer;
  }

  async function mark() {
    for (const button of document.querySelectorAll(".fr-download")) {
      button.disabled = !draft.value.trim();
    }
    if (!draft.value.trim()) {
      running?.abort();
      marked.replaceChildren();
      complain("");
      state.textContent = "";
      return;
    }
    try {
      const form = new URLSearchParams({ draft: draft.value, name: name.value });
      const answer = await ask("/mark", form);
      marked.innerHTML = await answer.text();
      complain("");
      marked.classList.remove("fr-stale");
      state.textContent = "";
    } catch (error) {
      if (error.name === "AbortError") return;
      const gone = error instanceof TypeError;
      complain(gone ? "The server does not answer; is it still running?" : error.message);
      marked.classList.add("fr-stale");
    }
  }

  async function open(file) {
    if (!file) return;
    clearTimeout(timer);
    try {
      const answer = await ask("/open?name=" + encodeURIComponent(file.name), file);
      const read = await answer.json();
      draft.value = read.text;
      name.value = read.name;
      await mark();
    } catch (error) {
      if (error.name !== "AbortError") complain(error.message);
    }
  }

  draft.addEventListener("input", () => {
    if (!draft.value) name.value = "";
    clearTimeout(timer);
    timer = setTimeout(mark, PAUSE);
  });
  by("fr-file").addEventListener("change", (event) => {
    open(event.target.files[0]);
    event.target.value = "";
  });
  for (const kind of ["dragenter", "dragover"]) {
    addEventListener(kind, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      document.body.classList.add("fr-dropping");
    });
  }
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("fr-dropping");
  });
  addEventListener("drop", (event) => {
    document.body.classList.remove("fr-dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    open(event.dataTransfer.files[0]);
  });
  by("fr-mark").hidden = true;
  by("fr-open").hidden = by("fr-file").hidden = false;
  mark();
})();
