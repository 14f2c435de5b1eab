/**
 * A signature's pattern from the short form that an index carries: `vethx=*isdown/exitstatus`.
 *
 * `*` is what varies; `/` is a line end, after which a log may print its prefix; `=` marks the side
 * of a segment on which the gap goes on inside the word.
 */

/** Literal text between two gaps. */
class Segment {
  constructor(part) {
    this.text = part.replace(/^=+|=+$/g, "");
    this.gluedLeft = part.startsWith("=");
    this.gluedRight = part.endsWith("=");
  }

  /** Whether the segment, which stands at `start`, begins and ends where words do. */
  at(text, start) {
    return (
      (this.gluedLeft || text.opens(start)) &&
      (this.gluedRight || text.closes(start + this.text.length))
    );
  }
}

/** The pattern: segments in their order; `gaps[n]` lies behind `segments[n]`. */
export function parsed(short) {
  const parts = short.split(/([*/])/);
  const segments = parts.filter((_, n) => n % 2 === 0).map((part) => new Segment(part));
  const texts = [...new Set(segments.map((segment) => segment.text))];
  return {
    segments,
    gaps: parts.filter((_, n) => n % 2 === 1),
    size: segments.reduce((sum, segment) => sum + segment.text.length, 0),
    rarest: texts.sort((a, b) => b.length - a.length),
  };
}
