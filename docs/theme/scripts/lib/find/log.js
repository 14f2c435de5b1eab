/**
 * Whether a text was pasted from a log or a terminal, or is words that somebody typed.
 */

/** A single line of so many signs is no question any more; Chinese says more in fewer. */
const [LONG, LONG_HAN] = [90, 30];
const FEW_WORDS = 4;
const HAN = /[\u3400-\u9fff]/g;
/** What programs print and people do not type. */
const MARKS = new RegExp(
  [
    String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d`,
    String.raw`\b\d\d:\d\d:\d\d\b`,
    String.raw`\b(?:time|level|msg|err|error)=`,
    String.raw`\b(?:ERROR?|WARN(?:ING)?|FATAL?|PANIC|ERRO)\b`,
    String.raw`\x1b\[|\[\d+\] |\bexit (?:status|code) \d`,
    String.raw`\S: .*\S: `,
    String.raw`"[^"]*" .*"|: "`,
    String.raw`\b[\w-]+\[\d+\]:`,
  ].join("|"),
);
/** With these a few words are enough. */
const TROUBLE =
  /\b(?:error|fail(?:ed|ure)?|fatal|panic|cannot|can't|could not|unable|denied|refused|invalid|unknown|unsupported|not supported|no such|not found|too old|timed out)\b/i;

export function looksLikeLog(text) {
  const lines = text.split("\n", 50).filter((line) => line.trim());
  if (lines.length > 1) return true;
  const line = lines[0]?.trim() ?? "";
  if (line.length > LONG || (line.match(HAN)?.length ?? 0) > LONG_HAN) return true;
  const words = line.split(/\s+/).length;
  return words >= FEW_WORDS && (MARKS.test(line) || TROUBLE.test(line));
}
