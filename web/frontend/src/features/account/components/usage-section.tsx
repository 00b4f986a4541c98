import { Alert, Group, Progress, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { QuotaUsage } from "@/shared/api/schema-types";
import { useFormat, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { usageQuery } from "../api/usage";

import { Section } from "./section";

const LABEL = {
  bytes: "usageBytes",
  photos: "usagePhotos",
  albums: "usageAlbums",
  exports: "usageExports",
  export_bytes: "usageExportBytes",
  jobs: "usageJobs",
} as const;
/** From this share on a bar warns. */
const NEARLY_FULL = 0.9;

export function UsageSection() {
  const t = useMessages("account");
  const problemText = useProblemText();
  const usage = useQuery(usageQuery);
  return (
    <Section title={t("usageTitle")} text={t("usageText")}>
      <Stack gap="md">
        {usage.error && <Alert color="red">{problemText(usage.error)}</Alert>}
        {usage.isPending && <Skeleton height={180} />}
        {usage.data?.map((quota) => (
          <QuotaBar key={quota.quota} quota={quota} />
        ))}
      </Stack>
    </Section>
  );
}

function QuotaBar({ quota: { quota, used, limit } }: { quota: QuotaUsage }) {
  const t = useMessages("account");
  const format = useFormat();
  const shown = quota === "bytes" || quota === "export_bytes" ? format.bytes : format.number;
  const share = limit === null ? 0 : used / limit;
  const isFull = share >= 1;
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t(LABEL[quota])}</Text>
        <Text size="sm" c={isFull ? undefined : "dimmed"} fw={isFull ? 600 : undefined}>
          {limit === null ? shown(used) : t("usageOf", { used: shown(used), limit: shown(limit) })}
          {isFull && `, ${t("usageFull")}`}
        </Text>
      </Group>
      {limit !== null && (
        <Progress
          value={Math.min(100, share * 100)}
          color={isFull ? "red" : share >= NEARLY_FULL ? "yellow" : undefined}
          aria-label={t(LABEL[quota])}
        />
      )}
    </Stack>
  );
}
