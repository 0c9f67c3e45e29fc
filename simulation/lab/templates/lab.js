// Adds a slider under each number, and lets the two echo each other. Without it the
// numbers do the same: nothing here decides, and nothing leaves the page.
"use strict";
for (const box of document.querySelectorAll("[data-slider]")) {
  const number = box.querySelector("input");
  const range = document.createElement("input");
  range.type = "range";
  range.min = number.min;
  range.max = number.max;
  range.step = number.dataset.step;
  range.value = number.value;
  range.setAttribute("aria-label", box.querySelector("label").textContent);
  range.addEventListener("input", () => { number.value = range.value; });
  number.addEventListener("input", () => { range.value = number.value; });
  number.after(range);
}
