import { Center, Loader } from "@mantine/core";

import { useMessages } from "@/shared/i18n/language-context";

/** Shown while a page loads. */
export function PageLoading() {
  const t = useMessages("common");
  return (
    <Center mih="50vh" role="status" aria-label={t("loading")}>
      <Loader size="sm" />
    </Center>
  );
}
