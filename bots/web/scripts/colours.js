// Colours that another site wishes for the widget, made readable where they are not.

const READABLE = 4.5;
const STEPS = 20;

/** The contrast of two [red, green, blue], 1 to 21. Source: WCAG 2.1, definition of contrast ratio. */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour itself, or mixed with `ink` just so far that it can be read on `ground`. */
export function readable(colour, ground, ink) {
  for (let step = 0; step <= STEPS; step++) {
    const mixed = colour.map((value, i) => Math.round(value + ((ink[i] - value) * step) / STEPS));
    if (contrast(mixed, ground) >= READABLE) return mixed;
  }
  return ink;
}

/** Black or white, whichever stands out more. */
export const textOn = (colour) => (contrast(colour, [0, 0, 0]) > contrast(colour, [255, 255, 255]) ? [0, 0, 0] : [255, 255, 255]);

function luminance(colour) {
  const [red, green, blue] = colour.map((value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
