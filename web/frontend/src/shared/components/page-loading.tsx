import { Center, Loader } from "@mantine/core";

import { commonMessages } from "@/shared/i18n/common-messages";
import { useMessages } from "@/shared/i18n/language-context";

/** Shown while a page loads. */
export function PageLoading() {
  const t = useMessages(commonMessages);
  return (
    <Center mih="50vh" role="status" aria-label={t("loading")}>
      <Loader size="sm" />
    </Center>
  );
}
