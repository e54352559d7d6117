"use strict";
// Everything a model wrote reaches the page by textContent: it is shown, never interpreted.
const data = JSON.parse(document.getElementById("data").textContent);
const PAGE = 50;
const FIELDS = ["evaluation", "set", "id", "question", "answer", "mode", "rationale", "status",
  "value", "why", "diagnosis", "coreQuestion", "information", "goldCoreQuestion",
  "goldInformation", "computation"];
const rows = data.rows.map((list) => Object.fromEntries(FIELDS.map((name, i) => [name, list[i]])));
const at = (id) => document.getElementById(id);
let shown = rows, page = 0;

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined && text !== null) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function choices(id, names) {
  for (const [value, name] of names) {
    const option = element("option", name);
    option.value = value;
    at(id).append(option);
  }
}

// The text of a row that is searched, put together at the first search.
function words(row) {
  row.words ??= [row.id, row.question, row.coreQuestion, (row.information ?? []).join(" "),
    row.rationale, row.value, row.answer].join(" ").toLowerCase();
  return row.words;
}

function select() {
  const terms = at("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const [verdict, kind, set, evaluation] = ["verdict", "kind", "set", "evaluation"].map((id) => at(id).value);
  shown = rows.filter((row) =>
    (!verdict || (verdict === "correct") === (row.status === "correct")) &&
    (!kind || (row.diagnosis && (row.diagnosis[0] === kind || row.diagnosis[1].includes(kind)))) &&
    (set === "" || row.set === Number(set)) &&
    (evaluation === "" || row.evaluation === Number(evaluation)) &&
    terms.every((term) => words(row).includes(term)));
  page = 0;
  draw();
}

function draw() {
  const begin = page * PAGE, part = shown.slice(begin, begin + PAGE);
  at("samples").replaceChildren(...part.map(item));
  const range = part.length ? `${begin + 1} to ${begin + part.length} of ` : "";
  at("count").textContent = `${range}${shown.length.toLocaleString("en")} samples`;
  at("previous").disabled = page === 0;
  at("next").disabled = begin + PAGE >= shown.length;
}

function item(row) {
  const line = element("li"), button = element("button", null, "row");
  const right = row.status === "correct";
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  const sign = element("span", right ? "✓" : "✗", right ? "correct" : "bad");
  sign.setAttribute("aria-label", right ? "right" : row.status.replace("_", " "));
  const about = [data.evaluations[row.evaluation], data.sets[row.set]];
  if (row.diagnosis) about.push(row.diagnosis[0]);
  button.append(sign, element("span", row.question, "text"), element("span", about.join(" · "), "tag"));
  button.addEventListener("click", () => toggle(line, button, row));
  line.append(button);
  return line;
}

function toggle(line, button, row) {
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) line.lastChild.remove();
  else line.append(detail(row));
}

function detail(row) {
  const box = element("div", null, "detail"), left = element("div"), right = element("div");
  const add = (side, title, node) => side.append(element("h3", title), node);
  add(left, `Problem ${row.id}`, highlighted(row.question, row, element("p")));
  if (row.coreQuestion !== null) add(left, "Core question", element("p", row.coreQuestion));
  if (row.goldCoreQuestion && row.goldCoreQuestion !== row.coreQuestion)
    add(left, "Core question, gold", element("p", row.goldCoreQuestion));
  if (row.information !== null) add(left, "Information", facts(row.information));
  if (row.goldInformation && String(row.goldInformation) !== String(row.information))
    add(left, "Information, gold", facts(row.goldInformation));
  add(right, row.mode === "pot" ? "Program" : "Reasoning", highlighted(row.rationale ?? "", row, element("pre")));
  const value = row.value === null ? "none" : row.value;
  add(right, row.mode === "pot" ? "Computed" : "Stated", element("p", value, row.status === "correct" ? "correct" : "bad"));
  add(right, "Gold", element("p", row.answer === null ? "none" : row.answer));
  if (row.computation) add(right, "Gold computation", element("p", row.computation));
  add(right, "Verdict", element("p", `${row.status.replace("_", " ")}: ${row.why}`));
  if (row.diagnosis) {
    const [kind, signs, why] = row.diagnosis;
    add(right, "Cause", element("p", `${[kind, ...signs].join(", ")}: ${why}`));
  }
  box.append(left, right);
  return box;
}

function facts(list) {
  const made = element("ul");
  made.append(...list.map((fact) => element("li", fact)));
  return list.length ? made : element("p", "none");
}

const TOKEN = /(#[^\n]*)|\b(import|from|def|return|for|in|if|else|while|math|answer)\b|(?<![\w.])(\d[\d,]*(?:\.\d+)?)/g;

// Numbers of the problem in one colour, numbers that it does not name in another.
function highlighted(text, row, into) {
  const given = new Set((row.question.match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map(plain));
  const program = into.tagName === "PRE" && row.mode === "pot";
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, comment, word, number] = match;
    if (number === undefined && !program) continue;
    into.append(text.slice(end, match.index));
    if (number !== undefined) into.append(element("mark", whole, given.has(plain(number)) ? "given" : "made"));
    else into.append(element("span", whole, comment === undefined ? "word" : "note"));
    end = match.index + whole.length;
  }
  into.append(text.slice(end));
  return into;
}

function plain(number) { return String(Number(number.replaceAll(",", ""))); }

function move(step) {
  const buttons = [...document.querySelectorAll(".row")];
  const now = buttons.indexOf(document.activeElement);
  const next = buttons[Math.min(buttons.length - 1, Math.max(0, now + step))];
  if (next) next.focus();
}

function turn(step) {
  if (page + step < 0 || (page + step) * PAGE >= shown.length) return;
  page += step;
  draw();
  at("browser").scrollIntoView();
  document.querySelector(".row").focus();
}

document.addEventListener("keydown", (event) => {
  const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
  if (event.key === "Escape" && typing) event.target.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const onRow = event.target.classList?.contains("row");
  const actions = { "/": () => at("search").focus(), j: () => move(1), k: () => move(-1), n: () => turn(1), p: () => turn(-1) };
  if (onRow) Object.assign(actions, { ArrowDown: () => move(1), ArrowUp: () => move(-1) });
  if (!(event.key in actions)) return;
  event.preventDefault();
  actions[event.key]();
});

choices("set", data.sets.entries());
choices("evaluation", data.evaluations.entries());
const kinds = new Set();
for (const row of rows) if (row.diagnosis) { kinds.add(row.diagnosis[0]); row.diagnosis[1].forEach((sign) => kinds.add(sign)); }
choices("kind", [...kinds].sort().map((kind) => [kind, kind]));
let waiting;
at("search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(select, 120); });
for (const id of ["verdict", "kind", "set", "evaluation"]) at(id).addEventListener("change", select);
at("filters").addEventListener("submit", (event) => event.preventDefault());
at("previous").addEventListener("click", () => turn(-1));
at("next").addEventListener("click", () => turn(1));
draw();
document.documentElement.dataset.ready = "yes";
