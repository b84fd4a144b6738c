/* A field that the site refused has the focus when its page comes. On a narrow screen it may be in what opens above
   the foot, so that is opened. */
export const openAtWrongField = (form) => {
  const field = form.querySelector("[popover] [aria-invalid=true]");
  const popover = field?.closest("[popover]");
  if (!popover || getComputedStyle(popover).display !== "none") return;
  popover.showPopover();
  field.focus();
};
