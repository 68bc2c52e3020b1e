// Control and format characters: names come from services, and must not steer the terminal.
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** A text that is safe to show. */
export const printable = (text: string): string => text.replaceAll(steering, '\uFFFD')
