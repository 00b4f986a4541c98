import { useCallback, useState } from "react";

const NONE: ReadonlySet<string> = new Set();

/** The ids that were toggled an odd number of times. */
export function useToggled(): [ReadonlySet<string>, (id: string) => void] {
  const [toggled, setToggled] = useState(NONE);
  const toggle = useCallback((id: string) => {
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  return [toggled, toggle];
}
