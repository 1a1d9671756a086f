// One sentence in one language. `table` maps the English text to its translation; plurals are kept by CLDR category.
export function phrase(speech, msgid, values = {}, many = undefined) {
  const entry = speech.table[msgid];
  let form = entry ?? msgid;
  if (many !== undefined) {
    const n = Number(values.n);
    form = entry ? (entry[new Intl.PluralRules(speech.lang).select(n)] ?? entry.other) : n === 1 ? msgid : many;
  }
  return form.replace(/\{(\w+)\}/g, (slot, name) => (name in values ? String(values[name]) : slot));
}
