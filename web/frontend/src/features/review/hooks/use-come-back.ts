import { useEffect, useEffectEvent, useState } from "react";

import { type Row, rowWith } from "../model/rows";

interface ComeBackOptions {
  rows: readonly Row[];
  /** The photo to come back to. */
  returnTo: string | undefined;
  show: (photoId: string) => void;
  onReturned: () => void;
}

/** Show a photo once, after a comparison, as soon as there is a list. */
export function useComeBack({ rows, show, onReturned, ...options }: ComeBackOptions): void {
  // Only what it was when the page opened: it is set again while the page leaves for the next comparison.
  const [returnTo] = useState(options.returnTo);
  const comeBack = useEffectEvent((photoId: string) => {
    if (rowWith(rows, photoId)) show(photoId);
    onReturned();
  });
  const hasRows = rows.length > 0;
  useEffect(() => {
    if (!returnTo || !hasRows) return;
    const frame = requestAnimationFrame(() => comeBack(returnTo));
    return () => cancelAnimationFrame(frame);
  }, [returnTo, hasRows]);
}
