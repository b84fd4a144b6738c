/* Numbers, and sentences about them, in the language of the page. */

const language = () => document.documentElement.lang;

/* With the digits that fields and files have, whatever the language: the site prints no others. */
export const shownNumber = (number) => number.toLocaleString(`${language()}-u-nu-latn`);

/* The sentence of an element for a number, in the form that the language has for it. */
export const countedIn = ({ dataset }, number) => {
  const forms = JSON.parse(dataset.counts);
  const form = forms[new Intl.PluralRules(language()).select(number)] ?? forms.other;
  return form.replace("%s", shownNumber(number));
};
