var scope = `${new URL(document.currentScript.dataset.scope, location).pathname}.`;
var __md_get = (key) => {
  try {
    return JSON.parse(localStorage.getItem(scope + key));
  } catch {}
};
var __md_set = (key, value) => {
  try {
    localStorage.setItem(scope + key, JSON.stringify(value));
  } catch {}
};
{
  const { media, scheme } = __md_get("__palette")?.color ?? {};
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.dataset.mdColorScheme = media?.includes(":") ? scheme : dark ? "slate" : "default";
}
