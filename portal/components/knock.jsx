import { useEffect, useState } from "react";

// Lies above the page, at its foot or its top: wherever it does not cover the field in which somebody writes.
export function KnockPlace({ children }) {
  const [at, setAt] = useState("foot");
  useEffect(() => {
    const look = () => {
      const field = document.activeElement;
      if (!field?.matches?.("input, textarea, select, [contenteditable]")) return;
      const { top, bottom } = field.getBoundingClientRect();
      setAt((top + bottom) / 2 > window.innerHeight / 2 ? "top" : "foot");
    };
    look();
    document.addEventListener("focusin", look);
    document.addEventListener("scroll", look, { passive: true });
    return () => {
      document.removeEventListener("focusin", look);
      document.removeEventListener("scroll", look);
    };
  }, []);
  return <div className="knock-place" data-at={at}>{children}</div>;
}
