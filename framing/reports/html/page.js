// Filters, keys and links to sentences. Without this script the page is read as it stands.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const controls = document.getElementById("fr-controls");
  const status = document.getElementById("fr-status");
  const by = (name) => document.getElementById("fr-by-" + name)?.value || "";
  const sentences = all(".fr-s");
  let last = null;
  let hushed = null;

  const matches = (one, label, family) =>
    (!label || (one.matches("mark") ? "editorial" : "reporting") === label) &&
    (!family || (one.dataset.families || "").split(" ").includes(family));

  function filter() {
    const [label, family, desk] = ["label", "family", "desk"].map(by);
    const some = label || family;
    let shown = 0;
    for (const draft of all(".fr-draft")) {
      const wanted = !desk || draft.dataset.desk === desk;
      let here = 0;
      for (const block of all(".fr-block", draft)) {
        let found = 0;
        for (const one of all(".fr-s", block)) {
          const on = wanted && matches(one, label, family);
          one.classList.toggle("fr-off", !on);
          found += on;
        }
        for (const note of all(".fr-note", block)) {
          const aim = document.getElementById(note.querySelector("a").hash.slice(1));
          note.hidden = aim.classList.contains("fr-off");
        }
        block.hidden = Boolean(some) && !found;
        here += found;
      }
      draft.hidden = !wanted || (Boolean(some) && !here);
      const row = document.querySelector(`tr[data-draft="${draft.id}"]`);
      if (row) row.hidden = draft.hidden;
      shown += here;
    }
    status.textContent = some || desk ? `${shown} of ${sentences.length} sentences shown` : "";
  }

  function move(step) {
    const only = by("label") === "reporting" ? ".fr-s" : "mark.fr-s";
    const found = all(only + ":not(.fr-off)").filter((one) => one.offsetParent);
    if (!found.length) return say("Nothing to jump to");
    const here = document.activeElement.closest(".fr-s, .fr-why") || last;
    const follows = (one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    let at;
    if (!here) at = step > 0 ? 0 : found.length - 1;
    else if (found.includes(here)) at = found.indexOf(here) + step;
    else at = found.filter((one) => !follows(one)).length + (step > 0 ? 0 : -1);
    at = (at + found.length) % found.length;
    last = found[at];
    last.focus({ preventScroll: true });
    last.scrollIntoView({ block: "center" });
    say(`Finding ${at + 1} of ${found.length}`);
  }

  const say = (text) => { status.textContent = text; };

  async function copy(one) {
    const link = location.href.split("#")[0] + "#" + one.id;
    history.replaceState(null, "", "#" + one.id);
    try {
      await navigator.clipboard.writeText(link);
      say("Link copied");
    } catch {
      say("The link is in the address bar");
    }
  }

  const sentenceOf = (node) => {
    const box = node.closest(".fr-why");
    return box ? box.previousElementSibling : node.closest(".fr-s");
  };
  const keys = { j: () => move(1), n: () => move(1), k: () => move(-1), p: () => move(-1) };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("select, input, textarea")) return;
    const one = sentenceOf(event.target);
    if (event.key === "Escape") {
      document.activeElement.blur();
      hushed = document.querySelector(".fr-unit:hover");
      document.documentElement.classList.toggle("fr-hush", Boolean(hushed));
    }
    else if (event.key === "c" && one) copy(one);
    else if (Object.hasOwn(keys, event.key)) keys[event.key]();
    else return;
    event.preventDefault();
  });
  document.addEventListener("pointerover", (event) => {
    if (!hushed || event.target.closest(".fr-unit") === hushed) return;
    hushed = null;
    document.documentElement.classList.remove("fr-hush");
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".fr-link");
    if (!link) return;
    event.preventDefault();
    copy(sentenceOf(link));
  });
  document.addEventListener("focusin", (event) => { last = sentenceOf(event.target) || last; });
  controls.addEventListener("change", filter);
  controls.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("fr-next").addEventListener("click", () => move(1));
  document.getElementById("fr-previous").addEventListener("click", () => move(-1));
  document.getElementById("fr-print").addEventListener("click", () => print());
  controls.hidden = false;
  if (location.hash) document.getElementById(location.hash.slice(1))?.focus();
})();
