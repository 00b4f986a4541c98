import { useEffect } from "react";

import { commonMessages } from "@/shared/i18n/common-messages";
import { useMessages } from "@/shared/i18n/language-context";

/** Name the tab after the page. */
export function usePageTitle(title: string): void {
  const product = useMessages(commonMessages)("productName");
  useEffect(() => {
    document.title = title ? `${title} · ${product}` : product;
  }, [title, product]);
}
