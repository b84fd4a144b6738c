/* The key of a citation as it is typed after an @; the site reads the same (blog/citations/clusters.py). */
export const KEY = String.raw`(?:\{[^{}\s]+\}|[\p{L}\p{N}_]+(?:[:.#$%&+?<>~/-][\p{L}\p{N}_]+)*)`;
