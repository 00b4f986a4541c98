import { useCallback, useState } from "react";

import type { Said } from "@/shared/components/said-bar";

/** What is said of the last step. A new step says something new, also in the same words. */
export function useSaid() {
  const [said, setSaid] = useState<Said | null>(null);
  const say = (text: string, canUndo = true) => setSaid((last) => ({ text, canUndo, number: (last?.number ?? 0) + 1 }));
  const endSaid = useCallback(() => setSaid(null), []);
  return { said, say, endSaid };
}
