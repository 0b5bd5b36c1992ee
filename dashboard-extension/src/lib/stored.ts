/** What the browser keeps for us from one visit to the next; nothing where the frame may not store anything. */

const PREFIX = "saleor-custom-events.";

export function stored(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function store(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Then it is for this visit alone.
  }
}
