import { useEffect } from "react";

/** Loads pictures that are not shown yet: the next one is there when it is asked for. `links` are parted by spaces. */
export function useLoadedAhead(links: string): void {
  useEffect(() => {
    for (const link of links.split(" ")) if (link) new Image().src = link;
  }, [links]);
}
