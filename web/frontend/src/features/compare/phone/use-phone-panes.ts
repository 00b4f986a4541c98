import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";

import type { Photo } from "@/shared/api/schema-types";

import { firstPaneCount, panesOf, phoneOrder } from "./phone-panes";

const SMALL = "(max-width: 600px), (max-height: 500px) and (pointer: coarse)";
const UPRIGHT = "(orientation: portrait)";

export function useIsPhone(): boolean {
  return useMediaQuery(SMALL, matchMedia(SMALL).matches);
}

/** One or two panes on a phone, and all the photos that they can show. */
export interface PhonePanes {
  readonly order: readonly Photo[];
  readonly shown: readonly Photo[];
  readonly count: 1 | 2;
  readonly isUpright: boolean;
  readonly show: (photoIds: readonly string[]) => void;
  readonly setCount: (count: 1 | 2, chosen: string | undefined) => void;
}

/** `wanted` are those to compare; the others of their group come after them. */
export function usePhonePanes(group: readonly Photo[], wanted: readonly Photo[]): PhonePanes {
  const isUpright = useMediaQuery(UPRIGHT, matchMedia(UPRIGHT).matches);
  const [asked, setAsked] = useState<1 | 2>();
  const [panes, setPanes] = useState<readonly string[]>([]);
  const order = phoneOrder(
    group.filter((photo) => photo.preview_url),
    wanted,
  );
  const ids = order.map(({ id }) => id);
  const count = asked ?? firstPaneCount(wanted, isUpright);
  const shown = panesOf(ids, panes, count, panes[0]).flatMap((id) => order.find((photo) => photo.id === id) ?? []);
  return {
    order,
    shown,
    count,
    isUpright,
    show: setPanes,
    setCount: (next, chosen) => {
      setAsked(next);
      setPanes(
        panesOf(
          ids,
          shown.map(({ id }) => id),
          next,
          chosen,
        ),
      );
    },
  };
}
