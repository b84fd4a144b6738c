/* Fill in the time zone of this computer, so that mail keeps to the night here. Without this
   script the account starts in UTC, and its owner can set the zone in the profile. */
export const fillTimeZone = () => {
  for (const field of document.querySelectorAll("input[data-time-zone]")) {
    if (!field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  }
};
