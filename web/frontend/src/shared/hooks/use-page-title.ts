import { useEffect } from "react";

import { useMessages } from "@/shared/i18n/language-context";

/** Name the tab after the page. */
export function usePageTitle(title: string): void {
  const product = useMessages("common")("productName");
  useEffect(() => {
    document.title = title ? `${title} · ${product}` : product;
  }, [title, product]);
}
