import { useEffect, useEffectEvent, useRef } from "react";

const pushState = (state: object) => history.pushState(state, "");

/**
 * Lets the browser's way back close what lies over the page, such as a phone's back button or gesture, instead of
 * leaving the page. `close` is called for each way back. Call `enter` when something opens, and `leave` to close it.
 * `isOver` says whether something lies there. Where there is a router, `push` adds the entry with this state.
 */
export function useWayBack(
  close: () => void,
  isOver: boolean,
  push: (state: { isOverPage: true }) => void = pushState,
) {
  const isLeaving = useRef(false);
  // A reload and the way forward come to an entry without what lay over the page: the way back would seem to do nothing.
  const leaveEmptyEntry = useEffectEvent(() => {
    if (!isOver && isOverEntry()) history.back();
  });
  const onBack = useEffectEvent(() => {
    isLeaving.current = false;
    leaveEmptyEntry();
    close();
  });
  useEffect(() => {
    leaveEmptyEntry();
    const listener = () => onBack();
    addEventListener("popstate", listener);
    return () => removeEventListener("popstate", listener);
  }, []);
  return {
    enter: () => push({ isOverPage: true }),
    leave: () => {
      if (!isOverEntry()) {
        close();
        return;
      }
      // Escape may be heard by two. The second must not leave the page.
      if (isLeaving.current) return;
      isLeaving.current = true;
      // Going back closes it: else the next way back would seem to do nothing.
      history.back();
    },
  };
}

function isOverEntry(): boolean {
  const { isOverPage } = (history.state ?? {}) as { isOverPage?: boolean };
  return isOverPage === true;
}
