import { useEffect, useId, useRef } from "react";

// The browser's own modal: it keeps the focus inside, closes on Escape and gives the focus back.
export function Dialog({ opened, title, onShut, children }) {
  const box = useRef(null);
  const id = useId();
  useEffect(() => {
    if (opened && !box.current.open) {
      box.current.showModal();
      document.getElementById(id)?.focus(); // not the deed: Enter must not do it by accident
    }
    if (!opened && box.current.open) box.current.close();
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
