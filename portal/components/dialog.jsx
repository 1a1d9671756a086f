import { useId, useLayoutEffect, useRef } from "react";

function toTheTop() {
  const top = document.querySelector("main h1");
  if (!top) return;
  top.tabIndex = -1;
  top.focus({ preventScroll: true });
}

// The browser's own modal: it keeps the focus inside, closes on Escape and gives the focus back. It goes together with
// what is shown instead: a moment longer, and what is typed next would go to nobody.
export function Dialog({ opened, title, onShut, children }) {
  const box = useRef(null);
  const id = useId();
  useLayoutEffect(() => {
    if (opened && !box.current.open) {
      box.current.showModal();
      document.getElementById(id)?.focus(); // not the deed: Enter must not do it by accident
    }
    if (!opened && box.current.open) {
      box.current.close();
      if (document.activeElement === document.body) toTheTop(); // the button that opened it has gone
    }
  }, [opened]);
  return (
    <dialog ref={box} className="dialog" role="alertdialog" aria-labelledby={id} onClose={() => opened && onShut?.()}>
      <div>
        <h2 className="voice title" id={id} tabIndex={-1}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
