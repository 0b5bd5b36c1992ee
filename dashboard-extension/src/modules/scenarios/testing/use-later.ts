import { useEffect, useState } from "react";

/** A value once it has stood still for so many milliseconds; the first one at once. */
export function useLater<Value>(value: Value, pause: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
