// What every part of the room may ask for: its sentences, the visit, who sits here.
import { createContext, useContext } from "react";
import { useNow } from "./hooks.js";

export const Desk = createContext(null);
export const useDesk = () => useContext(Desk);

// The clinic's time: this device's clock may be wrong.
export const useClinicTime = (every) => useNow(every) + useDesk().skew;
