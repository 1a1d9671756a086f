// Tabs in one stop of the keyboard: arrows move, Home and End jump. `value` says which one is open.
export function Tabs({ items, value, label, onPick }) {
  const at = items.findIndex((item) => item.key === value);
  const move = (event) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = items[(to + items.length) % items.length];
    onPick?.(next.key);
    document.getElementById(`tab-${next.key}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {items.map((item) => (
        <button key={item.key} id={`tab-${item.key}`} type="button" role="tab" aria-selected={item.key === value} aria-controls={`panel-${item.key}`} tabIndex={item.key === value ? 0 : -1} onClick={() => onPick?.(item.key)}>
          {item.label}
        </button>
      ))}
    </div>
  );
}
