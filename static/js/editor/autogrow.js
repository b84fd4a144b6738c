/* A textarea as high as its text, for browsers without `field-sizing`. */
export const startGrowing = (field) => {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    const { scrollY } = window;
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight}px`;
    scrollTo({ top: scrollY, behavior: "instant" });
  };
  field.addEventListener("input", fit);
  addEventListener("resize", fit);
  fit();
};
