import { useEffect, useRef } from "react";

// Inside a form: while something in it was typed and not saved, leaving the page asks first.
export function MindUnsaved({ saved, words }) {
  const here = useRef(null);
  const changed = useRef(false);
  useEffect(() => {
    if (saved) changed.current = false;
  }, [saved]);
  useEffect(() => {
    const form = here.current.closest("form");
    const typed = () => (changed.current = true);
    const pressed = (event) => event.target.closest?.("button[type=button]") && typed(); // a row put in or taken out
    const sent = () => (changed.current = false);
    const leaving = (event) => changed.current && event.preventDefault();
    const follow = (event) => {
      const link = event.target.closest?.("a[href]");
      if (!changed.current || !link || link.target === "_blank" || event.ctrlKey || event.metaKey) return;
      if (window.confirm(words)) changed.current = false;
      else {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    form.addEventListener("input", typed);
    form.addEventListener("click", pressed);
    form.addEventListener("submit", sent);
    window.addEventListener("beforeunload", leaving);
    document.addEventListener("click", follow, true);
    return () => {
      form.removeEventListener("input", typed);
      form.removeEventListener("click", pressed);
      form.removeEventListener("submit", sent);
      window.removeEventListener("beforeunload", leaving);
      document.removeEventListener("click", follow, true);
    };
  }, [words]);
  return <span ref={here} hidden />;
}
