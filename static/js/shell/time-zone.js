/* Fill in the time zone of this computer: of a new account, so that mail keeps to the night here, and of a
   new course, whose due dates are in it. Without this script they start in UTC, and people can set the zone. */
const browserName = (timeZone) => {
  try {
    return Intl.DateTimeFormat(undefined, { timeZone }).resolvedOptions().timeZone;
  } catch {
    return ""; // a zone that is newer than this browser
  }
};

/* Return the option of a zone. Browsers know some zones by older names than the list has. */
export const optionOf = (options, zone) =>
  [...options].find(({ value }) => value === zone) ?? [...options].find(({ value }) => browserName(value) === zone);

/* Choose it as if the page had come with it: nobody has typed anything yet. */
const chooseZone = ({ options }, zone) => {
  const wanted = optionOf(options, zone);
  if (!wanted) return;
  for (const option of options) option.defaultSelected = option === wanted;
  wanted.selected = true;
};

export const fillTimeZone = () => {
  const zone = browserName(undefined);
  if (!zone) return;
  for (const field of document.querySelectorAll("[data-time-zone]:is(input, select)")) {
    if (field.options) chooseZone(field, zone);
    else field.value ||= zone;
  }
};
