/* Add a line below the editor for what just happened; it is also read out. */
export const addStatusLine = (field) => {
  const line = document.createElement("p");
  line.className = "meta";
  line.setAttribute("role", "status");
  field.closest(".frame").after(line);
  return line;
};
