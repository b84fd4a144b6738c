/* Citations of a reference in brackets and in a sentence, by its short name “Luna & Sol, 2020”. */
export const shownForms = (label) => ({
  bracketed: `(${label})`,
  narrative: label.replace(/ & /g, " and ").replace(/^(.*), ([^,]*)$/, "$1 ($2)"),
});
