/* A file that is dropped beside the place it was meant for: a browser would leave the page for it, and
   take the writer away from the text. What takes files says so by preventing the default itself. */
const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
const isFileField = (target) => target instanceof Element && target.closest("input[type=file]") !== null;

export const keepPageOnDrop = (page = document) => {
  for (const name of ["dragover", "drop"]) {
    page.addEventListener(name, (event) => {
      if (event.defaultPrevented || !hasFiles(event) || isFileField(event.target)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    });
  }
};
