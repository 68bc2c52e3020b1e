/** Control, bidi and zero-width characters and the tags block: what no identifier has and no reader sees. */
export const invisible =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu
