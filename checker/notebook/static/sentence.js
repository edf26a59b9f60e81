// The page's side of the sentence widget: a text field, and what Python says of the text. All judging is in Python.
const PAUSE = 400; // milliseconds without a key, after which the sentence is checked

function render({ model, el }) {
  const label = document.createElement("label");
  const field = document.createElement("textarea");
  const state = document.createElement("div");
  const view = document.createElement("div");
  label.append("Edit the sentence:", field);
  field.rows = 3;
  field.lang = model.get("language");
  field.dir = "auto";
  field.style.cssText = "display:block;width:100%;max-width:46em;box-sizing:border-box;font:inherit";
  field.value = model.get("sentence");
  state.setAttribute("role", "status");
  el.append(label, state, view);

  let timer;
  const show = () => {
    state.textContent = model.get("told");
    view.innerHTML = model.get("view"); // made by checker's own renderer, which escapes all text
  };
  const send = () => {
    if (field.value === model.get("sentence")) return;
    state.textContent = "Checking …";
    model.set("sentence", field.value);
    model.save_changes();
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  };
  const take = () => {
    if (document.activeElement !== field) field.value = model.get("sentence");
  };
  field.addEventListener("input", wait);
  model.on("change:view", show);
  model.on("change:told", show);
  model.on("change:sentence", take);
  show();
  return () => {
    clearTimeout(timer);
    model.off("change:view", show);
    model.off("change:told", show);
    model.off("change:sentence", take);
  };
}

export default { render };
