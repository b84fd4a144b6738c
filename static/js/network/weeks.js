/* The slider through the weeks shows each week where it is: the page of that week is fetched, and its part takes the
   place of the one shown. Without this script the form and the links load the page. */
const addressOf = (form, week) => {
  const address = new URL(window.location.href);
  address.search = "";
  address.hash = "";
  if (week !== form.elements.week.max) address.searchParams.set("week", week);
  return address;
};

const fetchPart = async (address, id) => {
  const response = await fetch(address);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const part = page.getElementById(id);
  return response.ok && part ? document.importNode(part, true) : null;
};

export const startWeeks = (form) => {
  const slider = form.elements.week;
  const said = form.querySelector("output");
  let wanted = 0; // a later week overtakes the answer for an earlier one

  const show = async (week) => {
    wanted += 1;
    const mine = wanted;
    const address = addressOf(form, week);
    let part;
    try {
      part = await fetchPart(address, form.dataset.weeks);
    } catch {
      part = null;
    }
    if (mine !== wanted) return;
    if (!part) {
      window.location.assign(address);
      return;
    }
    document.getElementById(form.dataset.weeks).replaceWith(part);
    window.history.replaceState(null, "", address);
  };

  form.classList.add("is-smooth");
  slider.addEventListener("input", () => {
    said.textContent = slider.value;
  });
  slider.addEventListener("change", () => show(slider.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(slider.value);
  });
};
