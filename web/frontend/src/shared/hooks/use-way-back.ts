import { useEffect, useEffectEvent } from "react";

/**
 * Lets the browser's way back close what lies over the page, such as a phone's back button or gesture, instead of
 * leaving the page. `close` is called for each way back; `enter` when something opens; `leave` in place of `close`.
 */
export function useWayBack(close: () => void) {
  const onBack = useEffectEvent(close);
  useEffect(() => {
    const listener = () => onBack();
    addEventListener("popstate", listener);
    return () => removeEventListener("popstate", listener);
  }, []);
  return {
    enter: () => history.pushState({ isOverPage: true }, ""),
    leave: () => {
      const { isOverPage } = (history.state ?? {}) as { isOverPage?: boolean };
      // Going back closes it: else the next way back would seem to do nothing.
      if (isOverPage) history.back();
      else close();
    },
  };
}
