import { useEffect } from "react";
import { useLocation } from "react-router";

let before = null;

// A page that was reached without a reload begins at its top, with the focus on its content. So does a step of a page
// that goes by steps: `?at=` names it.
export function Arrive() {
  const { pathname, search } = useLocation();
  const place = `${pathname} ${new URLSearchParams(search).get("at") ?? ""}`;
  useEffect(() => {
    if (before !== null && before !== place && !window.location.hash) {
      window.scrollTo(0, 0);
      document.getElementById("main")?.focus({ preventScroll: true });
    }
    before = place;
  }, [place]);
  return null;
}
