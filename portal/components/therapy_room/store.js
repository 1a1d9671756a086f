// A value that React can watch and that outlives every render.
import { useSyncExternalStore } from "react";

export class Store {
  constructor(value) {
    this.value = value;
    this.readers = new Set();
  }

  subscribe = (reader) => {
    this.readers.add(reader);
    return () => this.readers.delete(reader);
  };

  read = () => this.value;

  put(patch) {
    const changed = Object.keys(patch).some((key) => !Object.is(this.value[key], patch[key]));
    if (!changed) return;
    this.value = { ...this.value, ...patch };
    this.readers.forEach((reader) => reader());
  }
}

export const useStore = (store) => useSyncExternalStore(store.subscribe, store.read);
