/** Characters of all that one client keeps in the browser; under 64 KB, as far as it is ASCII. */
const ROOM = 60_000;

/** A corner of localStorage. Where that is missing, full or forbidden, nothing is kept and nothing is raised. */
export interface Shelf {
  get(name: string): string | null | undefined;
  /** Whether it is kept. */
  put(name: string, text: string): boolean | undefined;
  remove(name: string): void;
  names(): string[];
}

/** `prefix` is the corner's own. An item for each thing, so that tabs never write over each other's. */
export function openShelf(prefix: string): Shelf {
  /** Even to name localStorage may throw. */
  const guarded = <T>(work: (storage: Storage) => T): T | undefined => {
    try {
      return work(localStorage);
    } catch {
      return undefined;
    }
  };
  const names = () =>
    guarded((storage) =>
      Object.keys(storage).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
    ) ?? [];
  const get = (name: string) => guarded((storage) => storage.getItem(prefix + name));
  return {
    get,
    names,
    put: (name, text) =>
      guarded((storage) => {
        if (names().reduce((sum, one) => sum + (get(one) ?? "").length, text.length) > ROOM) return false;
        storage.setItem(prefix + name, text);
        return true;
      }),
    remove: (name) => guarded((storage) => storage.removeItem(prefix + name)),
  };
}
