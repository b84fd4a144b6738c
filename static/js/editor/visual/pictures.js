/* The files of a post's pictures by their tokens, as the site's HTML has them. No text and no clipboard says where a
   picture comes from, so none is ever loaded from elsewhere. */

export const createPictureFiles = () => {
  const known = new Map(); // from token to { src, width, height }
  return {
    fileOf: (token) => known.get(token),

    /* Take the files of a page of the site's HTML. */
    learn(body) {
      for (const element of body.querySelectorAll("img[data-picture]")) {
        const [src, width, height] = ["src", "width", "height"].map((name) => element.getAttribute(name));
        if (src?.startsWith("/")) known.set(element.dataset.picture, { src, width, height });
      }
    },
  };
};
