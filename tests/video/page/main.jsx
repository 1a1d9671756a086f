// The room alone on a page, with the sentences that Python gives it.
import { createRoot } from "react-dom/client";
import { crisisLines, home, labels } from "./sentences.js";
import { TherapyRoom } from "therapy-room";
import "tokens.css";
import "./page.css";

const role = location.pathname.startsWith("/day") ? "clinician" : "patient";
const dark = new URLSearchParams(location.search).get("light") === "dark";
document.documentElement.classList.add(dark ? "dark" : "light");

createRoot(document.getElementById("root")).render(
  <TherapyRoom role={role} labels={labels} home={home[role]} crisisLines={crisisLines} />,
);
