// What the pages gain where scripts run; everything works without.
import { initAll } from "./govuk-frontend.min.js";
import { watch } from "./unsaved.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
watch();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
